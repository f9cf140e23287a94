import type { Metric } from '../../src/model/metric.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import type { SamplePair, SideName } from '../../src/model/sample-pair.ts';
import { UserError } from '../../src/model/user-error.ts';
import { cellName, type RecordedCell } from './cells.ts';
import type { Job } from './jobs.ts';
import type { Ready } from './ready.ts';
import type { RecordedProcess } from './record-file.ts';
import type { CopyName } from './workload-copies.ts';

/** Measured values of a process and unmeasured ones before them: the defaults of the program. */
export const processSize = { values: 5, warmups: 1 } as const;

const timeoutSeconds = 60;

/** A process that gave no measurement. */
export class BrokenProcess extends UserError {
  readonly side: SideName;

  constructor(cell: string, side: SideName, message: string) {
    super(`A process of ${cell} broke on ${side}: ${message}`, 'Try again, or name the cells to record with --cells.');
    this.side = side;
  }
}

/** What a process of a cell is run with. */
export interface Running {
  readonly ready: Ready;
  readonly signal: AbortSignal;
}

/**
 * One fresh process of a tree of a cell, in the environment of that side.
 *
 * @throws BrokenProcess when it gave no measurement; an `AbortError` when interrupted
 */
export async function runProcess({ ready, signal }: Running, cell: RecordedCell, copy: CopyName): Promise<MeasuredSample> {
  const side = copy === 'base' ? 'base' : 'head';
  const runtime = ready.runtimes[side];
  const sample = await ready.executor.run({
    runtime,
    workload: ready.copies.path(cell, copy),
    cell: { workload: cell.workload, model: cell.model, runtime: runtime.runtime.id, params: '' },
    round: 0,
    ...processSize,
    params: {},
    peerPython: ready.peerPython,
    timeoutSeconds,
    signal,
  });
  if (sample.status === 'broken') throw new BrokenProcess(cellName(cell), side, sample.message);
  return sample;
}

/** Runs both sides of a pair right after each other, in the order that was drawn for it. */
export async function runPair(
  running: Running,
  cell: RecordedCell,
  { kind, baseFirst }: Pick<Job, 'kind' | 'baseFirst'>,
): Promise<SamplePair> {
  const headCopy = kind === 'null' ? 'head' : 'slow';
  const first = await runProcess(running, cell, baseFirst ? 'base' : headCopy);
  const second = await runProcess(running, cell, baseFirst ? headCopy : 'base');
  return baseFirst ? { base: first, head: second } : { base: second, head: first };
}

/** What the record keeps of a process: the inner values of its gate metric and of the loop around each. */
export function recordedProcess({ values, calibration }: MeasuredSample, gate: Metric): RecordedProcess {
  return { values: [...(values[gate.id] ?? [])], loop: [...calibration] };
}

/** The metric that judges a cell. */
export function gateOf({ gates }: Ready, cell: RecordedCell): Metric {
  const gate = gates.get(cellName(cell));
  if (gate === undefined) throw new Error(`${cellName(cell)} was made ready without a gate metric`);
  return gate;
}
