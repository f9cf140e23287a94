import type { Results } from '../model/results.ts';
import type { Run } from '../model/run.ts';
import { CellTables } from './cell-tables.ts';
import { decodeResults } from './codec.ts';
import type { Read } from './json-text.ts';
import { type ColumnedLine, type DecodedLine, decodeLine } from './line-codec.ts';
import { type Contexts, decodeRun, referencesOf } from './stored-run-codec.ts';
import type { ContextLine } from './stored-run-schema.ts';

/** A line that could not be read: what it says is not known, so it stays as it is. */
export interface DamagedLine {
  readonly status: 'damaged';
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** One or two sentences. */
  readonly reason: string;
}

/** A line that holds a run. */
export interface StoredRunLine {
  readonly status: 'run';
  readonly text: string;
  readonly number: number;
  readonly run: Run;
  /** Ids of the lines that it refers to. */
  readonly references: readonly string[];
}

/** A line that runs refer to. */
export interface SharedLine {
  readonly status: 'shared';
  readonly text: string;
  readonly number: number;
  readonly id: string;
}

/** A line of a file of runs; blank ones are none. */
export type FileLine = DamagedLine | StoredRunLine | SharedLine;

/**
 * Most numbers that the runs of one file may unfold to: thirty runs of 10,000 cells are half of it. A line of a few bytes
 * can stand for a million figures, and a file from outside must not fill the memory.
 */
const mostNumbers = 50_000_000;

/** Reads the text of a file of runs, line by line. Never throws. */
export function parseBaselineFile(text: string): readonly FileLine[] {
  const lines = nonBlankLines(text).map((line) => ({ ...line, read: readLine(line.text) }));
  const contexts: Contexts = new Map(lines.flatMap(({ read }) => (read.ok && isContext(read.value) ? [[read.value.id, read.value]] : [])));
  const tables = new CellTables();
  let room = mostNumbers;
  return lines.map(({ text: own, number, read }): FileLine => {
    if (!read.ok) return { status: 'damaged', text: own, number, reason: read.reason };
    if (isContext(read.value)) return { status: 'shared', text: own, number, id: read.value.id };
    room -= read.value.kind === 'run' ? numbersOf(read.value) : 0;
    const run = room < 0 ? tooMuch : runOf(read.value, contexts, tables);
    if (!run.ok) return { status: 'damaged', text: own, number, reason: run.reason };
    return { status: 'run', text: own, number, run: run.value, references: read.value.kind === 'run' ? referencesOf(read.value) : [] };
  });
}

const tooMuch = { ok: false, reason: 'The runs of the file would take more memory than a baseline may.' } as const;

/** The lines of a file that are not blank, with their numbers from 1; a carriage return stays part of its line. */
export function nonBlankLines(text: string): readonly { readonly text: string; readonly number: number }[] {
  return text
    .split('\n')
    .map((line, index) => ({ text: line, number: index + 1 }))
    .filter((line) => line.text.trim() !== '');
}

/** A whole results document in one line is what versions up to 1 stored: read as it is, and kept until newer runs take its place. */
type WholeRun = { readonly kind: 'results'; readonly results: Results };
type Readable = ColumnedLine | ContextLine | WholeRun;

function readLine(text: string): Read<Readable> {
  if (/^\s*\{"schema":\d+,"kind":"results"/.test(text)) return wholeRun(text);
  const read = decodeLine(text);
  if (!read.ok) return read;
  const line: DecodedLine = read.value;
  return line.kind === 'accepted'
    ? { ok: false, reason: 'It is an accepted change, which belongs into another file.' }
    : { ok: true, value: line };
}

function wholeRun(text: string): Read<WholeRun> {
  const decoded = decodeResults(text);
  if (!decoded.ok) return decoded;
  const { results } = decoded;
  return results.runtimes.length === 1
    ? { ok: true, value: { kind: 'results', results } }
    : { ok: false, reason: `It holds ${results.runtimes.length} runtimes, and a file is of one.` };
}

function isContext(line: Readable): line is ContextLine {
  return line.kind !== 'run' && line.kind !== 'results';
}

function runOf(line: ColumnedLine | WholeRun, contexts: Contexts, tables: CellTables): Read<Run> {
  return line.kind === 'run' ? decodeRun(line, contexts, tables) : { ok: true, value: line.results };
}

function numbersOf({ measured, broken }: ColumnedLine): number {
  return broken.reduce((sum, row) => sum + row[5], measured.unfolded);
}
