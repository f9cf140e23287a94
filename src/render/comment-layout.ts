import type { Block, Inline } from './document.ts';

/** A block as it stands in a comment: headings one level deeper, since the comment is a part of a page, and no figure parted from its unit. */
export function commentBlock(block: Block): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, level: block.level === 1 ? 2 : block.level === 2 ? 3 : 4 };
    case 'fold':
      return { ...block, blocks: block.blocks.map(commentBlock) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => cell.map(unparted))) };
    default:
      return block;
  }
}

const beforeUnit = /(?<=\d) (?=(?:%|[nµm]?s|[KMG]iB|B)(?!\p{L}))|(?<=→) /gu;

/** On a phone a table's columns are so narrow that a line would end between a figure and its unit. */
function unparted(inline: Inline): Inline {
  if (inline.kind !== 'text' && inline.kind !== 'strong') return inline;
  return { ...inline, text: inline.text.replaceAll(beforeUnit, '\u00a0') };
}
