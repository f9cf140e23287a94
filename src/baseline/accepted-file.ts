import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type DamagedLine, nonBlankLines } from './baseline-file.ts';
import { decodeLine, encodeLine } from './line-codec.ts';

/** The file of accepted changes of level, beside the files of runs. */
export const acceptedFileName = 'accepted.jsonl';

/** An accepted change and the line that holds it. */
interface AcceptedShiftLine {
  readonly status: 'accepted';
  readonly text: string;
  readonly shift: AcceptedShift;
}

/** Reads the text of the file, line by line. Never throws. */
export function parseAcceptedFile(text: string): readonly (AcceptedShiftLine | DamagedLine)[] {
  return nonBlankLines(text).map((line) => {
    const read = decodeLine(line.text);
    if (!read.ok) return { ...line, status: 'damaged', reason: read.reason };
    if (read.value.kind !== 'accepted') return { ...line, status: 'damaged', reason: 'It is no accepted change.' };
    const { cells, commit, by, why, created } = read.value;
    return { status: 'accepted', text: line.text, shift: { cells, commit, by, why, created } };
  });
}

/** The accepted changes of a text, oldest first. */
export function acceptedShiftsOf(text: string): readonly AcceptedShift[] {
  const shifts = parseAcceptedFile(text).flatMap((line) => (line.status === 'accepted' ? [line.shift] : []));
  return shifts.toSorted((one, other) => Date.parse(one.created) - Date.parse(other.created));
}

/** The text with more changes in it; the same cells and commit are not added twice, and every line stays as it is. */
export function withAcceptedShifts(text: string, shifts: readonly AcceptedShift[]): string {
  const known = new Set(acceptedShiftsOf(text).map(shiftKey));
  const added = new Map(shifts.flatMap((shift) => (known.has(shiftKey(shift)) ? [] : [[shiftKey(shift), shift]])));
  if (added.size === 0) return text;
  const lines = nonBlankLines(text).map((line) => line.text);
  return `${[...lines, ...[...added.values()].map(acceptedLine)].join('\n')}\n`;
}

function shiftKey({ cells, commit }: AcceptedShift): string {
  return JSON.stringify([[...new Set(cells)].toSorted(), commit]);
}

function acceptedLine({ cells, commit, by, why, created }: AcceptedShift): string {
  return encodeLine({ kind: 'accepted', cells, commit, by, why, created }).text;
}
