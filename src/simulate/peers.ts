import { criticalValue } from '../stats/critical-value.ts';
import { mannWhitney } from '../stats/mann-whitney.ts';
import { mean, median, standardDeviation } from '../stats/quantiles.ts';
import type { PullRequest } from './pull-request.ts';
import type { SimulatedRun } from './world.ts';

/** One cell as a peer sees it, in base units. */
export interface PeerView {
  /** Every value of this run. */
  readonly head: readonly number[];
  /** Every value of each stored run, oldest first. */
  readonly stored: readonly (readonly number[])[];
}

/** A rule of another tool, with the thresholds it ships or documents. */
export interface PeerRule {
  readonly name: string;
  readonly rule: string;
  /** Whether it would report a slowdown. */
  readonly flags: (view: PeerView) => boolean;
}

/** The negative control: values of one process are no independent evidence, and this rule takes them for it. */
export const pooledMannWhitney: PeerRule = {
  name: 'negative control',
  rule: 'Mann-Whitney over all values of all processes, against ten stored runs, p < .05',
  flags: ({ head, stored }) => {
    const base = stored.slice(-10).flat();
    const { u, p } = mannWhitney({ head, base });
    return p < 0.05 && u > (head.length * base.length) / 2;
  },
};

/** The rules of the peers, as their sources have them. */
export const peerRules: readonly PeerRule[] = [
  { name: 'github-action-benchmark', rule: 'mean over 200 % of the last run', flags: ratioRule(2) },
  { name: 'github-action-benchmark', rule: 'mean over 110 % of the last run', flags: ratioRule(1.1) },
  { name: 'pyperf', rule: "Student's t over all values, 95 %", flags: pooledStudent },
  { name: 'asv', rule: 'Mann-Whitney p < .002 and factor 1.1', flags: asv },
  { name: 'Bencher', rule: 't prediction limit .99 of 30 runs', flags: bencher },
  { name: 'rustc-perf', rule: 'third quartile + 3 IQR of 30 changes', flags: rustcPerf },
];

/** How many stored runs the peers' rules look back on. */
export const peerRuns = 30;

/** The cells of a pull request as the peers see them. */
export function peerViews({ world, stored, head }: PullRequest): readonly PeerView[] {
  const size = world.scenario.processes * world.scenario.values;
  return world.cells.map((_, cell) => ({ head: valuesOf(head, cell, size), stored: stored.map((run) => valuesOf(run, cell, size)) }));
}

function valuesOf({ inner }: SimulatedRun, cell: number, size: number): readonly number[] {
  const values: number[] = [];
  for (let at = cell * size; at < (cell + 1) * size; at += 1) values.push(Math.exp(inner[at] ?? 0));
  return values;
}

/** src/write.ts: the ratio to the single previous value. */
function ratioRule(limit: number): PeerRule['flags'] {
  return ({ head, stored }) => mean(head) / mean(stored.at(-1) ?? []) > limit;
}

/** _utils.py tscore and _compare.py: the two-sample t of equal variances over all values of all processes. */
function pooledStudent({ head, stored }: PeerView): boolean {
  const base = stored.at(-1) ?? [];
  const error = Math.sqrt((standardDeviation(head) ** 2 + standardDeviation(base) ** 2) / 2) * Math.sqrt(2 / head.length);
  return (mean(head) - mean(base)) / error >= criticalValue(0.975, 2 * head.length - 2);
}

/** _stats.py is_different and compare.py: the test and the factor, both. */
function asv({ head, stored }: PeerView): boolean {
  const base = stored.at(-1) ?? [];
  return median(head) / median(base) > 1.1 && mannWhitney({ head, base }).p < 0.002;
}

/** lib/bencher_boundary/src/limits/mod.rs: one new value against mean + t sd sqrt(1 + 1/n) of the history. */
function bencher({ head, stored }: PeerView): boolean {
  const history = stored.slice(-peerRuns).map(mean);
  const spread = standardDeviation(history) * Math.sqrt(1 + 1 / history.length);
  return mean(head) > mean(history) + criticalValue(0.99, history.length - 1) * spread;
}

/** site/src/comparison.rs: the fence over the relative changes between adjacent commits; a commit's value is its minimum. */
function rustcPerf({ head, stored }: PeerView): boolean {
  const history = stored.slice(-peerRuns).map((values) => Math.min(...values));
  const changes = history.slice(1).map((value, index) => Math.abs(value / (history[index] ?? value) - 1));
  const { lower, upper } = hinges(changes);
  return Math.min(...head) / (history.at(-1) ?? 1) - 1 >= upper + 3 * (upper - lower);
}

/** Its quartiles: the medians of the lower and the upper half, the middle value in neither. */
function hinges(values: readonly number[]): { readonly lower: number; readonly upper: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return { lower: median(sorted.slice(0, half)), upper: median(sorted.slice(-half)) };
}
