import type { CommandEntry } from './command-entry.ts';
import type { Shell } from './completion-arguments.ts';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import { zshScript } from './completion-zsh.ts';

const scripts: Readonly<Record<Shell, (commands: readonly CommandEntry[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The script that teaches a shell the commands, their flags and what may follow those. */
export function completionScript(shell: Shell, commands: readonly CommandEntry[]): string {
  return scripts[shell](commands);
}
