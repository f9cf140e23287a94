/**
 * What the suite costs and how noisy it is, cell by cell; writes docs/suite.md.
 *
 *   npm run bench:suite [-- core|full [PYTHON ...]]
 *
 * Measures every cell of the set with ten fresh processes in shuffled rounds. The spread is the standard deviation of
 * the logarithm between process values of the cell's gate metric. Processes for 3 % are those whose median has a
 * standard error of 3 %: n = (1.2533 s / 0.03)^2, the large-sample error of a median of normal values (Kendall and
 * Stuart, The Advanced Theory of Statistics 1, 10.11).
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../src/config/options.ts';
import { indexCells, type MeasuredCell } from '../src/judge/cell-index.ts';
import { processValues } from '../src/judge/process-value.ts';
import { modelLabel } from '../src/model/concurrency-model.ts';
import { ofEachProcess } from '../src/model/processes.ts';
import type { Results } from '../src/model/results.ts';
import { type Runtime, runtimeLabel } from '../src/model/runtime.ts';
import { prepareHead } from '../src/pipeline/head.ts';
import { progressOn } from '../src/pipeline/progress.ts';
import { measureHead } from '../src/pipeline/rounds.ts';
import { noJournal } from '../src/pipeline/run-journal.ts';
import { figureText } from '../src/render/number.ts';
import { median, standardDeviation } from '../src/stats/quantiles.ts';
import { geometricMean, logarithms } from '../src/stats/welch.ts';

const root = join(import.meta.dirname, '..');
const processes = 10;
const medianError = 1.2533;
const wantedError = 0.03;
const [set = 'core', ...pythons] = process.argv.slice(2);
const defaults = readOptions([]);

interface CellCost {
  readonly name: string;
  readonly metric: string;
  readonly center: string;
  /** Standard deviation of the logarithm between processes, or null where a value is not above 0. */
  readonly spread: number | null;
  readonly needed: number | null;
  /** Median wall seconds of one process. */
  readonly seconds: number;
}

function costOf({ cell, gate, processes }: MeasuredCell): CellCost {
  const values = processValues(processes, gate);
  const positive = values.length >= 3 && values.every((value) => value > 0);
  const spread = positive ? standardDeviation(logarithms(values)) : null;
  const scaled = cell.params === '' ? '' : ` [${cell.params}]`;
  return {
    name: `${cell.workload}${scaled} ${modelLabel(cell.model)}`,
    metric: gate.label,
    center: positive ? figureText(geometricMean(values), gate.unit) : figureText(median(values), gate.unit),
    spread,
    needed: spread === null ? null : Math.max(1, Math.ceil(((medianError * spread) / wantedError) ** 2)),
    seconds: median(ofEachProcess(processes, (process) => processes.phases(process).total)),
  };
}

function section(results: Results, runtime: Runtime): readonly string[] {
  const states = [...indexCells(results).states.values()].filter(({ cell }) => cell.runtime === runtime.id);
  const costs = states.filter((state) => state.status === 'measured').map(costOf);
  const broken = states.filter(({ status }) => status === 'broken');
  const total = costs.reduce((sum, { seconds }) => sum + seconds, 0) * defaults.processes;
  const ordered = costs.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return [
    `## Python ${runtimeLabel(runtime)}, ${Object.entries(runtime.packages)
      .map((entry) => entry.join(' '))
      .join(', ')}`,
    '',
    `${costs.length} cells; ${defaults.processes} processes each, the default, take ${(total / 60).toFixed(1)} minutes. Median spread ${percent(median(costs.flatMap(({ spread }) => spread ?? [])))}. Broken: ${broken.length}.`,
    '',
    '| cell | judged by | figure | process to process | processes for 3 % | one process |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ordered.map(
      (cost) =>
        `| ${cost.name} | ${cost.metric} | ${cost.center} | ${cost.spread === null ? '–' : percent(cost.spread)} | ${cost.needed ?? '–'} | ${cost.seconds.toFixed(2)} s |`,
    ),
    '',
  ];
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'suite-'));
  const given = {
    workloads: set,
    processes,
    'python-version': pythons,
    'time-budget': 21_600,
    results: join(scratch, 'results.json'),
    seed: 1,
  };
  const options = readOptions([{ source: 'bench', given }]);
  const head = await prepareHead(options, {
    environment: process.env,
    home: homedir(),
    cwd: root,
    workloadsFolder: join(root, 'workloads'),
    workflow: null,
    repository: null,
    progress: progressOn(process.stderr),
    signal: new AbortController().signal,
  });
  const plan = { rounds: processes, budgetSeconds: given['time-budget'], seed: given.seed, journal: noJournal() };
  const results = await measureHead(head, plan);
  const { machine } = results;
  const lines = [
    `# The ${set} set, measured`,
    '',
    `Made by \`npm run bench:suite -- ${[set, ...pythons].join(' ')}\` on ${machine.cpus} × ${machine.cpuModel}, ${machine.os}, ${results.created.slice(0, 10)}: ${processes} processes for each cell, shuffled, seed 1.`,
    '',
    ...results.runtimes.flatMap((runtime) => section(results, runtime)),
  ];
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs', set === 'core' ? 'suite.md' : `suite-${set}.md`), lines.join('\n'));
  console.log(lines.join('\n'));
}

await main();
