import type { JournalEntry, JournaledPair } from '../model/journal.ts';
import type { Sample } from '../model/sample.ts';
import type { SideName } from '../model/sample-pair.ts';
import { entriesOf, seriesEntries } from '../plan/journaled-results.ts';

/** One process of a pair. */
export interface PairProcess {
  /** Id of the suspect. */
  readonly suspect: string;
  readonly side: SideName;
  readonly round: number;
}

/** The part of a journal that is of one series of pairs. */
export interface SeriesJournal {
  /** Whether pairs are taken from the journal still, at no time at all. */
  isReplaying(): boolean;
  /** What a process measured: the recorded one, else the one that `run` starts. */
  sampleOf(process: PairProcess, run: () => Promise<Sample>): Promise<Sample>;
  /** Ends a pair and writes it, both sides in one line; returns the seconds that a recorded one took, 0 for one that ran now. */
  endPair(pair: Pick<PairProcess, 'suspect' | 'round'>): number;
  /** The suspects that the time is enough for: as it was found when the journal was written, else as `choose` finds now. */
  choice(choose: () => readonly string[]): readonly string[];
  /** So many looks were taken. */
  look(looks: number): void;
}

type SeriesEntry = Extract<JournalEntry, { readonly kind: 'series' }>;

/** A series that is not written down. */
export function noSeriesJournal(): SeriesJournal {
  return replaying(0, [], () => {});
}

/** A series that begins, and what the journal has of it. */
export interface SeriesStart {
  readonly begun: SeriesEntry;
  /** The lines that an earlier process left. */
  readonly entries: readonly JournalEntry[];
  /** Whether the newest line of what is compared names this series: to write it again would hide those that follow it. */
  readonly isNamed: boolean;
  readonly append: (entry: JournalEntry) => void;
}

/**
 * The journal of a series. A side that ran without the other one is not in it: a pair is two processes right after each
 * other, and what was killed between them is measured anew.
 */
export function seriesJournal({ begun, entries, isNamed, append }: SeriesStart): SeriesJournal {
  const own = seriesEntries(entries, begun.series);
  const isSame = entriesOf(own, 'series').at(-1)?.plan === begun.plan;
  if (!isSame || !isNamed) append(begun);
  const unused = isSame ? 0 : entriesOf(own, 'pair').length;
  if (unused > 0) append({ kind: 'warning', warning: { code: 'pairs not used', pairs: unused } });
  return replaying(begun.series, isSame ? own : [], append);
}

function replaying(series: number, entries: readonly JournalEntry[], append: (entry: JournalEntry) => void): SeriesJournal {
  const recorded = new Map(entriesOf(entries, 'pair').map((pair) => [keyOf(pair), pair]));
  const choices = entriesOf(entries, 'choice').map(({ suspects }) => suspects);
  const running: { readonly side: SideName; readonly sample: Sample }[] = [];
  let began = 0;
  let replayed = 0;
  let isLive = false;
  return {
    isReplaying: () => !isLive && replayed < recorded.size,
    sampleOf: async (process, run) => {
      const known = recordedSample(recorded.get(keyOf(process)), process.side);
      if (known !== undefined) return known;
      isLive = true;
      if (running.length === 0) began = performance.now();
      const sample = await run();
      running.push({ side: process.side, sample });
      return sample;
    },
    endPair: (pair) => {
      const samples = running.splice(0);
      if (samples.length === 0) replayed += 1;
      else append({ kind: 'pair', series, ...pair, seconds: (performance.now() - began) / 1000, samples });
      return samples.length === 0 ? (recorded.get(keyOf(pair))?.seconds ?? 0) : 0;
    },
    choice: (choose) => {
      const known = choices.shift();
      if (known !== undefined) return known;
      const suspects = choose();
      append({ kind: 'choice', series, suspects });
      return suspects;
    },
    look: (looks) => append({ kind: 'look', series, looks }),
  };
}

function keyOf({ suspect, round }: Pick<PairProcess, 'suspect' | 'round'>): string {
  return `${round}:${suspect}`;
}

function recordedSample(pair: JournaledPair | undefined, side: SideName): Sample | undefined {
  return pair?.samples.find((each) => each.side === side)?.sample;
}
