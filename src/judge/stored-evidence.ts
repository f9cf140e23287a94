import { fewestForInterval } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { logMedian, mean, median } from '../stats/quantiles.ts';
import { familyOf } from './cell-family.ts';
import type { StoredEvidence } from './cell-verdict.ts';
import type { Screened, SuspectReason } from './screen.ts';
import { usableRun } from './screen-cell.ts';
import type { StoredRun } from './screen-history.ts';
import type { ScreenOutcome } from './screen-outcome.ts';
import type { Threshold } from './threshold.ts';
import { isDeterministic, judgeDeterministic } from './threshold-deterministic.ts';

/** Figures of this run and of the stored ones, base units, as measured. */
export interface StoredSides {
  /** Process values of this run. */
  readonly head: readonly number[];
  /** Stored runs, oldest first. */
  readonly runs: readonly StoredRun[];
  /** This run's. */
  readonly cpuModel: string;
}

/** What a plain threshold says of a cell. */
export interface PlainScreen {
  readonly outcome: ScreenOutcome;
  readonly stored: StoredEvidence | null;
}

/**
 * Holds against a plain threshold what needs no test: a figure that the machine's speed leaves alone, and a size or count
 * that is the same in every process of every run. Null for everything else. What moved is a suspect and not yet a
 * regression: the stored runs may have come from a machine that differs in more than its speed.
 */
export function plainScreen(metric: Metric, model: ConcurrencyModel, sides: StoredSides, threshold: Threshold): PlainScreen | null {
  const deterministic = isDeterministic(metric);
  if (!deterministic && !(familyOf(metric, model) === 'size' && isConstant(sides))) return null;
  if (sides.head.length === 0) {
    return { outcome: { kind: 'not judged', reason: 'no process of this run reported the metric it is judged by' }, stored: null };
  }
  if (sides.runs.length < fewestForInterval || sides.head.length < fewestForInterval)
    return { outcome: suspect('no baseline'), stored: fewRunsEvidence(sides) };
  return heldAgainst(metric, sides, threshold);
}

function heldAgainst(metric: Metric, sides: StoredSides, threshold: Threshold): PlainScreen {
  const base = sides.runs.flatMap(({ values }) => values);
  const judged = judgeDeterministic({ head: sides.head, base, better: metric.better, threshold });
  if (judged.kind === 'none') return { outcome: { kind: 'not judged', reason: judged.reason }, stored: null };
  const stored = plainEvidence(sides);
  switch (judged.kind) {
    case 'no change':
      return { outcome: { kind: 'cleared' }, stored };
    case 'regression':
    case 'inconclusive':
      return { outcome: suspect('slower'), stored };
    case 'improvement':
      return { outcome: suspect('faster'), stored };
  }
}

function suspect(why: SuspectReason): ScreenOutcome {
  return { kind: 'suspect', why, sentinel: false };
}

function isConstant({ head, runs }: StoredSides): boolean {
  const values = [...head, ...runs.flatMap((run) => run.values)];
  return values.length > 1 && values.every((value) => value === values[0] && value > 0);
}

function plainEvidence({ head, runs, cpuModel }: StoredSides): StoredEvidence {
  const reason = 'held against the target without a test';
  const figures = { base: median(runs.flatMap(({ values }) => values)), head: median(head) };
  const ratio = { value: figures.head / figures.base, bounds: { kind: 'none', reason } } as const;
  return { figures, ratio, runs: runs.length, sameCpu: runs.every((run) => run.cpuModel === cpuModel), excluded: null };
}

/** What the screen's estimate says in figures a reader knows; without an interval where it made none, null without a stored run. */
export function storedEvidence(metric: Metric, { head, runs, cpuModel }: StoredSides, screened: Screened): StoredEvidence | null {
  if (screened.status === 'not judged') return null;
  if (screened.estimate === null) return fewRunsEvidence({ head, runs, cpuModel });
  const { effect, reach } = screened.estimate;
  const used = runs.filter(({ values }) => usableRun(values));
  const sign = metric.better === 'lower' ? 1 : -1;
  const ends = [Math.exp(sign * (effect - reach)), Math.exp(sign * (effect + reach))];
  const bounds = { kind: 'interval', low: Math.min(...ends), high: Math.max(...ends) } as const;
  const base = Math.exp(mean(used.map(({ values }) => logMedian(values))));
  return {
    figures: { base, head: Math.exp(logMedian(head)) },
    ratio: { value: Math.exp(sign * effect), bounds },
    runs: used.length,
    sameCpu: used.every((run) => run.cpuModel === cpuModel),
    excluded: Math.expm1(effect + reach),
  };
}

/** Too few stored runs for an estimate: how this run lies to them, with no say on how sure that is. */
function fewRunsEvidence({ head, runs, cpuModel }: StoredSides): StoredEvidence | null {
  const used = runs.filter(({ values }) => usableRun(values));
  if (used.length === 0 || !usableRun(head)) return null;
  const figures = { base: median(used.map(({ values }) => median(values))), head: median(head) };
  const bounds = { kind: 'none', reason: `${used.length} of the ${fewestForInterval} stored runs that an interval needs` } as const;
  const ratio = { value: figures.head / figures.base, bounds };
  return { figures, ratio, runs: used.length, sameCpu: used.every((run) => run.cpuModel === cpuModel), excluded: null };
}
