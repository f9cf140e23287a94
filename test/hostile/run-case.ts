import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Executor, RunRequest } from '../../src/measure/executor.ts';
import { carriersOf, findPython, foundRuntime } from '../../src/measure/hostile-worker.fixture.ts';
import type { ProcessExecutorOptions } from '../../src/measure/process-executor.ts';
import type { Sample } from '../../src/model/sample.ts';
import type { ProcessCase } from './process-cases.ts';

const root = join(import.meta.dirname, '..', '..');
const python = findPython();

/** What is promised after a timeout, seconds. A loaded machine may add what an honest sample takes of it. */
const promisedSeconds = 1.5;

/** Makes an executor of the real worker; a weakened one, where a fault is planted. */
export type MakeExecutor = (options: ProcessExecutorOptions) => Executor;

/** Where cases have their folders, and somebody else's folder that must stay as it is. */
export class Grounds {
  readonly #folder = mkdtempSync(join(tmpdir(), 'grounds-'));
  readonly samples = join(this.#folder, 'samples');
  readonly victim = join(this.#folder, 'victim');

  constructor() {
    mkdirSync(this.samples);
    mkdirSync(this.victim, { mode: 0o755 });
    writeFileSync(join(this.victim, 'file'), 'not yours', { mode: 0o644 });
  }

  /** What is wrong with what was left behind; nothing, where the next sample finds all as it was. */
  faults(): readonly string[] {
    const left = readdirSync(this.samples);
    const file = join(this.victim, 'file');
    const touched = !existsSync(file) || readFileSync(file, 'utf8') !== 'not yours' || (statSync(this.victim).mode & 0o777) !== 0o755;
    return [...(left.length > 0 ? [`left ${left.join(', ')}`] : []), ...(touched ? ['touched the files of somebody else'] : [])];
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A request for one value of workloads/misbehaves.py. */
export function misbehaviour(act: string, more: Partial<RunRequest> & { readonly variables?: Readonly<Record<string, string>> } = {}) {
  const { variables = {}, params = {}, ...rest } = more;
  const runtime = foundRuntime(python, variables);
  const cell = { workload: 'misbehaves', model: 'sequential', runtime: runtime.runtime.id, params: '' } as const;
  const workload = join(root, 'test', 'hostile', 'workloads', 'misbehaves.py');
  const amounts = { round: 0, values: 1, warmups: 0, timeoutSeconds: 20 };
  return { runtime, cell, workload, ...amounts, params: { ...params, act }, peerPython: python.executable, ...rest };
}

/** The real worker on these grounds. */
export function executorOptions(grounds: Grounds, more: Partial<ProcessExecutorOptions> = {}): ProcessExecutorOptions {
  return { workerFolder: join(root, 'workloads', 'worker'), temporaryFolder: grounds.samples, ...more };
}

/** What came of a case. */
export interface CaseEnd {
  readonly seconds: number;
  /** Why it did not pass, in words; empty where it did. */
  readonly faults: readonly string[];
}

/** Runs one case and an honest sample after it, and says what was not as it should be. */
export async function runCase(each: ProcessCase, makeExecutor: MakeExecutor, grounds: Grounds): Promise<CaseEnd> {
  const { limits = {} } = each;
  const executor = makeExecutor(executorOptions(grounds, { limits }));
  const token = randomUUID();
  const variables = { HOSTILE_TEST: token, HOSTILE_VICTIM: grounds.victim };
  const request = misbehaviour(each.name, { variables, timeoutSeconds: each.timeoutSeconds ?? 20 });
  const { sample, seconds } = await timed(executor, request);
  const survivors = carriersOf(token);
  for (const id of survivors) process.kill(Number(id), 'SIGKILL');
  const { sample: next, seconds: added } = await timed(executor, misbehaviour('behaves'));
  const faults = [
    ...statusFaults(each, sample),
    ...(seconds < request.timeoutSeconds + promisedSeconds + added ? [] : [`returned after ${seconds.toFixed(1)} s`]),
    ...(survivors.length === 0 ? [] : [`left the processes ${survivors.join(', ')} alive`]),
    ...grounds.faults(),
    ...(next.status === 'measured' ? [] : [`the next sample is broken: ${next.message}`]),
  ];
  return { seconds, faults };
}

async function timed(executor: Executor, request: RunRequest) {
  const started = performance.now();
  const sample = await executor.run(request);
  return { sample, seconds: (performance.now() - started) / 1000 };
}

function statusFaults({ expected }: ProcessCase, sample: Sample): readonly string[] {
  if (expected === 'measured') return sample.status === 'measured' ? [] : [`is broken, not measured: ${sample.message}\n${sample.output}`];
  if (sample.status === 'measured') return ['was measured, not broken'];
  const fits = sample.kind === expected.kind && expected.message.test(sample.message);
  return fits ? [] : [`is broken otherwise: ${sample.kind}: ${sample.message}\n${sample.output}`];
}
