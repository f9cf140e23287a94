import type { Metric } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { smallestSpread } from '../stats/trimmed-t.ts';
import type { Threshold } from './threshold.ts';

/** Metrics that a machine's speed leaves alone: counts and sizes of what the program does, not of how long it takes. */
const deterministic: ReadonlySet<string> = new Set(['overlap', 'memory_per_unit', 'virtual_memory_per_unit', 'peak_threads']);

/** Whether a metric is compared by a plain threshold, without a test. */
export function isDeterministic(metric: Pick<Metric, 'id'>): boolean {
  return deterministic.has(metric.id);
}

/** Process values of both sides in base units, and what to hold them against. */
export interface DeterministicSides {
  readonly head: readonly number[];
  readonly base: readonly number[];
  readonly better: Metric['better'];
  readonly threshold: Threshold;
}

/** The outcome of a plain threshold; `worsening` is the share by which the median got worse, negative when better. */
export type DeterministicOutcome =
  | { readonly kind: 'regression' | 'improvement' | 'no change'; readonly worsening: number }
  | { readonly kind: 'inconclusive'; readonly worsening: number; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Fewest processes a side whose agreement says that a figure is not by chance. */
const fewestProcesses = 2;

/**
 * Compares medians with the target, no test: what does not vary needs none. Only where every process of one side lies
 * beyond every process of the other: a figure that overlaps is not deterministic here, and says so instead.
 */
export function judgeDeterministic({ head, base, better, threshold }: DeterministicSides): DeterministicOutcome {
  const reason = whyNotCompared(head, base);
  if (reason !== null) return { kind: 'none', reason };
  const [worse, reference] = better === 'lower' ? [median(head), median(base)] : [median(base), median(head)];
  const worsening = worse / reference - 1;
  // On the log scale with room for rounding: 10 to 11 threads is 10 % in every unit and in both directions.
  if (Math.abs(Math.log(worse / reference)) < Math.log1p(threshold.target) - smallestSpread) return { kind: 'no change', worsening };
  if (overlap(head, base)) {
    return { kind: 'inconclusive', worsening, reason: 'the processes of the two sides overlap, so the figure is not deterministic here' };
  }
  return { kind: worsening > 0 ? 'regression' : 'improvement', worsening };
}

function whyNotCompared(head: readonly number[], base: readonly number[]): string | null {
  const fewest = Math.min(head.length, base.length);
  if (fewest < fewestProcesses) return `${fewest} of the ${fewestProcesses} processes a side that a plain threshold needs`;
  if (![...head, ...base].every((value) => value > 0 && Number.isFinite(value))) return 'a figure of zero or below leaves no ratio';
  return null;
}

function overlap(head: readonly number[], base: readonly number[]): boolean {
  return Math.min(...head) <= Math.max(...base) && Math.min(...base) <= Math.max(...head);
}
