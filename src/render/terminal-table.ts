import { displayWidth, padded, wrapped } from './display-width.ts';

const gap = '  ';

/** No column is made narrower than this while another is wider. */
const narrowest = 8;

/** A table of plain text; a cell may have several lines. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The table in aligned columns within `width`: the widest columns are wrapped until it fits. A table with so many
 * columns that each would be unreadably narrow is written row by row, one cell under the other.
 */
export function textTable({ columns, rows }: TextTable, width: number): readonly string[] {
  const available = width - gap.length * (columns.length - 1);
  if (available < columns.length * narrowest) return recordLines({ columns, rows }, width);
  const widths = fittingWidths(naturalWidths([columns, ...rows]), available);
  const body = spaced(rows.map((row) => rowLines(row, widths)));
  return [...rowLines(columns, widths), widths.map((columnWidth) => '─'.repeat(columnWidth)).join(gap), ...body];
}

/** An empty line between two rows when either has several lines. */
function spaced(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.flatMap((lines, index) => {
    const before = rows[index - 1];
    const apart = before !== undefined && (lines.length > 1 || before.length > 1);
    return apart ? ['', ...lines] : lines;
  });
}

function naturalWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const [first = []] = rows;
  return first.map((_, index) => Math.max(...rows.map((row) => Math.max(...(row[index] ?? '').split('\n').map(displayWidth)))));
}

function fittingWidths(natural: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? narrowest) - 1;
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
