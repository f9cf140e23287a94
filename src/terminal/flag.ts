/** What may follow a flag, for completion: words, or paths of files or folders. */
export type Completion = readonly string[] | 'file' | 'folder' | null;

/** A flag of the terminal: parsing, help and completion all come from it. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** The word that stands for its value in the help; null for a switch, which has none. */
  readonly value: string | null;
  /** What it is for, as a clause. */
  readonly words: string;
  /** What holds where it is left out; null where nothing does. */
  readonly fallback: string | null;
  readonly completes: Completion;
}

/** A flag with a value. */
export function flag(
  name: string,
  value: string,
  words: string,
  more: { readonly fallback?: string; readonly completes?: Completion } = {},
): Flag {
  return { name, value, words, fallback: more.fallback ?? null, completes: more.completes ?? null };
}

/** A flag without one. */
export function flagSwitch(name: string, words: string): Flag {
  return { name, value: null, words, fallback: null, completes: null };
}

/** Every command that has an outcome has it. */
export const jsonFlag: Flag = flagSwitch('json', 'print one JSON object instead of text; progress stays on stderr');
