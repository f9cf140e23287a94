import { type Cell, cellId, type LeftOut } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import type { LoneCell, PairSuspect, SuspectPlan } from '../model/pair-suspect.ts';
import type { RecordedWorkload } from '../model/results.ts';
import { interpreterKey, minorVersionKey, type Runtime, runtimeLabel, type UnavailableRuntime } from '../model/runtime.ts';
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
  /** What this side was to run on and could not have. */
  readonly unavailable?: readonly UnavailableRuntime[];
}

/** Which runtimes may meet: those of one interpreter build, or, where the toolchain is what is compared, of one minor version. */
export type BuildMatch = 'same build' | 'same minor version';

/**
 * Matches the cells of two sides. Runtimes meet by identity, else by interpreter: their packages may differ, their build
 * only where `match` says so.
 */
export function planSuspects({ base, head }: BothSides<SidePlan>, match: BuildMatch = 'same build'): SuspectPlan {
  const runtimes = pairRuntimes(base.runtimes, head.runtimes, match);
  const counterparts = new Map(runtimes.map((pair) => [pair.base.id, pair.head.id]));
  const paired = new Set(counterparts.values());
  const moved = (cell: Cell): Cell => ({ ...cell, runtime: counterparts.get(cell.runtime) ?? cell.runtime });
  const aligned = new Map(base.cells.map((cell) => [cellId(moved(cell)), moved(cell)]));
  const own = new Set(head.cells.map(cellId));
  const [meeting, alone] = [
    head.cells.filter(({ runtime }) => paired.has(runtime)),
    head.cells.filter(({ runtime }) => !paired.has(runtime)),
  ];
  const matched = meeting.filter((cell) => aligned.has(cellId(cell))).map((cell) => matchCell(cell, { base, head }, runtimes));
  return {
    suspects: matched.flatMap((each) => ('id' in each ? [each] : [])),
    notComparable: [
      ...matched.flatMap((each) => ('reason' in each ? [each] : [])),
      ...alone.map((cell) => ({ cell, reason: whyNoRuntime(cell, { base, head }) })),
    ],
    lone: [
      ...meeting.filter((cell) => !aligned.has(cellId(cell))).map((cell) => lone(cell, 'base', base, moved)),
      // What base has on a runtime that head lacks is told by that runtime, which is not available on head.
      ...[...aligned]
        .filter(([id, cell]) => !own.has(id) && paired.has(cell.runtime))
        .map(([, cell]) => lone(cell, 'head', head, (each) => each)),
    ],
  };
}

/** Why no runtime of base meets that of a cell of head. */
function whyNoRuntime({ runtime: id }: Cell, { base, head }: BothSides<SidePlan>): string {
  const runtime = head.runtimes.find((each) => each.id === id);
  const label = runtime === undefined ? id : runtimeLabel(runtime);
  const other = base.runtimes.find((each) => runtimeLabel(each) === label);
  if (other !== undefined) return `the interpreters of the sides differ: base has another build of ${label}`;
  const [fault] = base.unavailable ?? [];
  return fault === undefined ? `base has no Python ${label}` : `base has no Python ${label}: ${fault.requested}: ${fault.reason}`;
}

function pairRuntimes(base: readonly Runtime[], head: readonly Runtime[], match: BuildMatch): readonly BothSides<Runtime>[] {
  const pairs: BothSides<Runtime>[] = [];
  const free = (runtimes: readonly Runtime[], side: SideName) => runtimes.filter(({ id }) => !pairs.some((pair) => pair[side].id === id));
  const take = (keyOf: (runtime: Runtime) => string) => {
    const alone = (runtime: Runtime, among: readonly Runtime[]) => among.filter((other) => keyOf(other) === keyOf(runtime));
    const [bases, heads] = [free(base, 'base'), free(head, 'head')];
    for (const runtime of heads) {
      const [other, ...more] = alone(runtime, bases);
      if (other !== undefined && more.length === 0 && alone(runtime, heads).length === 1) pairs.push({ base: other, head: runtime });
    }
  };
  take(({ id }) => id);
  take(interpreterKey);
  if (match === 'same minor version') take(minorVersionKey);
  return pairs;
}

type Match = PairSuspect | { readonly cell: Cell; readonly reason: string };

function matchCell(cell: Cell, sides: BothSides<SidePlan>, pairs: readonly BothSides<Runtime>[]): Match {
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
