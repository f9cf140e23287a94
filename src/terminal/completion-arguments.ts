import { UserError } from '../model/user-error.ts';
import type { CommandEntry } from './command-entry.ts';
import { readFlags } from './flags.ts';
import { nearestWord } from './nearest-word.ts';

/** Shells that can be taught the commands. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/** A script that teaches a shell the commands is wanted. */
export interface CompletionCommand {
  readonly kind: 'completion';
  readonly shell: Shell;
}

export const completionEntry: CommandEntry = {
  name: 'completion',
  operands: 'bash|zsh|fish',
  summary: 'print a script that completes commands in a shell',
  details: [
    'bash: add to ~/.bashrc the line  source <(concurrency-regressions completion bash)',
    'zsh: write it to a file _concurrency-regressions in a folder of $fpath',
    'fish: write it to ~/.config/fish/completions/concurrency-regressions.fish',
  ],
  flags: [],
  options: [],
  completes: shells,
  examples: ['completion bash', 'completion fish'],
  read: readCompletion,
};

function readCompletion([word = '', ...rest]: readonly string[]): CompletionCommand {
  const shell = shells.find((each) => each === word);
  if (shell === undefined) {
    const meant = nearestWord(word, shells);
    const what = word === '' ? 'completion takes the name of a shell.' : `completion: There is no script for "${word}".`;
    throw new UserError(
      what,
      `${meant === null ? '' : `Did you mean ${meant}? `}Write: concurrency-regressions completion ${shells.join('|')}`,
    );
  }
  readFlags('completion', rest, []);
  return { kind: 'completion', shell };
}
