import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CellIndex, type CellState, indexCells } from '../src/judge/cell-index.ts';
import { type Findings, findingsOf } from '../src/judge/findings.ts';
import { type BrokenCause, brokenHintOf, type Cause } from '../src/judge/hints.ts';
import { processExecutor } from '../src/measure/process-executor.ts';
import type { Change } from '../src/model/change.ts';
import type { ConcurrencyModel } from '../src/model/concurrency-model.ts';
import { type Results, resultsSchema } from '../src/model/results.ts';
import type { PreparedRuntime } from '../src/model/runtime.ts';
import type { Sample } from '../src/model/sample.ts';
import type { WorkloadDescription } from '../src/model/workload.ts';
import { recordedWorkloads } from '../src/plan/recorded-workloads.ts';
import { resultsDocument } from './fixtures/results-document.ts';
import { type Interpreter, interpretersUnderTest } from './python-environments.ts';

const faults = join(import.meta.dirname, 'faults');
const workerFolder = join(import.meta.dirname, '..', 'workloads', 'worker');
const processes = 4;
const interpreters = interpretersUnderTest();
const withLock = interpreters.filter(({ freeThreaded }) => !freeThreaded).at(-1);
const free = interpreters.find(({ freeThreaded }) => freeThreaded);
const executor = processExecutor({ workerFolder });

function runtimeOf({ label, freeThreaded, executable }: Interpreter): PreparedRuntime {
  const python = label.replace(/t$/, '');
  const runtime = {
    id: `cpython-${label}`,
    python,
    implementation: 'cpython',
    freeThreaded,
    build: '00000000',
    source: 'PATH',
    packages: {},
  };
  return { runtime, executable, environment: {} };
}

async function describeFile(file: string, runtime: PreparedRuntime): Promise<WorkloadDescription> {
  const outcome = await executor.describe({ runtime, workload: file, timeoutSeconds: 30 });
  if (outcome.status === 'refused') throw new Error(outcome.refusal.reason);
  return outcome.description;
}

interface Trial {
  readonly file: string;
  readonly model: ConcurrencyModel;
  readonly fault: 0 | 1;
  readonly runtime: PreparedRuntime;
  readonly count: number;
}

async function samplesOf({ file, model, fault, runtime, count }: Trial): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < count; round += 1) {
    const cell = { workload: file.replace(/^.*\/|\.py$/g, ''), model, runtime: runtime.runtime.id, params: '' };
    const settings = { values: 3, warmups: 1, params: fault === 0 ? {} : { fault: 1 }, timeoutSeconds: 30 };
    samples.push(await executor.run({ runtime, workload: file, cell, round, peerPython: runtime.executable, ...settings }));
  }
  return samples;
}

function resultsOf(
  runtime: PreparedRuntime,
  description: WorkloadDescription,
  run: { readonly runId: string; readonly samples: readonly Sample[] },
): Results {
  const workloads = recordedWorkloads([{ runtime: runtime.runtime, workloads: [description] }]);
  return {
    ...resultsDocument(),
    schema: resultsSchema,
    runtimes: [runtime.runtime],
    unavailable: [],
    workloads,
    leftOut: [],
    warnings: [],
    ...run,
  };
}

/** What is known of the only cell there is. */
interface FaultReport {
  readonly state: CellState;
  readonly change: Change | undefined;
  readonly findings: Findings;
}

/** A run with the fault or without it, after a stored run without it. */
async function reportOf({ name, model }: Fault, fault: 0 | 1): Promise<FaultReport> {
  if (withLock === undefined) throw new Error('no CPython 3.9 or newer at hand');
  const runtime = runtimeOf(withLock);
  const file = join(faults, 'workloads', `${name}.py`);
  const description = await describeFile(file, runtime);
  const trial = { file, model, runtime, count: 1 };
  const before: Sample[] = [];
  const after: Sample[] = [];
  // In turns, so that what else the machine does falls on both.
  for (let round = 0; round < processes; round += 1) {
    before.push(...(await samplesOf({ ...trial, fault: 0 })));
    after.push(...(await samplesOf({ ...trial, fault })));
  }
  expect(
    before.filter(({ status }) => status === 'broken'),
    'without the fault',
  ).toEqual([]);
  const stored = resultsOf(runtime, description, { runId: 'before', samples: before });
  return faultReport(indexCells(resultsOf(runtime, description, { runId: 'after', samples: after })), stored);
}

function faultReport(index: CellIndex, stored: Results): FaultReport {
  const [state] = index.states.values();
  if (state === undefined) throw new Error('no cell was run');
  const findings = findingsOf(index, [stored]);
  return { state, change: findings.changes[0], findings };
}

interface Fault {
  /** The file in `faults/workloads`. */
  readonly name: string;
  readonly model: ConcurrencyModel;
}

interface SlowFault extends Fault {
  readonly metric: string;
  readonly moves: 'up' | 'down';
  readonly cause: Cause;
}

interface WrongFault extends Fault {
  readonly message: RegExp;
  readonly cause: BrokenCause;
}

