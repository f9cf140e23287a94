import type { Block, Inline, Line, Note } from './document.ts';

/** Numbers notes in the order in which they are first referred to; equal texts share a number. */
export interface NoteBook {
  /** A mark that refers to the note of that text. */
  readonly mark: (text: string) => Inline;
  /** The notes so far, as the last block of a document; empty when there are none. */
  readonly blocks: () => readonly Block[];
}

/** A note book with no note in it. */
export function noteBook(): NoteBook {
  const numbers = new Map<string, number>();
  return {
    mark: (text) => {
      const number = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, number);
      return { kind: 'note', number };
    },
    blocks: () => {
      const notes: readonly Note[] = [...numbers].map(([text, number]) => ({ number, text }));
      return notes.length === 0 ? [] : [{ kind: 'notes', notes, headed: true }];
    },
  };
}

/** The numbers of the notes that a block refers to. */
export function notesIn(block: Block): readonly number[] {
  switch (block.kind) {
    case 'paragraph':
      return lineNotes(block.content);
    case 'list':
      return block.items.flatMap(lineNotes);
    case 'table':
      return block.rows.flatMap((row) => row.flatMap(lineNotes));
    case 'fold':
      return block.blocks.flatMap(notesIn);
    case 'heading':
    case 'verbatim':
    case 'notes':
      return [];
  }
}

function lineNotes(line: Line): readonly number[] {
  return line.flatMap((inline) => (inline.kind === 'note' ? [inline.number] : []));
}

/** Of a block of notes those that something refers to: the others are of no use where what refers to them is not shown. */
export function withNotes(block: Block, marked: ReadonlySet<number>): Block {
  switch (block.kind) {
    case 'notes':
      return { ...block, notes: block.notes.filter(({ number }) => marked.has(number)) };
    case 'fold': {
      const blocks = block.blocks.map((inner) => withNotes(inner, marked));
      return blocks.every((inner, index) => inner === block.blocks[index]) ? block : { ...block, blocks };
    }
    default:
      return block;
  }
}
