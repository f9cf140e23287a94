import { UserError } from '../model/user-error.ts';
import type { BaselineCommand } from './baseline-arguments.ts';
import type { CommandEntry } from './command-entry.ts';
import { commands } from './commands.ts';
import type { CompareCommand } from './compare-arguments.ts';
import type { CompletionCommand } from './completion-arguments.ts';
import type { ExportCommand } from './export-arguments.ts';
import { type HelpCommand, helpEntry } from './help-arguments.ts';
import type { InitCommand } from './init-arguments.ts';
import type { MeasuringCommand } from './measuring-arguments.ts';
import { nearestWord } from './nearest-word.ts';
import type { SimulateCommand } from './simulate-arguments.ts';

/** What the terminal was asked to do. `flags` are the options that were given, as text; `json` is whether to print JSON for other programs. */
export type Command =
  | MeasuringCommand
  | BaselineCommand
  | InitCommand
  | CompareCommand
  | ExportCommand
  | SimulateCommand
  | CompletionCommand
  | HelpCommand
  | { readonly kind: 'version' };

/**
 * Reads the command line.
 *
 * @throws UserError that names the word that was not understood, and the one that was most likely meant
 */
export function readArguments(argv: readonly string[]): Command {
  const [word = '--help', ...rest] = argv;
  if (word === '--version' || word === '-V') return { kind: 'version' };
  const command = isHelpFlag(word) || asksForHelp(rest) ? helpEntry.read(argv.filter((each) => !isHelpFlag(each))) : readCommand(argv);
  return command.kind === 'help' && command.topic !== null ? { ...command, topic: topicOf(command.topic.split(' ')) } : command;
}

function readCommand(argv: readonly string[]): Command {
  const entry = entryOf(argv);
  return entry.read(argv.slice(entry.name.split(' ').length));
}

/** Whether JSON is wanted, of words that need not be understood. */
export function wantsJson(argv: readonly string[]): boolean {
  return argv.includes('--json');
}

function isHelpFlag(word: string): boolean {
  return word === '--help' || word === '-h';
}

/** What follows a bare "--" is no flag. */
function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return (end < 0 ? rest : rest.slice(0, end)).some(isHelpFlag);
}

/** The command that help is wanted for; of a command's further words only those of its name count. */
function topicOf(words: readonly string[]): string {
  const [first = ''] = words;
  if (first === 'help' && words.length > 1) return topicOf(words.slice(1));
  if (isGroup(first) && (words[1] === undefined || words[1].startsWith('-'))) return first;
  return entryOf(words).name;
}

function isGroup(word: string): boolean {
  return commands.some(({ name }) => name.startsWith(`${word} `));
}

function entryOf(argv: readonly string[]): CommandEntry {
  const [first = '', second = ''] = argv;
  const found = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  if (found !== undefined) return found;
  return isGroup(first) ? refuseSecond(first, second) : refuseFirst(first);
}

function refuseFirst(word: string): never {
  const names = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
  const meant = nearestWord(word, names);
  const all = `The commands are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}; --help shows them all.`;
  throw new UserError(`There is no command "${word}".`, meant === null ? all : `Did you mean ${meant}? ${all}`);
}

function refuseSecond(group: string, word: string): never {
  const seconds = commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
  const meant = nearestWord(word, seconds);
  const none = word === '' || word.startsWith('-');
  throw new UserError(
    none ? `${group} takes a command, and none is given.` : `There is no command "${group} ${word}".`,
    `${meant === null ? '' : `Did you mean ${group} ${meant}? `}The commands are ${group} ${seconds.join(', ')}; ${group} --help explains them.`,
  );
}
