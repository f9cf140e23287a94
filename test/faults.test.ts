import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processExecutor } from '../src/measure/process-executor.ts';
import type { ConcurrencyModel } from '../src/model/concurrency-model.ts';
import { type Results, resultsSchema } from '../src/model/results.ts';
import type { PreparedRuntime } from '../src/model/runtime.ts';
import type { Sample } from '../src/model/sample.ts';
import type { WorkloadDescription } from '../src/model/workload.ts';
import { recordedWorkloads } from '../src/plan/recorded-workloads.ts';
import { renderReportTerminal } from '../src/render/report.ts';
import { buildReport } from '../src/tables/report.ts';
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

/** What the reader is told of a run with the fault, after a stored run without it. */
async function reportOf(name: string, model: ConcurrencyModel): Promise<string> {
  if (withLock === undefined) throw new Error('no CPython 3.9 or newer at hand');
  const runtime = runtimeOf(withLock);
  const file = join(faults, 'workloads', `${name}.py`);
  const description = await describeFile(file, runtime);
  const trial = { file, model, runtime, count: processes };
  const before = resultsOf(runtime, description, { runId: 'before', samples: await samplesOf({ ...trial, fault: 0 }) });
  const after = resultsOf(runtime, description, { runId: 'after', samples: await samplesOf({ ...trial, fault: 1 }) });
  expect(
    before.samples.filter(({ status }) => status === 'broken'),
    'without the fault',
  ).toEqual([]);
  const report = buildReport({ results: after, baselineRuns: [before], storesBaseline: true, failOn: ['broken'] });
  return renderReportTerminal(report, { width: 200 }).replaceAll(/\s+/g, ' ');
}

describe('a planted fault moves its metric, and the report guesses the cause', () => {
  it.each<[string, ConcurrencyModel, RegExp, RegExp]>([
    ['blocking_coroutine', 'asyncio', /wall time per unit.*slower|slower.*wall time per unit/, /blocking call/],
    ['leaked_task', 'asyncio', /memory per concurrent unit/, /leak|kept|never released/],
    ['unbounded_buffer', 'asyncio', /peak resident memory/, /buffer/],
    ['serialised_tasks', 'asyncio', /overlap factor/, /one after the other|serialised/],
    ['thread_leak', 'threads', /peak OS threads/, /threads/],
  ])('%s', async (name, model, metric, cause) => {
    const text = await reportOf(name, model);
    expect(text).toContain('not confirmed');
    expect(text).toMatch(metric);
    expect(text).toMatch(cause);
  });
});

describe('a planted fault that makes results wrong is broken, whatever its speed', () => {
  it.each<[string, ConcurrencyModel, RegExp, RegExp]>([
    ['lost_message', 'asyncio', /1 of 50 messages lost/, /lost/],
    ['reordered_results', 'executor', /the results are out of order/, /order/],
  ])('%s', async (name, model, message, cause) => {
    const text = await reportOf(name, model);
    expect(text).toMatch(/is broken/);
    expect(text).toMatch(message);
    expect(text).toMatch(cause);
  });
});

describe('a silent fallback is broken, and never a time', () => {
  it('uvloop that is not really uvloop', async () => {
    if (withLock === undefined) throw new Error('no CPython 3.9 or newer at hand');
    const file = join(faults, 'fake_uvloop', 'silent_fallback.py');
    const [sample] = await samplesOf({ file, model: 'uvloop', fault: 0, runtime: runtimeOf(withLock), count: 1 });
    expect(sample).toMatchObject({ status: 'broken', kind: 'fallback', message: expect.stringMatching(/uvloop/) });
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
      expect(sample).toMatchObject({ status: 'broken', kind: 'fallback', message: expect.stringMatching(/lock/) });
    },
  );
});
