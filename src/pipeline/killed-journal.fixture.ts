import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { cellId } from '../model/cell.ts';
import type { JournalEntry, JournalHeader } from '../model/journal.ts';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { Comparison, Results } from '../model/results.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { BothSides } from '../model/sample-pair.ts';

type EntryOf<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { readonly kind: Kind }>;

const { samples, ...rest } = resultsDocument();
const [runtime] = rest.runtimes;
const found = samples.find((sample) => sample.status === 'measured');
if (runtime === undefined || found === undefined) throw new Error('the document lacks a runtime or a sample');
const measured: MeasuredSample = found;
const runtimes: BothSides<typeof runtime> = { base: runtime, head: runtime };

/** The results of a run before its first process. */
export const nothingYet: Results = { ...rest, samples: [], partial: true };

/** What a run of two rounds set out to do. */
export const journalHeader: JournalHeader = {
  ...{ plan: 'a'.repeat(64), rounds: 2, cells: samples.map(({ cell }) => cell), results: nothingYet },
};

/** What its rounds measured. */
export const journaledRounds: readonly EntryOf<'sample'>[] = [0, 1].flatMap((round) =>
  samples.map((sample) => ({ kind: 'sample' as const, sample: { ...sample, round } })),
);

/** A cell to measure in pairs, in the series of that number. */
function suspectOf(series: number): PairSuspect {
  const cell = { ...measured.cell, params: `n=${series + 1}` };
  return { id: cellId(cell), cell, runtimes, metric: metricOf('cpu_per_unit'), sourceDiffers: false };
}

/** What such a run is compared with, with so many series of pairs. */
export function journaledComparison(series: number): Comparison {
  const outcome = { pairs: new Map(), broken: new Map(), looksTaken: 0, processes: 0, endedBy: 'interrupt' as const };
  const suspects = Array.from({ length: series }, (_, index) => suspectOf(index));
  const run = {
    base: { commit: 'b'.repeat(40), origin: 'first parent of the merge commit', notes: [] },
    plan: { suspects, lone: [], notComparable: [] },
    series: suspects.map((each) => ({ suspects: [each], outcome })),
    ...{ movedFamilies: [], seconds: 0 },
  };
  return { baseline: { used: [], leftOut: [], accepted: [] }, looks: [10, 20], pairs: { kind: 'pairs', run } };
}

/** A series begins, under a plan of one letter. */
export function journaledSeries(series: number, plan = 'c'): EntryOf<'series'> {
  return { kind: 'series', series, plan: plan.repeat(64), comparison: journaledComparison(series + 1) };
}

/** A whole pair of a series. */
export function journaledPair(series: number, round: number): EntryOf<'pair'> {
  const { id, cell } = suspectOf(series);
  const pair = (['base', 'head'] as const).map((side) => ({ side, sample: { ...measured, cell, round } }));
  return { kind: 'pair', series, suspect: id, round, seconds: 1, samples: pair };
}

/** A run that was killed when it had `pairs` pairs in each of two series. */
export function journaledPairs(pairs: number): readonly JournalEntry[] {
  const rounds = Array.from({ length: pairs }, (_, round) => round);
  return [
    ...journaledRounds,
    { kind: 'comparison', comparison: { ...journaledComparison(0), pairs: { kind: 'none', pairs: 'asked', reason: 'It was killed.' } } },
    ...[0, 1].flatMap((series) => [journaledSeries(series), ...rounds.map((round) => journaledPair(series, round))]),
    { kind: 'look', series: 0, looks: 1 },
  ];
}
