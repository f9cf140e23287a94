import { parseArgs } from 'node:util';
import { UserError } from '../model/user-error.ts';
import type { Flag } from './flag.ts';
import { nearestWord } from './nearest-word.ts';

/** Options that were given, as text. */
export type Flags = Readonly<Record<string, string>>;

/** What followed a command. */
export interface GivenWords {
  readonly values: Flags;
  /** What is no flag and no value of one. */
  readonly positionals: readonly string[];
}

/** The flags of a command that takes nothing else. Throws UserError that names the word that was not understood. */
export function readFlags(command: string, rest: readonly string[], known: readonly Flag[]): Flags {
  const { values, positionals } = parseFlags(command, rest, known);
  if (positionals.length === 0) return values;
  throw new UserError(`${command}: Unexpected argument '${positionals[0]}'.`, helpRemedy(command));
}

/** The flags of a command, each as text, and its other words. Throws UserError that names the word that was not understood. */
export function parseFlags(command: string, rest: readonly string[], known: readonly Flag[]): GivenWords {
  const options = Object.fromEntries(
    known.map(({ name, value }) => [name, { type: value === null ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true, tokens: true });
    refuseRepeated(command, tokens, known);
    return { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])), positionals };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = error instanceof Error ? (error.message.split('\n')[0]?.split('. ')[0] ?? '') : String(error);
    throw new UserError(`${command}: ${why.replace(/\.$/, '')}.`, remedyOf(why, command, known));
  }
}

/** A word of the command line, as the parser took it. */
type Word = { readonly kind: 'option'; readonly name: string; readonly value: string | undefined } | { readonly kind: string };

/** Of a flag that is given twice the parser keeps the last, and drops the first without a word. */
function refuseRepeated(command: string, words: readonly Word[], known: readonly Flag[]): void {
  const given = words.flatMap((word) => ('name' in word && word.value !== undefined ? [{ name: word.name, value: word.value }] : []));
  const repeated = given.find(({ name }, place) => given.findIndex((each) => each.name === name) < place);
  if (repeated === undefined) return;
  const isList = known.some(({ name, value }) => name === repeated.name && value === 'LIST');
  const joined = given.flatMap(({ name, value }) => (name === repeated.name ? [value] : [])).join(',');
  throw new UserError(
    `${command}: --${repeated.name} is given more than once.`,
    isList ? `Join the items by commas: --${repeated.name} '${joined}'.` : 'Leave one of them out.',
  );
}

/** Where the flags of a command are told. */
export function helpRemedy(command: string): string {
  return `concurrency-regressions ${command} --help lists the options.`;
}

function remedyOf(why: string, command: string, known: readonly Flag[]): string {
  const ambiguous = /^Option '(--[\w-]+)' argument is ambiguous/.exec(why)?.[1];
  if (ambiguous !== undefined) return `Give it a value; one that starts with a dash is written ${ambiguous}=VALUE.`;
  const unknown = /^Unknown option '--([^']+)'/.exec(why)?.[1];
  const names = known.map(({ name }) => name);
  const meant = unknown === undefined ? null : nearestWord(unknown, names);
  return `${meant === null ? '' : `Did you mean --${meant}? `}${helpRemedy(command)}`;
}
