import type { Ratio } from '../model/change.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { BrokenKind } from '../model/sample.ts';
import type { BothSides, BrokenSide, PairsOutcome, SamplePair, SideName } from '../model/sample-pair.ts';
import type { ThresholdRule } from '../model/threshold-rule.ts';
import { median } from '../stats/quantiles.ts';
import { familyOf } from './cell-family.ts';
import { concludeConfirmation, confirm, type Decisions, type FinalDecision } from './confirm.ts';
import type { ConfirmDesign } from './confirm-design.ts';
import { type EffectScale, effectScale, smallestEffect } from './confirm-effect.ts';
import { estimatePairs, type PairEstimate, type PairedCell } from './confirm-pairs.ts';
import { isDisturbedPair, undisturbedPairs, whyWithheld } from './disturbed-pairs.ts';
import { pairedCell, pairFigures, whyNoDifference } from './pair-differences.ts';
import { type Threshold, thresholdFor } from './threshold.ts';
import { isDeterministic, judgeDeterministic } from './threshold-deterministic.ts';

/** The figures a verdict rests on. */
export interface PairEvidence {
  /** Medians over processes, base units. */
  readonly figures: BothSides<number>;
  /** head / base. The estimate of the pairs, which need not be the quotient of the medians. */
  readonly ratio: Ratio;
  readonly pairs: number;
  /** The slowdown, as a share, that as many pairs would have flagged nine times of ten; null for a figure that is held against a plain threshold. */
  readonly smallestEffect: number | null;
  /** Coefficient of the calibration loop, or why it took no part. */
  readonly control: PairEstimate['control'];
}

/** What is said of a suspect. */
export type PairVerdict =
  /** `p` is adjusted over all suspects; null where no test was made, because the figure does not vary. */
  | { readonly verdict: 'regression' | 'improvement'; readonly evidence: PairEvidence; readonly p: number | null }
  /** A slowdown of the target or more is excluded. */
  | { readonly verdict: 'no change'; readonly evidence: PairEvidence }
  /** Neither shown nor excluded; `pairs` were measured, and there is no evidence where no look was taken at them, or it is withheld. */
  | { readonly verdict: 'inconclusive'; readonly evidence: PairEvidence | null; readonly pairs: number; readonly reason: string }
  | { readonly verdict: 'not comparable'; readonly reason: string }
  | {
      readonly verdict: 'broken';
      readonly side: SideName;
      readonly kind: BrokenKind;
      readonly message: string;
      readonly output: string;
    };

/** What a comparison by pairs is judged by; fixed before any pair is measured. */
export interface PairRules {
  readonly design: ConfirmDesign;
  /** Where no rule says otherwise. */
  readonly threshold: Threshold;
  readonly rules?: readonly ThresholdRule[];
}

/** What a suspect is held against. */
export function suspectThreshold({ cell, metric }: PairSuspect, { threshold, rules = [] }: PairRules): Threshold {
  return thresholdFor(cell, metric.id, { rules, fallback: threshold });
}

/** Suspects, their pairs, and the rules. */
export interface PairEvidenceSoFar extends PairRules {
  readonly suspects: readonly PairSuspect[];
  readonly outcome: PairsOutcome;
}

/** The verdict of every suspect once no more pairs follow, by id. Total: every suspect has exactly one. */
export function pairVerdicts(input: PairEvidenceSoFar): ReadonlyMap<string, PairVerdict> {
  const { suspects, outcome, design } = input;
  const cells = testedCells(input);
  const concluded = concludeConfirmation(cells, confirm(cells, outcome.looksTaken, design), design);
  const decisions = new Map(cells.map((cell) => [cell.id, withEstimate(concluded.get(cell.id), cell, design)]));
  const scale = effectScale(cells, design);
  return new Map(suspects.map((suspect) => [suspect.id, verdictOn(suspect, input, { decisions, scale })]));
}

/** Where the time ended between two looks, the estimate of the last one that the suspect reached. */
function withEstimate(decision: FinalDecision | undefined, cell: PairedCell, { looks }: ConfirmDesign): FinalDecision {
  if (decision === undefined) throw new Error(`suspect ${cell.id} was not confirmed`);
  const reached = looks.findLast((pairs) => pairs <= cell.differences.length);
  if (decision.kind !== 'inconclusive' || decision.estimate !== null || reached === undefined) return decision;
  const found = estimatePairs(cell, reached);
  return found.kind === 'none' ? decision : { ...decision, estimate: found.estimate };
}

