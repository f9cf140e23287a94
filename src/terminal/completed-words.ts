import { type CommandEntry, flagsOf } from './command-entry.ts';
import { type Flag, flagSwitch } from './flag.ts';
import { ofTheAction } from './option-flags.ts';

/** Flags that are understood after every command. */
const helpFlag: Flag = flagSwitch('help', 'explain the command and list its options');

/** First words of the command line, each with what it does; a word of several commands once, with the words that may follow it. */
export function firstWords(commands: readonly CommandEntry[]): ReadonlyMap<string, string> {
  const seconds = secondWords(commands);
  return new Map(
    commands.map(({ name, summary }) => {
      const [word = name] = name.split(' ');
      const following = seconds.get(word)?.map((entry) => entry.name.slice(word.length + 1));
      return [word, following?.join(', ') ?? summary];
    }),
  );
}

/** Second words, by the first one. */
export function secondWords(commands: readonly CommandEntry[]): ReadonlyMap<string, readonly CommandEntry[]> {
  return Map.groupBy(
    commands.filter(({ name }) => name.includes(' ')),
    ({ name }) => name.split(' ')[0] ?? name,
  );
}

/** What may follow a command. */
export function completedFlags(command: CommandEntry): readonly Flag[] {
  return [...flagsOf(command).filter(({ name }) => !ofTheAction.includes(name)), helpFlag];
}

/** A text between single quotes, as bash, zsh and other shells of Bourne's read it. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