const slowFaults: readonly SlowFault[] = [
  { name: 'blocking_coroutine', model: 'asyncio', metric: 'wall_per_unit', moves: 'up', cause: 'blocking call' },
  { name: 'leaked_task', model: 'asyncio', metric: 'memory_per_unit', moves: 'up', cause: 'leak' },
  { name: 'unbounded_buffer', model: 'asyncio', metric: 'peak_rss', moves: 'up', cause: 'unbounded buffer' },
  { name: 'unbounded_queue', model: 'asyncio', metric: 'most_buffered', moves: 'up', cause: 'unbounded buffer' },
  { name: 'serialised_tasks', model: 'asyncio', metric: 'overlap', moves: 'down', cause: 'serialised' },
  { name: 'thread_leak', model: 'threads', metric: 'peak_threads', moves: 'up', cause: 'thread leak' },
];

const wrongFaults: readonly WrongFault[] = [
  { name: 'lost_message', model: 'asyncio', message: /1 of 50 messages lost/, cause: 'lost' },
  { name: 'reordered_results', model: 'executor', message: /the results are out of order/, cause: 'wrong order' },
];

describe('a planted fault moves its metric, and the report guesses the cause', () => {
  // On a busy machine the noise may hide a cause once or twice; a cause that is never guessed still fails.
  it.each(slowFaults)('$name moves $metric $moves: $cause', { retry: 2 }, async (fault) => {
    const { state, change, findings } = await reportOf(fault, 1);
    expect(state.status).toBe('measured');
    if (change?.status !== 'compared') throw new Error('it was not compared');
    expect(change.metric.id).toBe(fault.metric);
    expect(change.head > change.base ? 'up' : 'down').toBe(fault.moves);
    expect(change.ratio.bounds.kind).toBe('interval');
    expect([...findings.hints.values()]).toEqual([fault.cause]);
  });

  // Chance may move a metric of a busy machine once; it does not plant the same cause twice.
  it.each(slowFaults)('$name without its fault is not called: $cause', { retry: 1 }, async (fault) => {
    const { state, change, findings } = await reportOf(fault, 0);
    expect(state.status).toBe('measured');
    expect(change?.status).toBe('compared');
    expect([...findings.hints.values()]).not.toContain(fault.cause);
  });
});

describe('a planted fault that makes results wrong is broken, whatever its speed', () => {
  it.each(wrongFaults)('$name: $cause', async (fault) => {
    const { state } = await reportOf(fault, 1);
    expect(state).toMatchObject({ kind: 'wrong result', broken: processes, processes, message: expect.stringMatching(fault.message) });
    expect(state.status === 'broken' && brokenHintOf(state.kind, state.message)).toBe(fault.cause);
  });

  it.each(wrongFaults)('$name without its fault is right', async (fault) => {
    expect((await reportOf(fault, 0)).state.status).toBe('measured');
  });
});

function brokenCauseOf(sample: Sample | undefined): BrokenCause | null {
  return sample?.status === 'broken' ? brokenHintOf(sample.kind, sample.message) : null;
}

describe('a silent fallback is broken, and never a time', () => {
  it('uvloop that is not really uvloop', async () => {
    if (withLock === undefined) throw new Error('no CPython 3.9 or newer at hand');
    const file = join(faults, 'fake_uvloop', 'silent_fallback.py');
    const [sample] = await samplesOf({ file, model: 'uvloop', fault: 0, runtime: runtimeOf(withLock), count: 1 });
    expect(sample).toMatchObject({ status: 'broken', kind: 'fallback' });
    expect(brokenCauseOf(sample)).toBe('uvloop not running');
  });

  const compiler = spawnSync('cc', ['--version']).status === 0;
  const why = free === undefined ? 'no free-threaded build at hand' : 'no C compiler';
  it.skipIf(free === undefined || !compiler)(
    `an extension that brings the global interpreter lock back (${free === undefined || !compiler ? `skipped: ${why}` : free.label})`,
    async () => {
      if (free === undefined) throw new Error(why);
      const folder = mkdtempSync(join(tmpdir(), 'gil-'));
      cpSync(join(faults, 'gil'), folder, { recursive: true });
      const ask = 'import sysconfig; print(sysconfig.get_path("include")); print(sysconfig.get_config_var("EXT_SUFFIX"))';
      const [include = '', suffix = ''] = execFileSync(free.executable, ['-c', ask], { encoding: 'utf8' }).trim().split('\n');
      execFileSync('cc', ['-shared', '-fPIC', `-I${include}`, join(folder, 'needs_gil.c'), '-o', join(folder, `needs_gil${suffix}`)]);
      const [sample] = await samplesOf({
        file: join(folder, 'gil_returns.py'),
        model: 'threads',
        fault: 0,
        runtime: runtimeOf(free),
        count: 1,
      });
      expect(sample).toMatchObject({ status: 'broken', kind: 'fallback' });
      expect(brokenCauseOf(sample)).toBe('GIL enabled');
    },
  );
});
