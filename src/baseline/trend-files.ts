import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { acceptedFileName } from './accepted-file.ts';
import {
  type BaselineFiles,
  type FileChanges,
  type FileChoice,
  type FileEdit,
  type Files,
  namesOf,
  UnreadableFiles,
} from './baseline-files.ts';
import { isRunFile } from './baseline-store.ts';
import { isTrendFile, trendIndexName } from './trend-names.ts';
import { type ReadTrend, type StoredTrend, type TrendMoment, trendReader, trendSources } from './trend-source.ts';

/** Draws charts: texts by file name, each an `isTrendFile`. They depend on what it is given alone. */
export type DrawTrend = (stored: StoredTrend) => Files;

/**
 * The same files, and with every change the charts of what is in them then: in one change, so that whoever comes second
 * draws them anew. A chart that cannot be drawn costs the charts alone: it is a warning.
 *
 * @param indexStart what a page of ours begins with; another one stays as it is
 */
export function chartedFiles(files: BaselineFiles, draw: DrawTrend, indexStart: string, read: ReadTrend = trendReader()): BaselineFiles {
  const charts = { draw, read, indexStart };
  return { ...files, change: (summary, choice, edit) => changeWithCharts({ files, charts, summary, choice, edit }, new Set()) };
}

interface Charts {
  readonly draw: DrawTrend;
  readonly read: ReadTrend;
  readonly indexStart: string;
}

interface ChartedChange {
  readonly files: BaselineFiles;
  readonly charts: Charts;
  readonly summary: string;
  readonly choice: FileChoice;
  readonly edit: FileEdit;
}

/**
 * What charts need besides must not cost the change: it is tried again without files that cannot be read, and where
 * reading fails otherwise, without charts.
 *
 * @param unread files that are read for charts alone and cannot be
 */
async function changeWithCharts(change: ChartedChange, unread: ReadonlySet<string>): Promise<readonly Warning[]> {
  const { files, charts, summary, choice, edit } = change;
  let isReading = false;
  let warnings: readonly Warning[] = [];
  const wanted = (there: readonly string[]) => {
    isReading = true;
    return wantedWith(choice, there, unread);
  };
  const editWithCharts: FileEdit = (now, there) => {
    isReading = false;
    const changes = edit(only(now, namesOf(choice, there)), there);
    const drawn = chartChanges(charts, { now, there, changes });
    warnings = drawn.warnings;
    return new Map([...changes, ...drawn.changes]);
  };
  try {
    return [...(await files.change(summary, wanted, editWithCharts)), ...warnings];
  } catch (error) {
    const without = withoutFault(error, { choice, unread, isReading });
    if (without !== null) return changeWithCharts(change, without);
    return [...(await files.change(summary, choice, edit)), notDrawn(error)];
  }
}

interface FaultPlace {
  readonly choice: FileChoice;
  readonly unread: ReadonlySet<string>;
  /** Whether it happened between asking for the files and changing them. */
  readonly isReading: boolean;
}

/** The files to try without, or null for the change without any chart; a fault that is not of the charts is thrown again. */
function withoutFault(error: unknown, { choice, unread, isReading }: FaultPlace): ReadonlySet<string> | null {
  if (!(error instanceof UnreadableFiles)) {
    if (isReading && error instanceof UserError) return null;
    throw error;
  }
  const found = [...error.files.keys()];
  if (namesOf(choice, found).some((name) => error.files.has(name))) throw error;
  return found.every((name) => unread.has(name) || !isRecord(name)) ? null : new Set([...unread, ...found]);
}

function notDrawn(error: unknown): Warning {
  return { code: 'not drawn', reason: error instanceof Error ? error.message : String(error) };
}

/** What is asked for, what charts are drawn from, and the page, of which must be known whose it is. */
function wantedWith(choice: FileChoice, there: readonly string[], unread: ReadonlySet<string>): readonly string[] {
  const asked = namesOf(choice, there);
  return [...new Set([...asked, ...trendSources(there, asked).filter((name) => !unread.has(name)), trendIndexName])];
}

function isRecord(name: string): boolean {
  return isRunFile(name) || name === acceptedFileName;
}

function only(now: Files, names: readonly string[]): Files {
  return new Map(names.flatMap((name) => (now.has(name) ? [[name, now.get(name) ?? ''] as const] : [])));
}

interface ChartChanges {
  readonly changes: FileChanges;
  readonly warnings: readonly Warning[];
}

/** The charts that are not as drawn; one that nothing is drawn for any more goes. A page that is not ours stays. */
function chartChanges({ draw, read, indexStart }: Charts, moment: TrendMoment): ChartChanges {
  if (![...moment.changes.keys()].some(isRecord)) return { changes: new Map(), warnings: [] };
  try {
    const drawn = draw(read(moment));
    const stale = moment.there.filter((name) => isTrendFile(name) && !drawn.has(name)).map((name) => [name, null] as const);
    const index = moment.now.get(trendIndexName);
    const isOurs = index === undefined || index.startsWith(indexStart);
    return { changes: new Map([...drawn, ...stale].filter(([name]) => isOurs || name !== trendIndexName)), warnings: [] };
  } catch (error) {
    return { changes: new Map(), warnings: [notDrawn(error)] };
  }
}
