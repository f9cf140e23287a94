import type { Journal, JournalEntry, JournaledPair } from '../model/journal.ts';
import type { PairSeries, PairsOfRun } from '../model/pairs-of-run.ts';
import type { Comparison, Results } from '../model/results.ts';
import type { Sample } from '../model/sample.ts';
import type { BrokenSide, PairsOutcome, SamplePair, SideName } from '../model/sample-pair.ts';
import type { Warning } from '../model/warning.ts';
import { notReached } from './ending.ts';

type EntryOf<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { readonly kind: Kind }>;

/** The lines of a kind, in the order in which they were written. */
export function entriesOf<Kind extends JournalEntry['kind']>(entries: readonly JournalEntry[], kind: Kind): readonly EntryOf<Kind>[] {
  return entries.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
}

/** The lines of each series, in the order in which they were written. */
function bySeries(entries: readonly JournalEntry[]): ReadonlyMap<number, readonly JournalEntry[]> {
  const all = new Map<number, JournalEntry[]>();
  for (const entry of entries) if ('series' in entry) listOf(all, entry.series).push(entry);
  return all;
}

function listOf<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: Value[] = [];
  lists.set(key, list);
  return list;
}

/** What a run that was killed had measured, as the partial results of an interrupted one. */
export function journaledResults({ header, entries }: Journal): Results {
  const { results, cells, rounds } = header;
  const samples = entriesOf(entries, 'sample').map(({ sample }) => sample);
  const warnings = entriesOf(entries, 'warning').map(({ warning }) => warning);
  const comparison = journaledComparison(entries);
  const interrupted: Warning = { code: 'interrupted', planned: rounds * cells.length, done: samples.length };
  return {
    ...results,
    leftOut: [...results.leftOut, ...notReached(cells, samples)],
    samples,
    warnings: [...results.warnings, ...warnings, ...(comparison?.pairs.kind === 'pairs' ? [] : [interrupted])],
    comparison,
    partial: true,
  };
}

function journaledComparison(entries: readonly JournalEntry[]): Comparison | null {
  // A run that goes on writes what it is compared with again, before it comes to the pairs that were measured already.
  const last = entriesOf(entries, 'series').at(-1) ?? entriesOf(entries, 'comparison').at(-1);
  if (last === undefined) return null;
  const { comparison } = last;
  return { ...comparison, pairs: withOutcomes(comparison.pairs, entries) };
}

function withOutcomes(pairs: PairsOfRun, entries: readonly JournalEntry[]): PairsOfRun {
  if (pairs.kind !== 'pairs') return pairs;
  const { run } = pairs;
  const written = bySeries(entries);
  const series = run.series.map(({ suspects }, index): PairSeries => {
    return { suspects, outcome: outcomeOf(currentEntries(written.get(index) ?? [])) };
  });
  const measured = entriesOf(entries, 'pair');
  return { kind: 'pairs', run: { ...run, series, seconds: measured.reduce((sum, { seconds }) => sum + seconds, 0) } };
}

/** The lines of a series that count: those since it was last begun under another plan than before. */
export function seriesEntries(entries: readonly JournalEntry[], series: number): readonly JournalEntry[] {
  return currentEntries(bySeries(entries).get(series) ?? []);
}

function currentEntries(own: readonly JournalEntry[]): readonly JournalEntry[] {
  const begun = entriesOf(own, 'series');
  const plan = begun.at(-1)?.plan;
  const other = own.findLastIndex((entry) => entry.kind === 'series' && entry.plan !== plan);
  const first = own.findIndex((entry, index) => index > other && entry.kind === 'series');
  return first < 0 ? [] : own.slice(first);
}

function outcomeOf(entries: readonly JournalEntry[]): PairsOutcome {
  const pairs = new Map<string, SamplePair[]>();
  const broken = new Map<string, BrokenSide>();
  const measured = entriesOf(entries, 'pair');
  for (const pair of measured) {
    const found = wholeOrBroken(pair);
    if ('side' in found) broken.set(pair.suspect, found);
    else listOf(pairs, pair.suspect).push(found);
  }
  return {
    pairs,
    broken,
    looksTaken: entriesOf(entries, 'look').reduce((most, { looks }) => Math.max(most, looks), 0),
    processes: measured.reduce((sum, { samples }) => sum + samples.length, 0),
    endedBy: 'interrupt',
  };
}

/** Where both sides broke, the one that ran last is what is told: as where the pair was measured. */
function wholeOrBroken({ samples }: JournaledPair): SamplePair | BrokenSide {
  const broken = samples.findLast(({ sample }) => sample.status === 'broken');
  if (broken?.sample.status === 'broken') return { side: broken.side, sample: broken.sample };
  return { base: sideOf(samples, 'base'), head: sideOf(samples, 'head') };
}

function sideOf(samples: JournaledPair['samples'], side: SideName) {
  const sample: Sample | undefined = samples.find((each) => each.side === side)?.sample;
  if (sample?.status !== 'measured') throw new RangeError(`a pair lacks its ${side}`);
  return sample;
}
