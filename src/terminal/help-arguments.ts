import type { CommandEntry } from './command-entry.ts';

/** An explanation is wanted. */
export interface HelpCommand {
  readonly kind: 'help';
  /** A command, the first word of several, or null for the program. */
  readonly topic: string | null;
}

export const helpEntry: CommandEntry = {
  name: 'help',
  operands: '[COMMAND]',
  summary: 'explain the program or a command',
  details: [],
  flags: [],
  options: [],
  completes: null,
  examples: ['help', 'help baseline accept'],
  read: (rest) => ({ kind: 'help', topic: rest.length === 0 ? null : rest.join(' ') }),
};
