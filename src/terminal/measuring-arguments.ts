import { UserError } from '../model/user-error.ts';
import type { CommandEntry } from './command-entry.ts';
import { flag, flagSwitch, jsonFlag } from './flag.ts';
import { type Flags, helpRemedy, parseFlags, readFlags } from './flags.ts';
import { measuringOptions } from './measuring-options.ts';
import { optionFlags } from './option-flags.ts';

/** A command that takes the options of the action and little else. */
export type MeasuringCommand =
  | { readonly kind: 'run' | 'plan' | 'measure' | 'report' | 'doctor'; readonly json: boolean; readonly flags: Flags }
  | { readonly kind: 'check-workload'; readonly file: string; readonly json: boolean; readonly flags: Flags }
  | PairsCommand;

/** Two source trees to be compared on this machine. */
export interface PairsCommand {
  readonly kind: 'pairs';
  readonly base: string;
  readonly head: string;
  readonly json: boolean;
  readonly flags: Flags;
}

const runFlags = [flagSwitch('null', 'this tree against itself: shows false alarms'), jsonFlag];
const treeFlags = [
  flag('base', 'TREE', 'folder with the source before', { completes: 'folder' }),
  flag('head', 'TREE', 'folder with the source after; twice the same shows false alarms', { completes: 'folder' }),
  jsonFlag,
];

/** Every option is understood by all of these, so that one set of flags serves them; the help of each lists what it makes use of. */
const shared = { operands: '', details: [], flags: [jsonFlag], completes: null } as const;

export const runEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['run'],
  name: 'run',
  summary: 'measure, compare, confirm, report, store',
  details: ['Ctrl-C keeps what was measured and says how to go on; a second one ends at once.'],
  flags: runFlags,
  examples: [
    'run --python-version 3.12,3.13',
    "run --workloads './benchmarks/*.py' --models threads,asyncio",
    "run --base-ref origin/main --install 'pip install .'",
    'run --null --workloads chat_server',
  ],
  read: readRun,
};

export const planEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['plan'],
  name: 'plan',
  summary: 'share a run out over the jobs of a matrix',
  details: ['With --json it prints the matrix that a workflow takes.'],
  examples: ['plan --python-version 3.12,3.13', 'plan --max-shards 4 --json'],
  read: (rest) => simple('plan', rest),
};

export const measureEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['measure'],
  name: 'measure',
  summary: 'measure and compare; write the results file',
  examples: ['measure --python-version 3.13 --results before.json'],
  read: (rest) => simple('measure', rest),
};

export const reportEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['report'],
  name: 'report',
  summary: 'judge and report results files, no Python needed',
  examples: ['report', "report --results 'shards/*.json' --json"],
  read: (rest) => simple('report', rest),
};

export const doctorEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['doctor'],
  name: 'doctor',
  summary: 'show interpreters, machine and its noise',
  details: ['Measures null pairs for a minute, or for --time-budget.'],
  examples: ['doctor', 'doctor --time-budget 3m --json'],
  read: (rest) => simple('doctor', rest),
};

export const checkWorkloadEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['check-workload'],
  name: 'check-workload',
  operands: 'FILE',
  summary: 'run a workload once under every model',
  completes: 'file',
  examples: ['check-workload ./benchmarks/parse.py --python-version 3.13'],
  read: readCheckWorkload,
};

export const pairsEntry: CommandEntry = {
  ...shared,
  options: measuringOptions['pairs'],
  name: 'pairs',
  summary: 'measure two trees in turns',
  details: ['Workloads named by path are found in each tree. --processes and the stored runs play no part.'],
  flags: treeFlags,
  examples: ['pairs --base ../main --head . --workloads benchmarks/parse.py'],
  read: readPairs,
};

function simple(kind: 'plan' | 'measure' | 'report' | 'doctor', rest: readonly string[]): MeasuringCommand {
  const { json, ...flags } = readFlags(kind, rest, [...shared.flags, ...optionFlags]);
  return { kind, json: json === 'true', flags };
}

function readRun(rest: readonly string[]): MeasuringCommand {
  const { null: isNull, json, ...flags } = readFlags('run', rest, [...runFlags, ...optionFlags]);
  const command = { kind: 'run', json: json === 'true', flags } as const;
  if (isNull === undefined) return command;
  if ((flags['null-run'] ?? 'true') === 'true') return { ...command, flags: { ...flags, 'null-run': 'true' } };
  throw new UserError(`run: --null and --null-run ${flags['null-run']} are both given.`, 'Leave one of them out.');
}

function readCheckWorkload(rest: readonly string[]): MeasuringCommand {
  const { values, positionals } = parseFlags('check-workload', rest, [...shared.flags, ...optionFlags]);
  const { json, ...flags } = values;
  const [file, unexpected] = positionals;
  if (file === undefined)
    throw new UserError('check-workload takes a workload file.', 'Write: concurrency-regressions check-workload ./my_workload.py');
  if (unexpected === undefined) return { kind: 'check-workload', file, json: json === 'true', flags };
  throw new UserError(`check-workload: Unexpected argument '${unexpected}'.`, helpRemedy('check-workload'));
}

function readPairs(rest: readonly string[]): MeasuringCommand {
  const { base = '', head = '', json, ...flags } = readFlags('pairs', rest, [...treeFlags, ...optionFlags]);
  if (base !== '' && head !== '') return { kind: 'pairs', base, head, json: json === 'true', flags };
  throw new UserError(
    `pairs takes two source trees, and --${base === '' ? 'base' : 'head'} is not given.`,
    'Write: concurrency-regressions pairs --base ../main --head .',
  );
}
