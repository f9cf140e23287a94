import { concurrencyModels } from '../model/concurrency-model.ts';
import { exportFormats } from '../model/export-format.ts';
import { gateWords } from '../model/verdict.ts';
import { type Flag, flag } from './flag.ts';

/** Options that the help shows together. */
export interface OptionGroup {
  readonly title: string;
  readonly flags: readonly Flag[];
}

const words = { gate: [...gateWords, 'none'], boolean: ['true', 'false'] } as const;

/**
 * The options of the action that mean something at a terminal, under the same names. An option that is added to
 * src/config/options.ts gets its line here, and with it its help and its completion.
 */
export const optionGroups: readonly OptionGroup[] = [
  {
    title: 'What is measured',
    flags: [
      flag('workloads', 'LIST', 'core, full, names, globs, paths of your own files; ! negates', { fallback: 'core', completes: 'file' }),
      flag('models', 'LIST', concurrencyModels.join(' '), { fallback: 'all', completes: concurrencyModels }),
      flag('python-version', 'LIST', '3.13, 3.13t, 3.13.0, 3.10-3.13, >=3.11, latest, a path, or all', {
        fallback: 'the two newest at hand',
        completes: ['latest', 'all'],
      }),
      flag('uvloop-version', 'LIST', 'latest, 0.22, 0.22.1, 0.19-0.22, >=0.20', { fallback: 'latest', completes: ['latest'] }),
      flag('python-install', 'WORD', 'never install a Python, or one that is missing with uv', {
        fallback: 'never',
        completes: ['never', 'missing'],
      }),
      flag('install', 'COMMAND', "run in each tree and environment before measuring, such as 'pip install .'", { fallback: 'none' }),
    ],
  },
  {
    title: 'What it is compared with',
    flags: [
      flag(
        'compare',
        'WORD',
        'auto: screen against the stored runs, confirm suspects in pairs where there is a base; baseline: stored runs only, suspects fail nothing; pairs: every cell in pairs, no screen',
        { fallback: 'auto', completes: ['auto', 'baseline', 'pairs'] },
      ),
      flag('base-ref', 'REF', 'branch, tag or commit to measure in pairs with', { fallback: 'none at a terminal' }),
      flag('null-run', 'BOOL', 'base and head are the same tree; --null is short for true', {
        fallback: 'false',
        completes: words.boolean,
      }),
      flag('baseline-store', 'WORD', 'file, or branch of a repository on GitHub', { fallback: 'file', completes: ['file', 'branch'] }),
      flag('baseline-branch', 'NAME', 'the branch of the store', { fallback: 'concurrency-baselines' }),
      flag('baseline-path', 'DIR', 'where earlier runs are kept', { fallback: '.concurrency-regressions/baseline', completes: 'folder' }),
      flag('trend-charts', 'BOOL', 'charts and a page of the stored runs, beside them', { fallback: 'true', completes: words.boolean }),
    ],
  },
  {
    title: 'How much is measured',
    flags: [
      flag('time-budget', 'TIME', '90s, 4m30s, 1h: fewer rounds and pairs rather than more time', {
        fallback: '4m30s; 15m where pairs may follow',
      }),
      flag('timeout', 'TIME', 'for one process, before it is killed and its cell is broken', { fallback: '60s' }),
      flag('processes', 'N', 'fresh processes for each cell', { fallback: '5' }),
      flag('values', 'N', 'measured values in each process', { fallback: '5' }),
      flag('confirm-pairs', 'LIST', 'pairs after which to look; the last at least 20', { fallback: '10,20,40' }),
      flag('max-suspects', 'N', 'most cells to confirm; the others are inconclusive', { fallback: 'no limit' }),
      flag('max-shards', 'N', 'plan: most shards, one for each Python at least', { fallback: '20' }),
      flag('shard', 'JSON', "measure: an entry's shard of the matrix that plan prints", { fallback: 'everything' }),
      flag('seed', 'N', 'seed of the schedule', { fallback: 'from the commit' }),
    ],
  },
  {
    title: 'What counts',
    flags: [
      flag('target', 'SHARE', 'slowdown that must not be missed', { fallback: '10%' }),
      flag('margin', 'SHARE', 'smallest change that is flagged', { fallback: '5%; half of a target below 10%' }),
      flag('alpha', 'SHARE', 'chance of any false flag in one comparison', { fallback: '1%' }),
      flag(
        'thresholds',
        'RULES',
        `target and margin of some cells as YAML, the last rule that fits wins: '[{workload: "chat_*", model: asyncio, target: 20%}]'`,
        { fallback: 'none' },
      ),
      flag('fail-on', 'LIST', `${gateWords.join(' ')}, or none`, { fallback: 'regression,broken,missing-shard', completes: words.gate }),
      flag('warn-on', 'LIST', 'the same words', { fallback: 'missing,missing-baseline,not-comparable', completes: words.gate }),
    ],
  },
  {
    title: 'Files',
    flags: [
      flag('working-directory', 'DIR', 'what relative paths are relative to', { fallback: '.', completes: 'folder' }),
      flag('config', 'FILE', 'options as YAML', { fallback: '.github/concurrency.yml', completes: 'file' }),
      flag('results', 'FILE', 'where this run is written; for report the files to read, paths and globs', {
        fallback: '.concurrency-regressions/results.json',
        completes: 'file',
      }),
      flag('report-path', 'FILE', 'Markdown report', { fallback: '.concurrency-regressions/report.md', completes: 'file' }),
      flag('html-report-path', 'FILE', 'HTML report', { fallback: '.concurrency-regressions/report.html', completes: 'file' }),
      flag('exports', 'LIST', `formats that the run is written in too, into .concurrency-regressions/exports: ${exportFormats.join(' ')}`, {
        fallback: 'none',
        completes: exportFormats,
      }),
    ],
  },
];

/** Options of the action that mean nothing at a terminal: understood, so that a workflow's can be tried here, and shown nowhere. */
export const ofTheAction: readonly string[] = ['mode', 'name', 'comment', 'check-run', 'override-label', 'job-summary'];

/** Every option, as a flag. */
export const optionFlags: readonly Flag[] = [
  ...optionGroups.flatMap(({ flags }) => flags),
  ...ofTheAction.map((name) => flag(name, 'VALUE', 'of the action alone')),
];

/** The options of these names. */
export function optionsNamed(...names: readonly string[]): readonly Flag[] {
  return optionFlags.filter(({ name }) => names.includes(name));
}
