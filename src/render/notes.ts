import type { Block, Inline, Note } from './document.ts';

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
      return notes.length === 0 ? [] : [{ kind: 'notes', notes }];
    },
  };
}
