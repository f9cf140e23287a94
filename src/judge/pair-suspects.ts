import { type Cell, cellId, type LeftOut } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import type { RecordedWorkload } from '../model/results.ts';
import { interpreterKey, type Runtime } from '../model/runtime.ts';
import type { BothSides, SideName } from '../model/sample-pair.ts';
import type { RefusedWorkload } from '../model/workload.ts';
import { metricFor } from './cell-index.ts';

/** What one side can measure. */
export interface SidePlan {
  readonly runtimes: readonly Runtime[];
  readonly workloads: readonly RecordedWorkload[];
  readonly cells: readonly Cell[];
  readonly leftOut: readonly LeftOut[];
  readonly refused: readonly (RefusedWorkload & { readonly runtime: string })[];
}

/** A cell that both sides have, under the runtime of head. */
export interface PairSuspect {
  /** As `cellId` makes it of `cell`. */
  readonly id: string;
  readonly cell: Cell;
  readonly runtimes: BothSides<Runtime>;
  /** The metric it is judged by. */
  readonly metric: Metric;
  /** Whether the workload file is another one on each side. */
  readonly sourceDiffers: boolean;
}

/** A cell that is on one side only, and why. */
export interface LoneCell {
  readonly cell: Cell;
  /** The side that lacks it. */
  readonly lacks: SideName;
  readonly reason: string;
}

/** Every cell of two sides, each once: to be measured in pairs, on one side only, or not comparable. */
export interface SuspectPlan {
  readonly suspects: readonly PairSuspect[];
  readonly lone: readonly LoneCell[];
  readonly notComparable: readonly { readonly cell: Cell; readonly reason: string }[];
}

/** Matches the cells of two sides. Runtimes meet by identity, else by interpreter: their packages may differ, their build never. */
export function planSuspects({ base, head }: BothSides<SidePlan>): SuspectPlan {
  const runtimes = pairRuntimes(base.runtimes, head.runtimes);
  const counterparts = new Map(runtimes.map((pair) => [pair.base.id, pair.head.id]));
  const moved = (cell: Cell): Cell => ({ ...cell, runtime: counterparts.get(cell.runtime) ?? cell.runtime });
  const aligned = new Map(base.cells.map((cell) => [cellId(moved(cell)), moved(cell)]));
  const own = new Set(head.cells.map(cellId));
  const shared = head.cells.filter((cell) => aligned.has(cellId(cell)));
  const matched = shared.map((cell) => match(cell, { base, head }, runtimes));
  return {
    suspects: matched.flatMap((each) => ('id' in each ? [each] : [])),
    notComparable: matched.flatMap((each) => ('reason' in each ? [each] : [])),
    lone: [
      ...head.cells.filter((cell) => !aligned.has(cellId(cell))).map((cell) => lone(cell, 'base', base, moved)),
      ...[...aligned].filter(([id]) => !own.has(id)).map(([, cell]) => lone(cell, 'head', head, (each) => each)),
    ],
  };
}

function pairRuntimes(base: readonly Runtime[], head: readonly Runtime[]): readonly BothSides<Runtime>[] {
  const same = head.flatMap((runtime) => base.filter(({ id }) => id === runtime.id).map((other) => ({ base: other, head: runtime })));
  const paired = new Set(same.map(({ head: runtime }) => runtime.id));
  const left = (runtimes: readonly Runtime[]) => runtimes.filter(({ id }) => !paired.has(id));
  const alone = (runtime: Runtime, among: readonly Runtime[]) => {
    const found = left(among).filter((other) => interpreterKey(other) === interpreterKey(runtime));
    return found.length === 1 ? found : [];
  };
  const near = left(head).flatMap((runtime) =>
    alone(runtime, head).length === 1 ? alone(runtime, base).map((other) => ({ base: other, head: runtime })) : [],
  );
  return [...same, ...near];
}

type Match = PairSuspect | { readonly cell: Cell; readonly reason: string };

function match(cell: Cell, sides: BothSides<SidePlan>, pairs: readonly BothSides<Runtime>[]): Match {
  const runtimes = pairs.find(({ head }) => head.id === cell.runtime);
  const [base, head] = [gateOf(sides.base, cell), gateOf(sides.head, cell)];
  if (runtimes === undefined || base === null || head === null) return { cell, reason: 'one side does not say what it is judged by' };
  const [was, is] = [base.metric, head.metric];
  if (was.id !== is.id) return { cell, reason: `head is judged by ${is.label}, base by ${was.label}` };
  if (was.unit !== is.unit || was.better !== is.better)
    return { cell, reason: `the unit or direction of ${is.label} differs between the trees` };
  return { id: cellId(cell), cell, runtimes, metric: is, sourceDiffers: base.source !== head.source };
}

function gateOf({ workloads }: SidePlan, cell: Cell): { readonly metric: Metric; readonly source: string } | null {
  const workload = workloads.find(({ id }) => id === cell.workload);
  const gate = workload?.gates[cell.model];
  return workload === undefined || gate === undefined ? null : { metric: metricFor(workload, gate), source: workload.source };
}

/** Why `plan`, the other side's, has no such cell. */
function lone(cell: Cell, lacks: SideName, plan: SidePlan, moved: (cell: Cell) => Cell): LoneCell {
  const same = (entry: { readonly runtime: string }) => moved({ ...cell, runtime: entry.runtime }).runtime === cell.runtime;
  const refusal = plan.refused.find((each) => each.id === cell.workload && same(each));
  const leftOut = plan.leftOut.find((each) => each.workload === cell.workload && each.model === cell.model && same(each));
  if (refusal !== undefined) return { cell, lacks, reason: `${lacks} refuses ${cell.workload}` };
  if (leftOut !== undefined) return { cell, lacks, reason: `${lacks} leaves it out: ${leftOut.reason}` };
  const known = plan.workloads.some(({ id }) => id === cell.workload);
  return { cell, lacks, reason: known ? `${lacks} has no such cell` : `${lacks} has no workload ${cell.workload}` };
}
