import { parseArgs } from 'node:util';
import { UserError } from '../model/user-error.ts';

/** Options that were given, as text. */
export type Flags = Readonly<Record<string, string>>;

/** The flags of a command that takes nothing else. Throws UserError that names the word that was not understood. */
export function readFlags(command: string, rest: readonly string[], names: readonly string[]): Flags {
  const { values, positionals } = parseFlags(command, rest, names);
  if (positionals.length === 0) return values;
  throw new UserError(`${command}: Unexpected argument '${positionals[0]}'.`, 'concurrency-regressions --help lists the options.');
}

/** Flags without a value. */
const switches: ReadonlySet<string> = new Set(['null', 'json', 'damaged', 'force', 'dry-run']);

/** The flags of a command, each as text, and its other words. Throws UserError that names the word that was not understood. */
export function parseFlags(command: string, rest: readonly string[], names: readonly string[]) {
  const options = Object.fromEntries(
    names.map((name) => [name, { type: switches.has(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
    return { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])), positionals };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0]?.split('. ')[0] ?? '') : String(error);
    throw new UserError(`${command}: ${why.replace(/\.$/, '')}.`, remedyOf(why));
  }
}

function remedyOf(why: string): string {
  const ambiguous = /^Option '(--[\w-]+)' argument is ambiguous/.exec(why)?.[1];
  if (ambiguous === undefined) return 'concurrency-regressions --help lists the options.';
  return `Give it a value; one that starts with a dash is written ${ambiguous}=VALUE.`;
}