/** The suspects that the looks so far leave open: neither decided, nor broken, nor without a usable figure. */
export function openSuspects(input: PairEvidenceSoFar): readonly string[] {
  const { suspects, outcome, design } = input;
  const decisions = confirm(testedCells(input), outcome.looksTaken, design);
  const open = suspects.filter((suspect) => {
    if (outcome.broken.has(suspect.id) || whyNotComparable(suspect, outcome) !== null) return false;
    // No look takes back what is withheld at one: a machine that disturbs so much is measured no further.
    if (whyWithheld(outcome.pairs.get(suspect.id) ?? []) !== null) return false;
    const pairs = usablePairs(suspect, outcome);
    if (isDeterministic(suspect.metric) || isConstantSize(suspect, pairs)) return pairs.length < fewestPlainPairs;
    return decisions.get(suspect.id)?.kind === 'open';
  });
  return open.map(({ id }) => id);
}

/**
 * What the correction counts: every suspect but those that need no test, and those that broke or had no ratio before
 * their first usable pair. One that did so later could have been flagged until then, so it counts.
 */
function testedCells({ suspects, outcome, ...rules }: PairEvidenceSoFar): readonly PairedCell[] {
  const tested = suspects.filter(({ metric }) => !isDeterministic(metric));
  return tested.flatMap((suspect) => {
    const pairs = countedPairs(suspect, outcome);
    const tookPart =
      pairs.some((pair) => !isDisturbedPair(pair)) || !(outcome.broken.has(suspect.id) || whyNotComparable(suspect, outcome) !== null);
    return tookPart ? [pairedCell(suspect, pairs, suspectThreshold(suspect, rules))] : [];
  });
}

/** The pairs that looks count: a disturbed one has its place among them, so that it moves no look. */
function countedPairs({ id, metric }: PairSuspect, outcome: PairsOutcome): readonly SamplePair[] {
  const measured = outcome.pairs.get(id) ?? [];
  return measured.filter((pair) => isDisturbedPair(pair) || whyNoDifference(pair, metric) === null);
}

/** The pairs that convict and clear. */
function usablePairs(suspect: PairSuspect, outcome: PairsOutcome): readonly SamplePair[] {
  return undisturbedPairs(countedPairs(suspect, outcome));
}

function whyNotComparable({ id, metric }: PairSuspect, outcome: PairsOutcome): string | null {
  for (const pair of undisturbedPairs(outcome.pairs.get(id) ?? [])) {
    const reason = whyNoDifference(pair, metric);
    if (reason !== null) return reason;
  }
  return null;
}

interface Concluded {
  readonly decisions: Decisions<FinalDecision>;
  readonly scale: EffectScale;
}

function verdictOn(suspect: PairSuspect, input: PairEvidenceSoFar, concluded: Concluded): PairVerdict {
  const broken = input.outcome.broken.get(suspect.id);
  if (broken !== undefined) return brokenVerdict(broken);
  const reason = whyNotComparable(suspect, input.outcome);
  if (reason !== null) return { verdict: 'not comparable', reason };
  const measured = input.outcome.pairs.get(suspect.id) ?? [];
  const withheld = whyWithheld(measured);
  if (withheld !== null) return { verdict: 'inconclusive', evidence: null, pairs: measured.length, reason: withheld };
  const pairs = usablePairs(suspect, input.outcome);
  if (pairs.length === 0) return { verdict: 'inconclusive', evidence: null, pairs: 0, reason: 'not re-measured' };
  if (isDeterministic(suspect.metric) || isConstantSize(suspect, pairs))
    return plainVerdict(suspect, pairs, suspectThreshold(suspect, input));
  const decision = concluded.decisions.get(suspect.id);
  if (decision === undefined) throw new Error(`suspect ${suspect.id} was not confirmed`);
  return testedVerdict(suspect, pairs, { decision, scale: concluded.scale, margin: suspectThreshold(suspect, input).margin });
}

