import { createHash } from 'node:crypto';
import { resultsSchema } from '../model/results.ts';
import { firstIssue, hasReservedKey, jsonLine, parseAnyObject, type Read, reservedName, shortestNumber } from './json-text.ts';
import { isMeasuredRow } from './measured-row.ts';
import { newerVersion, type UncheckedObject } from './migrations.ts';
import { StoredColumns } from './stored-columns.ts';
import { type BaselineLine, baselineLine, type LineBody, mostCells, type RunLine, runLine } from './stored-run-schema.ts';

/** A line and the digest that others name it by. */
export interface WrittenLine {
  readonly id: string;
  readonly text: string;
}

const what = 'a line of a baseline';

const opening = /^\{"id":"([0-9a-f]{16})",/;

/**
 * Writes a line of a baseline file. It begins with the digest of its rest, so that damage never reads as a figure; the
 * schema sets the order of the keys, so that equal content has one digest.
 *
 * @throws Error for what could not be read again, such as a number that is not finite
 */
export function encodeLine(body: LineBody<BaselineLine>): WrittenLine {
  const checked = checkedLine({ ...body, id: '0'.repeat(16), schema: resultsSchema });
  if (!checked.ok) throw new Error(`this line cannot be written: ${checked.reason}`);
  const { id: _, ...ordered } = checked.value;
  const rest = jsonLine(ordered, shortestNumber).slice(1);
  const id = digestOf(rest);
  return { id, text: `{"id":"${id}",${rest}` };
}

/** A line of a run, its measured rows in columns. */
export type ColumnedLine = Omit<RunLine, 'measured'> & { readonly measured: StoredColumns };

/** A line as it is read. */
export type DecodedLine = Exclude<BaselineLine, RunLine> | ColumnedLine;

/** Reads a line of a baseline file that `encodeLine` wrote. Never throws. */
export function decodeLine(text: string): Read<DecodedLine> {
  const parsed = parseAnyObject(text, what);
  if (!parsed.ok) return parsed;
  const newer = newerVersion(parsed.value);
  if (newer !== null) return { ok: false, reason: newer };
  const line = text.trim();
  const [begin = '', id] = opening.exec(line) ?? [];
  if (id === undefined) return { ok: false, reason: 'It is not a line of a baseline: it does not begin with its digest.' };
  if (digestOf(line.slice(begin.length)) !== id) {
    return { ok: false, reason: 'It was changed since it was written: its digest is another one.' };
  }
  const run = parsed.value['kind'] === 'run' ? checkedRun(parsed.value) : null;
  const reserved = run === null ? reservedName(text, what) : null;
  if (reserved !== null) return { ok: false, reason: reserved };
  const checked: Read<BaselineLine> = run === null ? checkedLine(parsed.value) : { ok: true, value: run };
  return checked.ok ? { ok: true, value: columned(checked.value) } : checked;
}

function checkedLine(value: UncheckedObject): Read<BaselineLine> {
  const run = value['kind'] === 'run' ? checkedRun(value) : null;
  if (run !== null) return { ok: true, value: run };
  const checked = baselineLine.safeParse(value);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, reason: `It is not a line of a baseline: ${firstIssue(checked.error)}.` };
}

function columned(line: BaselineLine): DecodedLine {
  return line.kind === 'run' ? { ...line, measured: new StoredColumns(line.measured) } : line;
}

/** The quick way for what is as it should be; null for anything else, which the whole schema then says. */
function checkedRun({ measured, ...rest }: UncheckedObject): RunLine | null {
  if (!Array.isArray(measured) || measured.length > mostCells || !measured.every(isMeasuredRow)) return null;
  const checked = runLine.safeParse({ ...rest, measured: [] });
  return checked.success && !hasReservedKey(rest) ? { ...checked.data, measured } : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
