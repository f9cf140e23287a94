import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Run } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import { acceptedFileName, acceptedShiftsOf } from './accepted-file.ts';
import { nonBlankLines, parseBaselineFile } from './baseline-file.ts';
import type { FileChanges, Files } from './baseline-files.ts';
import { isRunFile } from './baseline-store.ts';
import { runLinesOf } from './stored-runs.ts';

/** What charts are drawn from. */
export interface StoredTrend {
  /** The runs of each file, oldest first: of one runtime on one kind of machine. */
  readonly files: readonly (readonly Run[])[];
  readonly accepted: readonly AcceptedShift[];
  /** Files of runs that are there and not among them. */
  readonly leftOutFiles: number;
  /** Files among them without the runs that were stored first, for want of room. */
  readonly cutFiles: number;
}

/** Most files of runs that are read for charts, besides those that change. */
export const mostChartedFiles = 24;

/** Most characters of all that charts are drawn from. */
export const mostChartedText = 32 * 2 ** 20;

/** What charts are drawn from besides the files that are asked for: of the same machines first, then the newest versions. */
export function trendSources(there: readonly string[], asked: readonly string[]): readonly string[] {
  const machines = new Set(asked.filter(isRunFile).map(machineOf));
  const others = there.filter((name) => isRunFile(name) && !asked.includes(name));
  const sorted = others.toSorted(
    (one, other) =>
      Number(machines.has(machineOf(other))) - Number(machines.has(machineOf(one))) || other.localeCompare(one, 'en', { numeric: true }),
  );
  return [acceptedFileName, ...sorted.slice(0, mostChartedFiles)];
}

/** Runner class, operating system, architecture and CPUs, with which the name of a file begins. */
function machineOf(name: string): string {
  return name.split('_').slice(0, 4).join('_');
}

/** A moment of a baseline: what was read, the names of all that is there, and what is about to change. */
export interface TrendMoment {
  readonly now: Files;
  readonly there: readonly string[];
  readonly changes: FileChanges;
}

/** Reads the moments that charts are drawn of. */
export type ReadTrend = (moment: TrendMoment) => StoredTrend;

/**
 * A reader that parses a file anew only where its text is another one than at the moment before; its runs are the same
 * array then. It throws a UserError where nothing can be drawn of runs that may be there.
 *
 * @param mostText most characters of all files together; those that change come first, then the others as `trendSources` has them
 */
export function trendReader(mostText: number = mostChartedText): ReadTrend {
  let parsed: ReadonlyMap<string, ParsedFile> = new Map();
  return ({ now, there, changes }) => {
    const after = new Map([...now, ...changes]);
    const names = [...new Set([...there, ...changes.keys()])].filter((name) => isRunFile(name) && after.get(name) !== null);
    const changing = names.filter((name) => changes.has(name));
    const read = names.filter((name) => after.has(name));
    const texts = textsWithin([...changing, ...trendSources(read, changing)], after, mostText);
    parsed = new Map(texts.map((file) => [file.name, parsedFile(file, parsed.get(file.name))]));
    const drawn = names.flatMap((name) => parsed.get(name) ?? []).filter(({ runs }) => runs.length > 0);
    if (drawn.length === 0 && parsed.size < names.length) throw nothingDrawn(names.length);
    return {
      files: drawn.map(({ runs }) => runs),
      accepted: acceptedShiftsOf(after.get(acceptedFileName) ?? ''),
      leftOutFiles: names.length - drawn.length,
      cutFiles: drawn.filter(({ isCut }) => isCut).length,
    };
  };
}

function nothingDrawn(files: number): UserError {
  return new UserError(
    `No run of ${files} ${files === 1 ? 'file' : 'files'} could be read or was short enough to be drawn, and the charts that are there stay as they are.`,
    'Look for damage with "baseline verify", or measure fewer cells in a run; "trend-charts: false" switches charts off.',
  );
}

interface FileText {
  readonly name: string;
  readonly text: string;
  /** Whether runs that were stored first are not in the text. */
  readonly isCut: boolean;
}

/** The texts that fit, in this order; the first that does not is cut. */
function textsWithin(names: readonly string[], texts: ReadonlyMap<string, string | null>, most: number): readonly FileText[] {
  let room = most;
  return names.flatMap((name): readonly FileText[] => {
    const whole = isRunFile(name) ? (texts.get(name) ?? '') : '';
    const text = whole.length <= room ? whole : lastRuns(whole, room);
    room = Math.max(0, room - whole.length);
    return text === '' ? [] : [{ name, text, isCut: text !== whole }];
  });
}

/** The text without as many runs at its beginning as it takes to fit, or the empty text: new runs are written at the end. */
function lastRuns(text: string, most: number): string {
  const isRun = (line: string) => /"kind":"(?:run|results)"/.test(line.slice(0, 80));
  let excess = text.length - most;
  const kept = nonBlankLines(text).filter((line) => {
    if (excess <= 0 || !isRun(line.text)) return true;
    excess -= line.text.length + 1;
    return false;
  });
  return excess <= 0 && kept.some((line) => isRun(line.text)) ? kept.map((line) => line.text).join('\n') : '';
}

interface ParsedFile extends FileText {
  /** Complete ones, oldest first. */
  readonly runs: readonly Run[];
}

function parsedFile(file: FileText, before: ParsedFile | undefined): ParsedFile {
  if (before?.text === file.text) return { ...before, isCut: file.isCut };
  const runs = runLinesOf(parseBaselineFile(file.text)).map(({ run }) => run);
  return { ...file, runs: runs.filter(({ partial }) => !partial) };
}
