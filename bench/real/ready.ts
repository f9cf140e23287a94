import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricFor } from '../../src/judge/cell-index.ts';
import { describeWorkloads } from '../../src/measure/describe-workloads.ts';
import type { Executor } from '../../src/measure/executor.ts';
import { readMachine } from '../../src/measure/machine.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';
import type { Machine } from '../../src/model/machine.ts';
import type { Metric } from '../../src/model/metric.ts';
import type { PreparedRuntime } from '../../src/model/runtime.ts';
import { UserError } from '../../src/model/user-error.ts';
import { recordedWorkloads } from '../../src/plan/recorded-workloads.ts';
import { discover, type PreparedRuntimes, prepareRuntimes } from '../../src/runtimes/prepare.ts';
import { selectInterpreters } from '../../src/runtimes/select.ts';
import type { Progress } from '../../src/terminal/progress.ts';
import { cellName, type RecordedCell } from './cells.ts';
import { copyWorkloads, type WorkloadCopies } from './workload-copies.ts';

/** Releases that are recorded on, the best first. */
const releases = ['3.13', '3.12', '3.11'];

/** What the recorder measures with. */
export interface Ready {
  readonly executor: Executor;
  /** One environment for each side, of the same interpreter. */
  readonly runtimes: { readonly base: PreparedRuntime; readonly head: PreparedRuntime };
  readonly peerPython: string;
  readonly machine: Machine;
  readonly copies: WorkloadCopies;
  /** The metric that judges each cell, by the cell's name. */
  readonly gates: ReadonlyMap<string, Metric>;
  /** Removes the copies. */
  close(): void;
}

/** What is made ready. */
export interface ReadyRequest {
  readonly root: string;
  readonly cells: readonly RecordedCell[];
  /** A version or path; null for the newest of 3.11 to 3.13 that has the global lock. */
  readonly python: string | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The newest interpreter at hand among `releases`, as a request. */
export async function newestPython(root: string, signal: AbortSignal): Promise<string> {
  const discovery = await discover([], { env: process.env, home: homedir(), cwd: root }, signal);
  const found = releases.find((release) => selectInterpreters([release], discovery).interpreters.length > 0);
  if (found !== undefined) return found;
  throw new UserError(`No Python ${releases.join(', ')} is at hand.`, 'Install one, or name another with --python.');
}

/** Prepares an environment for each side, copies the workloads, and asks what judges them. */
export async function makeReady(request: ReadyRequest): Promise<Ready> {
  const { root, cells, signal } = request;
  const python = request.python ?? (await newestPython(root, signal));
  const [base, head] = [await prepareSide(request, python, 'base'), await prepareSide(request, python, 'head')];
  const [baseRuntime, headRuntime] = [base.runtimes[0], head.runtimes[0]];
  if (baseRuntime === undefined || headRuntime === undefined) throw new Error('a side was prepared without a runtime');
  const workloads = join(root, 'workloads');
  const executor = processExecutor({ workerFolder: join(workloads, 'worker') });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'real-')));
  const close = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copies = copyWorkloads(cells, { from: workloads, to: folder });
    const gates = await gatesOf(cells, { executor, runtime: baseRuntime, copies, signal });
    const { facts, realPath } = head.peer;
    const machine = readMachine(process.env, `${facts.version}-${facts.build}`);
    return { executor, runtimes: { base: baseRuntime, head: headRuntime }, peerPython: realPath, machine, copies, gates, close };
  } catch (error) {
    close();
    throw error;
  }
}

function prepareSide({ root, progress, signal }: ReadyRequest, python: string, side: 'base' | 'head'): Promise<PreparedRuntimes> {
  return prepareRuntimes({
    requested: [python],
    uvloop: ['latest'],
    packages: [],
    folder: join(root, '.concurrency-regressions', 'environments', side),
    surroundings: { env: process.env, home: homedir(), cwd: root },
    onProgress: (text) => progress.note(`${side}: ${text}`),
    signal,
  });
}

interface Asking {
  readonly executor: Executor;
  readonly runtime: PreparedRuntime;
  readonly copies: WorkloadCopies;
  readonly signal: AbortSignal;
}

async function gatesOf(cells: readonly RecordedCell[], { executor, runtime, copies, signal }: Asking): Promise<Ready['gates']> {
  const files = cells.map((cell) => copies.path(cell, 'base'));
  const { described, refused } = await describeWorkloads({ executor, runtimes: [runtime], files, timeoutSeconds: 60, signal });
  const [refusal] = refused;
  if (refusal !== undefined) throw new UserError(`${refusal.id}: ${refusal.reason}`, 'Nothing was recorded.');
  const workloads = new Map(recordedWorkloads(described).map((workload) => [workload.id, workload]));
  return new Map(
    cells.map((cell) => {
      const workload = workloads.get(cell.workload);
      const gate = workload?.gates[cell.model];
      if (workload === undefined || gate === undefined) {
        throw new UserError(`${cellName(cell)} cannot be measured here.`, 'Name the cells to record with --cells.');
      }
      return [cellName(cell), metricFor(workload, gate)];
    }),
  );
}
