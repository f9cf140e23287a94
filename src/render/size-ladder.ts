import { type Block, type Document, type Inline, type Line, link, paragraph, text } from './document.ts';
import { markdownOf } from './markdown.ts';
import { notesIn, withNotes } from './notes.ts';
import { utf8Bytes } from './plain-text.ts';
import { countEntries, type EntryCount, entriesIn, entryWords, leadingEntries, missingWords } from './size-ladder-entries.ts';

/** A part of a document that is shortened as one where there is not room for everything. */
export interface Rung {
  /** What it is called where it had to be left out. */
  readonly title: string;
  readonly blocks: readonly Block[];
  /** The least worth is shortened first, of equal ones the later; one of infinite worth never is. */
  readonly worth: number;
  /** Entries, such as table rows, that stay until every rung is down to as many as its own floor. */
  readonly floor: number;
}

/** What a document is shortened to, and what is said where something was left out. */
export interface LadderLimit {
  /** Most bytes of UTF-8. A text has never more UTF-16 code units than that, so this keeps a limit in either. */
  readonly limit: number;
  /** Where to read on: "the results file". */
  readonly whole: string;
  /** Its address on the web; left out: it has none. */
  readonly url?: string;
}

/** How many entries of each rung are kept. */
type Kept = readonly number[];

/**
 * Rungs in reading order, then what closes the document, as Markdown within the limit. What is least worth is shortened
 * first, from its end and by whole entries: every rung down to its floor, then, where that is not enough, every rung to
 * nothing. Each place says how many entries are missing and what has them. Notes that nothing refers to any more go too.
 *
 * @throws RangeError when what is never shortened is larger than the limit
 */
export function ladderMarkdown(rungs: readonly Rung[], closing: readonly Block[], { limit, whole, url }: LadderLimit): string {
  const render = ladderRenderer(rungs, closing, url === undefined ? text(whole) : link(whole, url));
  const fits = (kept: Kept) => render.bytes(kept) <= limit;
  let kept: Kept = rungs.map(({ blocks }) => entriesIn(blocks));
  for (const { rung, bound } of descent(rungs)) {
    if (fits(kept)) break;
    const before = kept;
    kept = before.with(
      rung,
      mostThatFits(bound, before[rung] ?? 0, (count) => fits(before.with(rung, count))),
    );
  }
  if (!fits(kept)) throw new RangeError(`a limit of ${limit} bytes has no room for what is never left out`);
  return markdownOf(render.document(kept));
}

interface Descent {
  readonly rung: number;
  readonly bound: number;
}

/** Which rung is shortened to what, in order. */
function descent(rungs: readonly Rung[]): readonly Descent[] {
  const order = rungs
    .map(({ worth, floor }, rung) => ({ worth, floor, rung }))
    .filter(({ worth }) => worth < Number.POSITIVE_INFINITY)
    .toSorted((one, other) => one.worth - other.worth || other.rung - one.rung);
  return [...order.map(({ rung, floor }) => ({ rung, bound: floor })), ...order.map(({ rung }) => ({ rung, bound: 0 }))];
}

/** The largest number from `bound` to below `all` that fits, or `bound` when none does. Looks at small numbers first: they are rendered soonest. */
function mostThatFits(bound: number, all: number, fits: (count: number) => boolean): number {
  if (bound >= all) return all;
  if (!fits(bound)) return bound;
  let low = bound;
  let high = bound + 1;
  while (high < all && fits(high)) [low, high] = [high, high + 2 * (high - bound)];
  high = Math.min(high, all);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** A rung with its first entries only. */
interface Piece {
  readonly count: number;
  readonly blocks: readonly Block[];
  readonly marks: readonly number[];
  readonly bytes: number;
}

interface LadderRenderer {
  readonly document: (kept: Kept) => Document;
  readonly bytes: (kept: Kept) => number;
}

/** Renders the same rungs again and again, each anew only when another number of its entries is kept. */
function ladderRenderer(rungs: readonly Rung[], closing: readonly Block[], more: Inline): LadderRenderer {
  const memory = new Map<Rung, Piece>();
  const remembered = (rung: Rung, count: number): Piece => {
    const known = memory.get(rung);
    if (known?.count === count) return known;
    const piece = pieceOf(rung, count, more);
    memory.set(rung, piece);
    return piece;
  };
  const pieces = (kept: Kept): readonly Piece[] => {
    const all = rungs.map((rung, index) => remembered(rung, kept[index] ?? 0));
    const marked = new Set(all.flatMap(({ marks }) => marks));
    return all.map((piece) => withMarkedNotes(piece, marked));
  };
  const end = (kept: Kept): Document => {
    const gone = rungs.filter(({ blocks }, index) => kept[index] === 0 && entriesIn(blocks) > 0);
    return [...leftOutBlocks(gone, more), ...closing];
  };
  return {
    document: (kept) => [...pieces(kept).flatMap(({ blocks }) => blocks), ...end(kept)],
    // No empty line follows the last block.
    bytes: (kept) => pieces(kept).reduce((sum, { bytes }) => sum + bytes, bytesOf(end(kept))) - 1,
  };
}

function pieceOf({ blocks: all }: Rung, count: number, more: Inline): Piece {
  const blocks = shortened(all, count, more);
  return { count, blocks, marks: blocks.flatMap(notesIn), bytes: bytesOf(blocks) };
}

function shortened(blocks: readonly Block[], count: number, more: Inline): readonly Block[] {
  if (count >= entriesIn(blocks)) return blocks;
  if (count === 0) return [];
  const all = countEntries(blocks);
  const kept = countEntries(leadingEntries(blocks, count, []));
  return leadingEntries(blocks, count, [cutNotice({ rows: all.rows - kept.rows, others: all.others - kept.others }, more)]);
}

/** What stands where something was cut. */
function cutNotice(cut: EntryCount, more: Inline): Block {
  return paragraph(text(`${missingWords(cut)} left out here to keep within the size limit; see `), more, text('.'));
}

function withMarkedNotes(piece: Piece, marked: ReadonlySet<number>): Piece {
  const blocks = piece.blocks.map((block) => withNotes(block, marked));
  if (blocks.every((block, index) => block === piece.blocks[index])) return piece;
  const shown = entriesIn(blocks) === 0 ? [] : blocks;
  return { ...piece, blocks: shown, bytes: bytesOf(shown) };
}

/** Names what was left out altogether. */
function leftOutBlocks(gone: readonly Rung[], more: Inline): readonly Block[] {
  if (gone.length === 0) return [];
  const items = gone.map(({ title, blocks }): Line => [text(`${title}: ${entryWords(countEntries(blocks))}`)]);
  return [
    paragraph(text('These parts are left out here to keep within the size limit; for them see '), more, text(':')),
    { kind: 'list', items },
  ];
}

/** Bytes of the blocks with the empty line that follows each. */
function bytesOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + utf8Bytes(markdownOf([block])) + 1, 0);
}
