import type { Block, Document } from './document.ts';
import { markdownOf } from './markdown.ts';
import { utf8Bytes } from './plain-text.ts';
import { ladderMarkdown, type Rung } from './size-ladder.ts';

/**
 * The document as Markdown of at most `limit` bytes of UTF-8. What is folded is shortened first, the largest before the
 * others, then what is not, from the end of the document, so that what is most urgent goes last; each place says how much
 * is missing.
 *
 * @throws RangeError for a limit that has no room for the sentence that says so
 */
export function markdownWithin(document: Document, limit: number): string {
  const markdown = markdownOf(document);
  if (limit === Number.POSITIVE_INFINITY || utf8Bytes(markdown) <= limit) return markdown;
  return ladderMarkdown(sectionsOf(document).map(rungOf), [], { limit, whole: 'the results file' });
}

/** A fold, or a heading of the two upper levels with what stands below it. */
function sectionsOf(document: Document): readonly Document[] {
  const sections: Block[][] = [];
  for (const block of document) {
    const last = sections.at(-1);
    if (last === undefined || isFold(block) || isFold(last[0]) || isSectionHead(block)) sections.push([block]);
    else last.push(block);
  }
  return sections;
}

function isFold(block: Block | undefined): boolean {
  return block?.kind === 'fold';
}

function isSectionHead(block: Block): boolean {
  return block.kind === 'heading' && block.level <= 2;
}

/** Folds are worth less the larger they are, and anything else more the earlier it stands. */
function rungOf(blocks: Document, index: number): Rung {
  const [first] = blocks;
  const worth = first?.kind === 'fold' ? -utf8Bytes(markdownOf(blocks)) : 1 / (index + 1);
  return { title: titleOf(first), blocks, worth, floor: 0 };
}

function titleOf(first: Block | undefined): string {
  switch (first?.kind) {
    case 'heading':
      return first.text;
    case 'fold':
      return first.summary;
    case 'notes':
      return 'Notes';
    default:
      return 'What stands at the beginning';
  }
}
