import type { RuntimeColumn } from '../tables/columns.ts';
import type { ReasonGroup } from '../tables/reason-group.ts';
import type { Report } from '../tables/report.ts';
import type { UncomparedCells } from '../tables/uncompared.ts';
import { type Block, paragraph, strong, text } from './document.ts';
import { cellList, counted } from './names.ts';

/** New, missing and not comparable cells with their reasons, folded; nothing where every cell could be compared. */
export function uncomparedFold({ verdicts, columns, counts }: Report): readonly Block[] {
  const words: readonly (readonly [number, string])[] = [
    [counts.missing, 'missing'],
    [counts.new, 'new'],
    [counts.notComparable, 'not comparable'],
  ];
  const told = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  if (told.length === 0) return [];
  return [{ kind: 'fold', summary: `Not compared (${told.join(', ')})`, blocks: uncomparedBlocks(verdicts, columns) }];
}

/** One paragraph for each reason why cells have no comparison, what is missing first. */
export function uncomparedBlocks({ fresh, missing, notComparable }: UncomparedCells, columns: readonly RuntimeColumn[]): readonly Block[] {
  return [
    ...missing.map((group) => reasonParagraph('Missing', group, columns)),
    ...fresh.map((group) => reasonParagraph('New', group, columns)),
    ...notComparable.map((group) => reasonParagraph('Not comparable', group, columns)),
  ];
}

function reasonParagraph(word: string, { reason, cells }: ReasonGroup, columns: readonly RuntimeColumn[]): Block {
  return paragraph(strong(`${word}: ${counted(cells.length, 'cell')}, ${reason}.`), text(` ${cellList(cells, columns)}`));
}
