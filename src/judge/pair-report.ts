import type { Cell, LeftOut } from '../model/cell.ts';
import { intervalLevel, type Ratio } from '../model/change.ts';
import { metricOf } from '../model/metric.ts';
import type { Runtime, UnavailableRuntime } from '../model/runtime.ts';
import type { BothSides, PairsOutcome, SideName } from '../model/sample-pair.ts';
import type { GateResult } from '../model/verdict.ts';
import type { RefusedWorkload } from '../model/workload.ts';
import { criticalValue } from '../stats/critical-value.ts';
import { trimmedMean } from '../stats/trimmed-t.ts';
import { calibrationFigures, logDifferences } from './pair-differences.ts';
import type { LoneCell, PairSuspect, SidePlan, SuspectPlan } from './pair-suspects.ts';
import { type PairRules, type PairVerdict, pairVerdicts } from './pair-verdict.ts';

/** The words that a comparison by pairs may fail on. */
export type PairGateWord = 'regression' | 'broken';

/** A workload that a side refused on a runtime. */
export type SideRefusal = RefusedWorkload & { readonly runtime: string; readonly side: SideName };

/** A suspect and what is said of it. */
export interface JudgedSuspect {
  readonly suspect: PairSuspect;
  readonly verdict: PairVerdict;
}

/** How the calibration loop itself moved on one runtime; shown, never judged. */
export interface CalibrationRow {
  readonly runtime: Runtime;
  /** head / base of the loop's seconds. */
  readonly ratio: Ratio;
  readonly pairs: number;
}

/** What was measured, and how. */
export interface PairReportInput extends PairRules {
  /** As the reader named them. */
  readonly trees: BothSides<string>;
  readonly plans: BothSides<SidePlan>;
  readonly plan: SuspectPlan;
  readonly unavailable: readonly UnavailableRuntime[];
  readonly outcome: PairsOutcome;
  readonly seed: number;
  /** Wall seconds of the whole run. */
  readonly seconds: number;
  readonly budgetSeconds: number;
  /** Words that fail the gate; an empty list lets everything pass. */
  readonly failOn: readonly PairGateWord[];
}

/** A whole comparison by pairs as values. */
export interface PairReport extends PairRules {
  readonly trees: BothSides<string>;
  /** Runtimes of head, under which cells are told. */
  readonly runtimes: readonly Runtime[];
  /** What needs the reader first: regressions, then what broke, and so on; larger changes first. */
  readonly rows: readonly JudgedSuspect[];
  readonly lone: readonly LoneCell[];
  /** Cells that were not measured because their sides are not judged alike. */
  readonly notComparable: readonly { readonly cell: Cell; readonly reason: string }[];
  readonly refused: readonly SideRefusal[];
  readonly unavailable: readonly UnavailableRuntime[];
  /** What head leaves out by plan; what only one side leaves out is in `lone`. */
  readonly leftOut: readonly LeftOut[];
  readonly calibration: readonly CalibrationRow[];
  readonly processes: number;
  readonly endedBy: PairsOutcome['endedBy'];
  readonly seed: number;
  readonly seconds: number;
  readonly budgetSeconds: number;
  readonly gate: GateResult;
}

/** Judges every suspect and sorts what there is to say. */
export function pairReport(input: PairReportInput): PairReport {
  const { trees, plans, plan, unavailable, outcome, seed, seconds, budgetSeconds, design, threshold } = input;
  const verdicts = pairVerdicts({ suspects: plan.suspects, outcome, design, threshold });
  const rows = plan.suspects.flatMap((suspect) => {
    const verdict = verdicts.get(suspect.id);
    return verdict === undefined ? [] : [{ suspect, verdict }];
  });
  const refused = (['base', 'head'] as const).flatMap((side) => plans[side].refused.map((each) => ({ ...each, side })));
  const lone = new Set(plan.lone.map(({ cell }) => keyOf(cell)));
  return {
    ...{ trees, seed, seconds, budgetSeconds, design, threshold, unavailable, refused },
    ...{ lone: plan.lone, notComparable: plan.notComparable },
    runtimes: plans.head.runtimes,
    rows: rows.toSorted((one, other) => urgency(one) - urgency(other) || sizeOf(other) - sizeOf(one)),
    leftOut: plans.head.leftOut.filter((each) => !lone.has(keyOf(each))),
    calibration: calibrationRows(plan.suspects, outcome, plans.head.runtimes),
    processes: outcome.processes,
    endedBy: outcome.endedBy,
    gate: pairGate({ rows, refused }, input.failOn),
  };
}

/** Whether a lone cell is told by the refusal of its workload already. */
export function isRefusalOf({ cell, lacks }: LoneCell, refused: readonly SideRefusal[]): boolean {
  return refused.some(({ id, side }) => id === cell.workload && side === lacks);
}

function keyOf({ workload, model, runtime }: LeftOut | Cell): string {
  return JSON.stringify([workload, model, runtime]);
}

const order: readonly PairVerdict['verdict'][] = ['regression', 'broken', 'inconclusive', 'not comparable', 'improvement', 'no change'];

function urgency({ verdict }: JudgedSuspect): number {
  return order.indexOf(verdict.verdict);
}

function sizeOf({ verdict }: JudgedSuspect): number {
  return 'evidence' in verdict && verdict.evidence !== null ? Math.abs(Math.log(verdict.evidence.ratio.value)) : -1;
}

function pairGate(
  { rows, refused }: { readonly rows: readonly JudgedSuspect[]; readonly refused: readonly SideRefusal[] },
  failOn: readonly PairGateWord[],
): GateResult {
  const reasons = failOn.flatMap((word): readonly string[] => {
    const cells = rows.filter(({ verdict }) => verdict.verdict === word).length;
    const workloads = word === 'broken' ? new Set(refused.map(({ id }) => id)).size : 0;
    return [
      ...(cells === 0 ? [] : [`${cells} ${cells === 1 ? 'cell' : 'cells'} with the verdict ${word}.`]),
      ...(workloads === 0 ? [] : [`${workloads} ${workloads === 1 ? 'workload was' : 'workloads were'} refused.`]),
    ];
  });
  return { conclusion: reasons.length === 0 ? 'success' : 'failure', reasons };
}

function calibrationRows(suspects: readonly PairSuspect[], outcome: PairsOutcome, runtimes: readonly Runtime[]): readonly CalibrationRow[] {
  return runtimes.flatMap((runtime) => {
    const pairs = suspects.flatMap(({ id, cell }) => (cell.runtime === runtime.id ? (outcome.pairs.get(id) ?? []) : []));
    const differences = logDifferences(calibrationFigures(pairs, metricOf('wall_per_unit'))).filter(Number.isFinite);
    const mean = trimmedMean(differences);
    if (mean.kind === 'none') return [];
    const reach = criticalValue((1 + intervalLevel) / 2, mean.df) * mean.error;
    const bounds = { kind: 'interval', low: Math.exp(mean.value - reach), high: Math.exp(mean.value + reach) } as const;
    return [{ runtime, ratio: { value: Math.exp(mean.value), bounds }, pairs: differences.length }];
  });
}
