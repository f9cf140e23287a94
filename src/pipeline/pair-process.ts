import type { Executor } from '../measure/executor.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { Sample } from '../model/sample.ts';
import type { BothSides, SideName } from '../model/sample-pair.ts';
import { cellParams } from '../plan/matrix.ts';
import type { ReadySide } from './pair-sides.ts';
import { type Surroundings, warmups } from './surroundings.ts';

/** What the processes of pairs are run with. */
export interface PairProcesses {
  readonly ready: BothSides<ReadySide>;
  readonly executor: Executor;
  readonly surroundings: Surroundings;
  /** Measured values in each process. */
  readonly values: number;
  /** Seconds for one process. */
  readonly timeoutSeconds: number;
}

/** One fresh process of one side, with that side's workload, runtime and parameters. */
export function runSide(
  { executor, ready, values, timeoutSeconds, surroundings }: PairProcesses,
  { id, cell, runtimes }: PairSuspect,
  { side, round }: { readonly side: SideName; readonly round: number },
): Promise<Sample> {
  const { prepared, described } = ready[side];
  const runtime = prepared.runtimes.find((each) => each.runtime.id === runtimes[side].id);
  const workload = described.get(runtimes[side].id)?.get(cell.workload);
  return executor.run({
    runtime: planned(runtime, id),
    workload: planned(workload, id).path,
    cell,
    round,
    warmups,
    values,
    params: cellParams(cell, planned(workload, id)),
    // One interpreter for the peers of both sides: they are not what is compared.
    peerPython: ready.head.prepared.peer.realPath,
    timeoutSeconds,
    signal: surroundings.signal,
  });
}

/** What a suspect was planned from; its absence is a fault of this program. */
export function planned<T>(item: T | undefined, id: string): T {
  if (item === undefined) throw new Error(`suspect ${id} was planned from nothing`);
  return item;
}
