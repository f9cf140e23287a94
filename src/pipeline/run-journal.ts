import { rmSync, statSync } from 'node:fs';
import { beginJournal, continueJournal, type JournalWriter } from '../baseline/journal-file.ts';
import { thisProcess } from '../measure/program-process.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { Journal, JournalEntry, JournalHeader } from '../model/journal.ts';
import { machineFault } from '../model/machine-fault.ts';
import type { Sample } from '../model/sample.ts';
import type { Warning } from '../model/warning.ts';
import { entriesOf } from '../plan/journaled-results.ts';
import type { Progress } from '../terminal/progress.ts';
import { type SeriesJournal, seriesJournal } from './series-journal.ts';

/** The journal of a run: what was measured of it before it was killed, and where this process writes what it measures. */
export interface RunJournal {
  /** Whether processes of the rounds are taken from the journal still, at no time at all. */
  isReplaying(): boolean;
  /** What a process of the rounds measured: the recorded one, else the one that `run` starts. */
  sampleOf(cell: Cell, round: number, run: () => Promise<Sample>): Promise<Sample>;
  /** Processes of the rounds that were taken from the journal so far. */
  readonly replayed: number;
  append(entry: JournalEntry): void;
  /** Begins a series of pairs, or goes on with it where the journal has one of this very plan. */
  beginSeries(entry: Extract<JournalEntry, { readonly kind: 'series' }>): SeriesJournal;
  /** What the reader must know of how the run was put together. */
  readonly warnings: readonly Warning[];
  /** Removes it: what is in it is in the results file now. */
  remove(): void;
  /** Stops writing. A journal without a measurement is removed; of any other that is still there it is said where it is. */
  close(): void;
}

/** What a journal is opened with. */
export interface JournalRequest {
  /** Absolute path. */
  readonly path: string;
  readonly header: JournalHeader;
  /** What an earlier process left of this run; null for none. */
  readonly left: Journal | null;
  readonly progress: Progress;
}

/**
 * Opens the journal of a run. One that cannot be written any more is said, and costs the run nothing but its safety.
 *
 * @throws UserError where it cannot even be begun: the results could not be written in the end, and are lost then
 */
export function openRunJournal({ path, header, left, progress }: JournalRequest): RunJournal {
  const unwritable = (error: unknown) =>
    progress.note(`${path} cannot be written any more (${textOf(error)}): if this run is killed, what it measures from now on is lost`);
  const writer = guarded(begun(path, header, left), unwritable);
  const own = inodeOf(path);
  const file = {
    // Under its name there may be the journal of a run that took this one for dead.
    gone: () => (inodeOf(path) === own ? rmSync(path, { force: true }) : undefined),
    kept: () => progress.note(`What was measured is in ${path}: ${whatNext(header)}`),
  };
  const journal = journalOver(left?.entries ?? [], writer, file);
  journal.append({ kind: 'opened', by: thisProcess() });
  if (left !== null) journal.append({ kind: 'warning', warning: resumedWarning(left) });
  return journal;
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

function begun(path: string, header: JournalHeader, left: Journal | null): JournalWriter {
  try {
    return left === null ? beginJournal(path, header) : continueJournal(path);
  } catch (error) {
    throw machineFault(error, `${path} cannot be written`) ?? error;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A run that is not written down: what it measures is for the moment. */
export function noJournal(): RunJournal {
  return journalOver([], { append: () => {}, close: () => {} }, { gone: () => {}, kept: () => {} });
}

function whatNext({ plan }: JournalHeader): string {
  return plan === null ? '"report" reads it' : 'the next run of the same code goes on with it, and "report" reads it';
}

/** What becomes of the file of a journal in the end. */
interface JournalEnd {
  readonly gone: () => void;
  readonly kept: () => void;
}

function resumedWarning({ entries, writtenAt }: Journal): Warning {
  const done = entriesOf(entries, 'sample').length + entriesOf(entries, 'pair').reduce((sum, { samples }) => sum + samples.length, 0);
  return { code: 'resumed', done, pauseSeconds: Math.max(0, Math.round(Date.now() / 1000 - writtenAt)) };
}

/** After the first line that could not be written there is no other: what follows a gap would look complete. */
function guarded(writer: JournalWriter, onFault: (error: unknown) => void): JournalWriter {
  let isOpen = true;
  const close = () => {
    if (isOpen) writer.close();
    isOpen = false;
  };
  const append = (entry: JournalEntry) => {
    if (!isOpen) return;
    try {
      writer.append(entry);
    } catch (error) {
      close();
      onFault(error);
    }
  };
  return { append, close };
}

function journalOver(entries: readonly JournalEntry[], writer: JournalWriter, { gone, kept }: JournalEnd): RunJournal {
  const warnings = entriesOf(entries, 'warning').flatMap(({ warning }) => (isOfResuming(warning) ? [warning] : []));
  let lastSeries = entriesOf(entries, 'series').at(-1)?.series ?? -1;
  let isOver = false;
  let isEmpty = !entries.some(isMeasurement);
  const append = (entry: JournalEntry) => {
    if (entry.kind === 'warning' && isOfResuming(entry.warning)) warnings.push(entry.warning);
    if (entry.kind === 'series') lastSeries = entry.series;
    if (isMeasurement(entry)) isEmpty = false;
    writer.append(entry);
  };
  const rounds = roundsJournal(entries, append);
  return {
    isReplaying: rounds.isReplaying,
    sampleOf: rounds.sampleOf,
    get replayed() {
      return rounds.replayed;
    },
    append,
    beginSeries: (begun) => seriesJournal({ begun, entries, isNamed: lastSeries >= begun.series, append }),
    warnings,
    remove: () => {
      isOver = true;
      writer.close();
      gone();
    },
    close: () => {
      writer.close();
      if (isEmpty) gone();
      else if (!isOver) kept();
    },
  };
}

function isMeasurement({ kind }: JournalEntry): boolean {
  return kind === 'sample' || kind === 'pair';
}

/** Whether it says how the run was put together: what else is said of it is found anew. */
function isOfResuming({ code }: Warning): boolean {
  return code === 'resumed' || code === 'pairs not used';
}

/** The part of a journal that is of the rounds. */
type RoundsJournal = Pick<RunJournal, 'isReplaying' | 'sampleOf' | 'replayed'>;

function roundsJournal(entries: readonly JournalEntry[], append: (entry: JournalEntry) => void): RoundsJournal {
  const recorded = new Map(entriesOf(entries, 'sample').map(({ sample }) => [keyOf(sample.cell, sample.round), sample]));
  let replayed = 0;
  let isLive = false;
  return {
    isReplaying: () => !isLive && replayed < recorded.size,
    sampleOf: async (cell, round, run) => {
      const known = recorded.get(keyOf(cell, round));
      if (known !== undefined) {
        replayed += 1;
        return known;
      }
      isLive = true;
      const sample = await run();
      append({ kind: 'sample', sample });
      return sample;
    },
    get replayed() {
      return replayed;
    },
  };
}

function keyOf(cell: Cell, round: number): string {
  return `${round}:${cellId(cell)}`;
}
