import type { CommandEntry } from './command-entry.ts';
import { completedFlags, firstWords, secondWords } from './completed-words.ts';
import type { Completion, Flag } from './flag.ts';

const complete = 'complete -c concurrency-regressions';

/** A script for fish 3 and later. */
export function fishScript(commands: readonly CommandEntry[]): string {
  const seconds = [...secondWords(commands)];
  const lines = [
    '# Completion of concurrency-regressions for fish.',
    `${complete} -f`,
    ...[...firstWords(commands)].map(([word, summary]) => `${complete} -n __fish_use_subcommand -a ${word} -d ${quoted(summary)}`),
    ...seconds.flatMap(([word, entries]) => secondLines(word, entries)),
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join('\n')}\n`;
}

function secondLines(word: string, entries: readonly CommandEntry[]): readonly string[] {
  const words = entries.map(({ name }) => name.slice(word.length + 1));
  const condition = quoted(`__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${words.join(' ')}`);
  return entries.map(({ summary }, index) => `${complete} -n ${condition} -a ${words[index]} -d ${quoted(summary)}`);
}

function commandLines(command: CommandEntry): readonly string[] {
  const condition = quoted(
    command.name
      .split(' ')
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join('; and '),
  );
  const flags = completedFlags(command).map((flag) => `${complete} -n ${condition} ${flagSpec(flag)}`);
  return command.completes === null ? flags : [...flags, `${complete} -n ${condition} ${argumentSpec(command.completes, false)}`];
}

function flagSpec({ name, value, words, completes }: Flag): string {
  const spec = `-l ${name} -d ${quoted(words)}`;
  return value === null ? spec : `${spec} -x${completes === null ? '' : ` ${argumentSpec(completes, value === 'LIST')}`}`;
}

/** Flags are exclusive, so that files are offered only where they are asked for. */
function argumentSpec(completes: Exclude<Completion, null>, isList: boolean): string {
  if (completes === 'file') return `-a '(__fish_complete_path (commandline -ct))'`;
  if (completes === 'folder') return `-a '(__fish_complete_directories (commandline -ct))'`;
  return isList ? `-a '(__fish_append , ${completes.join(' ')})'` : `-a ${quoted(completes.join(' '))}`;
}

/** Between single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
