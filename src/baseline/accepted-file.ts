import type { AcceptedShift } from '../model/accepted-shift.ts';
import { UserError } from '../model/user-error.ts';
import { mostAcceptedCells } from './accepted-schema.ts';
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

/**
 * The text with more changes in it; the same cells and commit are not added twice, and every line stays as it is. A change
 * of more than a thousand cells takes several lines.
 *
 * @throws UserError for one that could not be read again
 */
export function withAcceptedShifts(text: string, shifts: readonly AcceptedShift[]): string {
  const known = new Set(acceptedShiftsOf(text).map(shiftKey));
  const added = new Map(shifts.flatMap(inLines).flatMap((shift) => (known.has(shiftKey(shift)) ? [] : [[shiftKey(shift), shift]])));
  if (added.size === 0) return text;
  const lines = nonBlankLines(text).map((line) => line.text);
  return `${[...lines, ...[...added.values()].map(acceptedLine)].join('\n')}\n`;
}

function shiftKey({ cells, commit }: AcceptedShift): string {
  return JSON.stringify([[...new Set(cells)].toSorted(), commit]);
}

/** By the name of the cells, so that the same ones make the same lines in whatever order they come. */
function inLines(shift: AcceptedShift): readonly AcceptedShift[] {
  if (shift.cells.length <= mostAcceptedCells) return [shift];
  const cells = [...new Set(shift.cells)].toSorted();
  const starts = Array.from({ length: Math.ceil(cells.length / mostAcceptedCells) }, (_, index) => index * mostAcceptedCells);
  return starts.map((start) => ({ ...shift, cells: cells.slice(start, start + mostAcceptedCells) }));
}

function acceptedLine({ cells, commit, by, why, created }: AcceptedShift): string {
  try {
    return encodeLine({ kind: 'accepted', cells, commit, by, why, created }).text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `What ${by} accepted since ${commit.slice(0, 12)} cannot be stored: ${reason}.`,
      'Accept it by patterns with "baseline accept".',
    );
  }
}
