import { displayWidth, padded, widestWords, wrapped } from './display-width.ts';

const gap = '  ';

/** A column is not made narrower than this while another is wider. */
const narrowest = 8;

/** A word of more columns, such as a path, may be broken. */
const longestWhole = 24;

/** A table of text; a cell may have several lines. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The table in aligned columns within `width`. In this order until it fits: its widest columns are wrapped at blanks, down
 * to their widest word; then it is written row by row, one cell under the other. Nothing is left out, and no number is
 * broken.
 *
 * @param rule how the line under the column titles is shown
 */
export function textTable({ columns, rows }: TextTable, width: number, rule: (line: string) => string = String): readonly string[] {
  const available = width - gap.length * (columns.length - 1);
  const sizes = columnSizes([columns, ...rows]);
  if (sizes.reduce((sum, { least }) => sum + least, 0) > available) return recordLines({ columns, rows }, width);
  const widths = fittingWidths(sizes, available);
  const body = spaced(rows.map((row) => rowLines(row, widths)));
  return [...rowLines(columns, widths), widths.map((columnWidth) => rule('─'.repeat(columnWidth))).join(gap), ...body];
}

/** An empty line between two rows when either has several lines. */
function spaced(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.flatMap((lines, index) => {
    const before = rows[index - 1];
    const apart = before !== undefined && (lines.length > 1 || before.length > 1);
    return apart ? ['', ...lines] : lines;
  });
}

interface ColumnSize {
  /** Where nothing is wrapped. */
  readonly natural: number;
  readonly least: number;
}

function columnSizes(rows: readonly (readonly string[])[]): readonly ColumnSize[] {
  const [first = []] = rows;
  return first.map((_, index) => {
    const lines = rows.flatMap((row) => (row[index] ?? '').split('\n'));
    const natural = lines.reduce((most, line) => Math.max(most, displayWidth(line)), 0);
    return {
      natural,
      least: Math.min(
        natural,
        lines.reduce((most, line) => Math.max(most, unbroken(line)), narrowest),
      ),
    };
  });
}

/** Columns below which a word or a number of the line would be broken. */
function unbroken(line: string): number {
  const { word, number } = widestWords(line);
  return Math.max(number, Math.min(word, longestWhole));
}

/** The widest column that may still give way gives way first. */
function fittingWidths(sizes: readonly ColumnSize[], available: number): readonly number[] {
  const widths = sizes.map(({ natural }) => natural);
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const yielding = widths.map((width, index) => (width > (sizes[index]?.least ?? 0) ? width : 0));
    const widest = yielding.indexOf(Math.max(...yielding));
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function cellLines(cell: string, width: number): readonly string[] {
  return cell.split('\n').flatMap((line) => wrapped(line, width));
}

function rowLines(row: readonly string[], widths: readonly number[]): readonly string[] {
  const cells = row.map((cell, index) => cellLines(cell, widths[index] ?? narrowest));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, index) => padded(lines[line] ?? '', widths[index] ?? narrowest))
      .join(gap)
      .trimEnd(),
  );
}

function recordLines({ columns, rows }: TextTable, width: number): readonly string[] {
  return rows.flatMap((row, index) => {
    const lines = row.flatMap((cell, column) => {
      const content = `${columns[column] ?? ''}: ${cell.replaceAll('\n', ', ')}`;
      return wrapped(content, Math.max(narrowest, width - 2)).map((line, part) => (part === 0 ? line : `  ${line}`));
    });
    return index === 0 ? lines : ['', ...lines];
  });
}
