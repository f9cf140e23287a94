import { shareFrom } from '../model/share.ts';
import { UserError } from '../model/user-error.ts';
import { type BaselineCommand, readBaselineArguments } from './baseline-arguments.ts';
import { type Flags, parseFlags, readFlags } from './flags.ts';
import { type InitCommand, readInitArguments } from './init-arguments.ts';

/** What the terminal was asked to do. `flags` are the options that were given, as text. */
export type Command =
  | { readonly kind: 'run' | 'measure' | 'report' | 'doctor'; readonly flags: Flags }
  | { readonly kind: 'plan'; readonly json: boolean; readonly flags: Flags }
  | { readonly kind: 'check-workload'; readonly file: string; readonly flags: Flags }
  | BaselineCommand
  | InitCommand
  | CompareCommand
  | PairsCommand
  | SimulateCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

/** Two results files to be compared. */
export interface CompareCommand {
  readonly kind: 'compare';
  readonly base: string;
  readonly head: string;
  /** Level of each comparison, in (0, 1). */
  readonly alpha: number;
  /** Whether to print JSON for other programs. */
  readonly json: boolean;
}

/** Two source trees to be compared on this machine. */
export interface PairsCommand {
  readonly kind: 'pairs';
  readonly base: string;
  readonly head: string;
  readonly flags: Flags;
}

/** Pull requests to be simulated and judged. */
export interface SimulateCommand {
  readonly kind: 'simulate';
  /** For each figure, 10 to 100,000. */
  readonly pullRequests: number;
  readonly seed: string;
  /** Of each pull request, 1 to 1000. */
  readonly cells: number;
  /** Kinds of machine as they were named, without repeats; empty for all. */
  readonly scenarios: readonly string[];
}

/**
 * Reads the command line.
 *
 * @param names the options that every command that measures takes
 * @throws UserError that names the word that was not understood
 */
export function readArguments(argv: readonly string[], names: readonly string[]): Command {
  const [word = 'help', ...rest] = argv;
  if (word === '--help' || word === '-h' || word === 'help' || rest.includes('--help')) return { kind: 'help' };
  if (word === '--version') return { kind: 'version' };
  const read = commands.get(word);
  if (read !== undefined) return read(rest, names);
  throw new UserError(
    `There is no command "${word}".`,
    'The commands are run, plan, measure, report, compare, pairs, baseline, check-workload, doctor, init and simulate; --help shows them all.',
  );
}

type CommandReader = (rest: readonly string[], names: readonly string[]) => Command;

const commands: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ['run', (rest, names) => ({ kind: 'run', flags: runFlags(rest, names) })],
  ['plan', planCommand],
  ['measure', (rest, names) => ({ kind: 'measure', flags: readFlags('measure', rest, names) })],
  ['report', (rest, names) => ({ kind: 'report', flags: readFlags('report', rest, names) })],
  ['compare', compareCommand],
  ['pairs', pairsCommand],
  ['baseline', readBaselineArguments],
  ['check-workload', checkCommand],
  ['doctor', (rest, names) => ({ kind: 'doctor', flags: readFlags('doctor', rest, names) })],
  ['init', readInitArguments],
  ['simulate', simulateCommand],
]);

function runFlags(rest: readonly string[], names: readonly string[]): Flags {
  const { null: isNull, ...flags } = readFlags('run', rest, [...names, 'null']);
  if (isNull === undefined) return flags;
  if ((flags['null-run'] ?? 'true') === 'true') return { ...flags, 'null-run': 'true' };
  throw new UserError(`run: --null and --null-run ${flags['null-run']} are both given.`, 'Leave one of them out.');
}

function planCommand(rest: readonly string[], names: readonly string[]): Command {
  const { json, ...flags } = readFlags('plan', rest, [...names, 'json']);
  return { kind: 'plan', json: json === 'true', flags };
}

function compareCommand(rest: readonly string[]): Command {
  const { values, positionals } = parseFlags('compare', rest, ['alpha', 'json']);
  const [base, head, ...more] = positionals;
  if (base === undefined || head === undefined || more.length > 0) {
    throw new UserError(
      `compare takes two results files, ${positionals.length} given.`,
      'Write: concurrency-regressions compare BASE.json HEAD.json',
    );
  }
  const alpha = shareFrom(values['alpha'] ?? '5%') ?? Number.NaN;
  if (alpha > 0 && alpha < 1) return { kind: 'compare', base, head, alpha, json: values['json'] === 'true' };
  throw new UserError(`compare: --alpha is "${values['alpha']}".`, 'Give a share above 0% and below 100%, such as 5% or 0.05.');
}

function checkCommand([file, ...rest]: readonly string[], names: readonly string[]): Command {
  if (file === undefined || file.startsWith('-')) {
    throw new UserError('check-workload takes a workload file.', 'Write: concurrency-regressions check-workload ./my_workload.py');
  }
  return { kind: 'check-workload', file, flags: readFlags('check-workload', rest, names) };
}

function pairsCommand(rest: readonly string[], names: readonly string[]): Command {
  const { base = '', head = '', ...flags } = readFlags('pairs', rest, [...names, 'base', 'head']);
  if (base !== '' && head !== '') return { kind: 'pairs', base, head, flags };
  throw new UserError(
    `pairs takes two source trees, and --${base === '' ? 'base' : 'head'} is not given.`,
    'Write: concurrency-regressions pairs --base ../main --head .',
  );
}

function simulateCommand(rest: readonly string[]): Command {
  const flags = readFlags('simulate', rest, ['pull-requests', 'seed', 'cells', 'scenario']);
  const scenarios = (flags['scenario'] ?? '').split(/[\s,]+/).filter((name) => name !== '');
  return {
    kind: 'simulate',
    pullRequests: wholeNumber('pull-requests', flags['pull-requests'] ?? '100', { least: 10, most: 100_000 }),
    seed: flags['seed'] ?? 'acceptance 1',
    cells: wholeNumber('cells', flags['cells'] ?? '100', { least: 1, most: 1000 }),
    scenarios: [...new Set(scenarios)],
  };
}

function wholeNumber(name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UserError(`simulate: --${name} is "${text}".`, `Give a whole number from ${least} to ${most}.`);
}
