import type { Command } from './arguments.ts';
import type { Completion, Flag } from './flag.ts';

/** A row of the table of commands: parsing, help and completion all come from it. */
export interface CommandEntry {
  /** "run", or two words: "baseline list". */
  readonly name: string;
  /** What follows it besides flags, as the usage line shows it; empty for nothing. */
  readonly operands: string;
  /** What it does, on one line of the list of commands. */
  readonly summary: string;
  /** What the help of the command says besides, a paragraph each. */
  readonly details: readonly string[];
  /** Flags of its own. */
  readonly flags: readonly Flag[];
  /** Options of the action that it takes. */
  readonly options: readonly Flag[];
  /** What may stand in the place of its operands. */
  readonly completes: Completion;
  /** What stands after the name of the program, at least one. */
  readonly examples: readonly string[];
  /** Reads what follows the name. Throws UserError that names the word that was not understood. */
  read(rest: readonly string[]): Command;
}

/** Every flag that a command understands. */
export function flagsOf({ flags, options }: Pick<CommandEntry, 'flags' | 'options'>): readonly Flag[] {
  return [...flags, ...options];
}