function brokenVerdict({ side, sample: { kind, message, output } }: BrokenSide): PairVerdict {
  return { verdict: 'broken', side, kind, message, output };
}

/** What an effect is held against to be flagged. */
interface EffectHeld {
  readonly scale: EffectScale;
  readonly margin: number;
}

function testedVerdict(
  suspect: PairSuspect,
  pairs: readonly SamplePair[],
  { decision, ...held }: { readonly decision: FinalDecision } & EffectHeld,
): PairVerdict {
  if (decision.kind === 'inconclusive' && decision.estimate === null) {
    return { verdict: 'inconclusive', evidence: null, pairs: pairs.length, reason: decision.reason };
  }
  if (decision.estimate === null) throw new Error(`the decision on ${suspect.id} has no estimate`);
  const evidence = testedEvidence(suspect, pairs, { estimate: decision.estimate, ...held });
  switch (decision.kind) {
    case 'regression':
    case 'improvement':
      return { verdict: decision.kind, evidence, p: decision.p };
    case 'cleared':
      return { verdict: 'no change', evidence };
    case 'inconclusive':
      return { verdict: 'inconclusive', evidence, pairs: pairs.length, reason: decision.reason };
  }
}

function testedEvidence(
  { metric }: PairSuspect,
  pairs: readonly SamplePair[],
  { estimate, scale, margin }: { readonly estimate: PairEstimate } & EffectHeld,
): PairEvidence {
  const sign = metric.better === 'lower' ? 1 : -1;
  const ends = [Math.exp(sign * estimate.low), Math.exp(sign * estimate.high)];
  const bounds = { kind: 'interval', low: Math.min(...ends), high: Math.max(...ends) } as const;
  return {
    figures: medians(pairs.slice(0, estimate.pairs), metric),
    ratio: { value: Math.exp(sign * estimate.effect), bounds },
    pairs: estimate.pairs,
    smallestEffect: smallestEffect(estimate, scale, margin),
    control: estimate.control,
  };
}

/** Fewest pairs that a plain threshold decides by: that all processes of one side lie beyond all of the other is then no chance, one in 90,000. */
const fewestPlainPairs = 10;

/** Whether a size or count is one and the same figure in every process of each side: it has no noise to test against, and needs no test. */
function isConstantSize({ metric, cell }: PairSuspect, pairs: readonly SamplePair[]): boolean {
  if (pairs.length === 0 || familyOf(metric, cell.model) !== 'size') return false;
  const { base, head } = pairFigures(pairs, metric);
  return [base, head].every((values) => values.every((value) => value === values[0]));
}

/** Counts and sizes that a machine's speed leaves alone are held against the target, without a test. */
function plainVerdict({ metric }: PairSuspect, pairs: readonly SamplePair[], threshold: Threshold): PairVerdict {
  if (pairs.length < fewestPlainPairs) {
    const reason = `${pairs.length} of the ${fewestPlainPairs} pairs that a plain threshold needs`;
    return { verdict: 'inconclusive', evidence: null, pairs: pairs.length, reason };
  }
  const outcome = judgeDeterministic({ ...pairFigures(pairs, metric), better: metric.better, threshold });
  if (outcome.kind === 'none') return { verdict: 'inconclusive', evidence: null, pairs: pairs.length, reason: outcome.reason };
  const figures = medians(pairs, metric);
  const bounds = { kind: 'none', reason: 'held against the target without a test' } as const;
  const control = { kind: 'off', reason: `${metric.label} does not follow the speed of the machine` } as const;
  const ratio = { value: figures.head / figures.base, bounds };
  const evidence = { figures, ratio, pairs: pairs.length, smallestEffect: null, control };
  switch (outcome.kind) {
    case 'regression':
    case 'improvement':
      return { verdict: outcome.kind, evidence, p: null };
    case 'no change':
      return { verdict: 'no change', evidence };
    case 'inconclusive':
      return { verdict: 'inconclusive', evidence, pairs: pairs.length, reason: outcome.reason };
  }
}

function medians(pairs: readonly SamplePair[], metric: PairSuspect['metric']): BothSides<number> {
  const { base, head } = pairFigures(pairs, metric);
  return { base: median(base), head: median(head) };
}
