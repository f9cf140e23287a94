import type { Cell, LeftOut } from '../model/cell.ts';
import type { LoneCell, PairSuspect, SuspectPlan } from '../model/pair-suspect.ts';
import type { Runtime, UnavailableRuntime } from '../model/runtime.ts';
import type { BothSides, PairsOutcome, SideName } from '../model/sample-pair.ts';
import type { GateResult } from '../model/verdict.ts';
import type { Warning } from '../model/warning.ts';
import type { RefusedWorkload } from '../model/workload.ts';
import { type CalibrationRow, calibrationRows } from './calibration-row.ts';
import { type GateCounts, type GatePolicy, judgeGate } from './gate.ts';
import type { SidePlan } from './pair-suspects.ts';
import { type PairRules, type PairVerdict, pairVerdicts, suspectThreshold } from './pair-verdict.ts';
import type { Threshold } from './threshold.ts';
import { urgencyOf } from './verdict-urgency.ts';

/** A workload that a side refused on a runtime. */
export type SideRefusal = RefusedWorkload & { readonly runtime: string; readonly side: SideName };

/** A suspect and what is said of it. */
export interface JudgedSuspect {
  readonly suspect: PairSuspect;
  readonly verdict: PairVerdict;
  /** What it was held against. */
  readonly threshold: Threshold;
}

/** What was measured, and how. */
export interface PairReportInput extends PairRules, GatePolicy {
  /** As the reader named them. */
  readonly trees: BothSides<string>;
  readonly plans: BothSides<SidePlan>;
  readonly plan: SuspectPlan;
  readonly unavailable: readonly UnavailableRuntime[];
  readonly outcome: PairsOutcome;
  /** What the machine did to the processes. */
  readonly warnings: readonly Warning[];
  readonly seed: number;
  /** Wall seconds of the whole run. */
  readonly seconds: number;
  readonly budgetSeconds: number;
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
  readonly warnings: readonly Warning[];
  readonly seed: number;
  readonly seconds: number;
  readonly budgetSeconds: number;
  readonly gate: GateResult;
}

/** Judges every suspect and sorts what there is to say. */
export function pairReport(input: PairReportInput): PairReport {
  const { trees, plans, plan, unavailable, outcome, warnings, seed, seconds, budgetSeconds, design, threshold } = input;
  const verdicts = pairVerdicts({ ...input, suspects: plan.suspects });
  const rows = plan.suspects.flatMap((suspect) => {
    const verdict = verdicts.get(suspect.id);
    return verdict === undefined ? [] : [{ suspect, verdict, threshold: suspectThreshold(suspect, input) }];
  });
  const refused = (['base', 'head'] as const).flatMap((side) => plans[side].refused.map((each) => ({ ...each, side })));
  const lone = new Set(plan.lone.map(({ cell }) => keyOf(cell)));
  return {
    ...{ trees, seed, seconds, budgetSeconds, design, threshold, unavailable, refused, warnings },
    ...{ lone: plan.lone, notComparable: plan.notComparable },
    runtimes: plans.head.runtimes,
    rows: rows.toSorted((one, other) => urgencyOf(one.verdict.verdict) - urgencyOf(other.verdict.verdict) || sizeOf(other) - sizeOf(one)),
    leftOut: plans.head.leftOut.filter((each) => !lone.has(keyOf(each))),
    calibration: calibrationRows(plan.suspects, outcome, plans.head.runtimes),
    processes: outcome.processes,
    endedBy: outcome.endedBy,
    gate: judgeGate(gateCounts({ rows, refused }, plan), input),
  };
}

/** Whether a lone cell is told by the refusal of its workload already. */
export function isRefusalOf({ cell, lacks }: LoneCell, refused: readonly SideRefusal[]): boolean {
  return refused.some(({ id, side }) => id === cell.workload && side === lacks);
}

function keyOf({ workload, model, runtime }: LeftOut | Cell): string {
  return JSON.stringify([workload, model, runtime]);
}

function sizeOf({ verdict }: JudgedSuspect): number {
  return 'evidence' in verdict && verdict.evidence !== null ? Math.abs(Math.log(verdict.evidence.ratio.value)) : -1;
}

function gateCounts(
  { rows, refused }: { readonly rows: readonly JudgedSuspect[]; readonly refused: readonly SideRefusal[] },
  plan: SuspectPlan,
): GateCounts {
  const count = (word: PairVerdict['verdict']) => rows.filter(({ verdict }) => verdict.verdict === word).length;
  const onBaseOnly = rows.filter(({ verdict }) => verdict.verdict === 'broken' && verdict.side === 'base').length;
  const lacks = (side: SideName) => plan.lone.filter((each) => each.lacks === side).length;
  return {
    regression: count('regression'),
    // What is broken on base only is repaired by head, and fails nothing.
    broken: count('broken') - onBaseOnly,
    inconclusive: count('inconclusive'),
    'not-comparable': count('not comparable') + plan.notComparable.length + onBaseOnly,
    missing: lacks('head'),
    'missing-baseline': 0,
    'missing-shard': 0,
    new: lacks('base'),
    refused: new Set(refused.filter(({ side }) => side === 'head').map(({ id }) => id)).size,
  };
}
