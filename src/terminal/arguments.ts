import { parseArgs } from 'node:util';
import { UserError } from '../model/user-error.ts';

/** What the terminal was asked to do. */
export type Command =
  | { readonly kind: 'run' | 'measure' | 'doctor'; readonly flags: Readonly<Record<string, string>> }
  | { readonly kind: 'check-workload'; readonly file: string; readonly flags: Readonly<Record<string, string>> }
  | { readonly kind: 'compare'; readonly base: string; readonly head: string }
  | PairsCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

/** Two source trees to be compared on this machine. */
export interface PairsCommand {
  readonly kind: 'pairs';
  readonly base: string;
  readonly head: string;
  /** The flags that `pairs` reads in its own way. */
  readonly own: Readonly<Record<string, string>>;
  /** The flags that it shares with the other commands. */
  readonly flags: Readonly<Record<string, string>>;
}

/** Flags of `pairs` that are no option of the action, and the one whose words differ from it. */
const pairFlags = ['base', 'head', 'confirm-pairs', 'target', 'margin', 'alpha', 'fail-on'];

/** The text of `--help`. */
export const helpText = `concurrency-regressions: did threads, asyncio, uvloop, executors or processes get slower?

Usage
  concurrency-regressions run [options]           measure, compare with the stored baseline, report, store
  concurrency-regressions measure [options]       measure only; write the results file
  concurrency-regressions compare BASE HEAD       compare two results files
  concurrency-regressions pairs --base TREE --head TREE [options]   measure two source trees in turns
  concurrency-regressions check-workload FILE [options]   run a workload once under every model
  concurrency-regressions doctor [options]        show interpreters, machine and its noise

Options (each is an input of the action and a key of .github/concurrency.yml too)
  --workloads LIST         core, full, names, globs, or paths of your own files; ! negates   (core)
  --models LIST            sequential threads thread_pool asyncio uvloop executor processes interpreters   (all)
  --python-version LIST    3.13, 3.13t, 3.13.0, a path, or all   (the two newest at hand)
  --uvloop-version LIST    latest or exact versions   (latest)
  --processes N            fresh processes for each cell   (5)
  --values N               measured values in each process   (5)
  --time-budget TIME       90s, 4m30s, 1h: fewer rounds rather than more time   (4m30s)
  --timeout TIME           for one process, before it is killed and its cell is broken   (60s)
  --seed N                 seed of the schedule   (from the commit)
  --fail-on LIST           broken or none   (broken)
  --baseline-path DIR      where earlier runs are kept   (.concurrency-regressions/baseline)
  --results FILE           where this run is written   (.concurrency-regressions/results.json)
  --report-path FILE       where the Markdown report is written   (.concurrency-regressions/report.md)
  --working-directory DIR  what relative paths are relative to   (.)
  --config FILE            options as YAML   (.github/concurrency.yml)

Options of pairs only; workloads named by path are found in each tree, --processes plays no part
  --base TREE, --head TREE folders with the source before and after; the same folder twice shows false alarms
  --confirm-pairs LIST     pairs after which to look; the last at least 20   (10,20,40)
  --target SHARE           slowdown that must not be missed   (10%)
  --margin SHARE           smallest change that is flagged   (5%)
  --alpha SHARE            chance of any false flag in one comparison   (1%)
  --fail-on LIST           regression, broken or none   (regression,broken)

Exit code: 0 fine, 1 the gate failed, 2 the input is wrong, 130 interrupted.

Examples
  concurrency-regressions run --python-version 3.12,3.13
  concurrency-regressions run --workloads './benchmarks/*.py' --models threads,asyncio
  concurrency-regressions compare before.json after.json
  concurrency-regressions pairs --base ../main --head . --workloads benchmarks/parse.py
  concurrency-regressions check-workload ./benchmarks/parse.py --python-version 3.13
`;

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
  if (word === 'compare') return compareCommand(rest);
  if (word === 'check-workload') return checkCommand(rest, names);
  if (word === 'pairs') return pairsCommand(rest, names);
  if (word === 'run' || word === 'measure' || word === 'doctor') return { kind: word, flags: readFlags(word, rest, names) };
  throw new UserError(
    `There is no command "${word}".`,
    'The commands are run, measure, compare, pairs, check-workload and doctor; --help shows them all.',
  );
}

function compareCommand(rest: readonly string[]): Command {
  const [base, head, ...more] = rest;
  if (base === undefined || head === undefined || more.length > 0) {
    throw new UserError(
      `compare takes two results files, ${rest.length} given.`,
      'Write: concurrency-regressions compare BASE.json HEAD.json',
    );
  }
  return { kind: 'compare', base, head };
}

function checkCommand([file, ...rest]: readonly string[], names: readonly string[]): Command {
  if (file === undefined || file.startsWith('-')) {
    throw new UserError('check-workload takes a workload file.', 'Write: concurrency-regressions check-workload ./my_workload.py');
  }
  return { kind: 'check-workload', file, flags: readFlags('check-workload', rest, names) };
}

function pairsCommand(rest: readonly string[], names: readonly string[]): Command {
  const given = Object.entries(readFlags('pairs', rest, [...new Set([...names, ...pairFlags])]));
  const { base, head, ...own } = Object.fromEntries(given.filter(([name]) => pairFlags.includes(name)));
  if (base === undefined || head === undefined || base === '' || head === '') {
    throw new UserError(
      `pairs takes two source trees, and --${base === undefined || base === '' ? 'base' : 'head'} is not given.`,
      'Write: concurrency-regressions pairs --base ../main --head .',
    );
  }
  return { kind: 'pairs', base, head, own, flags: Object.fromEntries(given.filter(([name]) => !pairFlags.includes(name))) };
}

function readFlags(command: string, rest: readonly string[], names: readonly string[]): Readonly<Record<string, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...rest], options, allowPositionals: false, strict: true });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0]?.split('. ')[0] ?? '') : String(error);
    throw new UserError(`${command}: ${why}.`, 'concurrency-regressions --help lists the options.');
  }
}
