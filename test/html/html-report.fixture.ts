import { createHash } from 'node:crypto';
import { figuredRun } from '../../src/judge/figured-run.ts';
import { judgeParts } from '../../src/judge/judge-parts.ts';
import { pairRules, samplePairs } from '../../src/judge/pair.fixture.ts';
import { screenPart } from '../../src/judge/run-part.ts';
import type { Cell } from '../../src/model/cell.ts';
import type { PairSuspect } from '../../src/model/pair-suspect.ts';
import type { PairsOfRun } from '../../src/model/pairs-of-run.ts';
import type { Results } from '../../src/model/results.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import type { HtmlReport } from '../../src/render/html/html-report.ts';
import { median } from '../../src/stats/quantiles.ts';
import { buildReport } from '../../src/tables/report.ts';
import { everyRun } from '../../src/tables/stored-runs.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { bundledAxes, bundledFigures } from '../fixtures/results/figures.ts';
import { hostile } from '../golden/hostile.ts';

/** How a report with all that its figures were made from comes to be. */
export interface HtmlReportRecipe {
  readonly results: Results;
  /** Oldest first. */
  readonly baselineRuns: readonly Results[];
  /** Cells of which pairs are measured. */
  readonly isPaired: (cell: Cell) => boolean;
  /** ln(head / base) of those; 0 unless told. */
  readonly effectOf?: (cell: Cell) => number;
}

const rules = {
  ...pairRules,
  failOn: ['regression', 'broken'],
  warnOn: ['missing'],
  maxSuspects: null,
  usesBaseline: true,
  nullRun: false,
} as const;

/** A report that was judged by its samples, as one job makes it. */
export function htmlReportOf(recipe: HtmlReportRecipe): HtmlReport {
  const { baselineRuns } = recipe;
  const pairs = pairsOf(recipe);
  const comparison = { baseline: everyRun(baselineRuns), pairs, looks: pairRules.design.looks };
  const stored = baselineRuns.map(figuredRun);
  const part = { name: 'results.json', results: figuredRun({ ...recipe.results, comparison }), baselineRuns: stored };
  const { results, judgement } = judgeParts([part], [], rules);
  const report = buildReport({
    results,
    baselineRuns: [],
    parts: [part],
    storesBaseline: false,
    judgement,
    overrideLabel: 'accept-regression',
  });
  return { report, parts: [part] };
}

function pairsOf({ results, baselineRuns, isPaired, effectOf = () => 0 }: HtmlReportRecipe): PairsOfRun {
  const thresholds = { rules: [], fallback: pairRules.threshold };
  const screened = screenPart({ results, baselineRuns }, { thresholds, maxSuspects: null, sentinels: true });
  const suspects = screened
    .filter(({ cell }) => isPaired(cell))
    .flatMap(({ id, cell, metric }): readonly PairSuspect[] => {
      const runtime = results.runtimes.find((each) => each.id === cell.runtime);
      return runtime === undefined ? [] : [{ id, cell, metric, runtimes: { base: runtime, head: runtime }, sourceDiffers: false }];
    });
  const pairs = new Map(
    suspects.map(({ id, cell, metric }) => {
      const factor = levelOf(results, cell, metric.id) / Math.exp(effectOf(cell)) / 0.002;
      const made = samplePairs(id, { effect: effectOf(cell), metric: metric.id, noise: noiseOf(cell) });
      return [id, made.map(({ base, head }) => ({ base: scaled(base, factor), head: scaled(head, factor) }))];
    }),
  );
  const outcome = { pairs, broken: new Map(), looksTaken: 3, processes: 80 * suspects.length, endedBy: 'schedule' } as const;
  const base = { commit: commitOf(-1), origin: 'merge base with origin/main', notes: [] };
  const plan = { suspects, lone: [], notComparable: [] };
  return { kind: 'pairs', run: { base, plan, series: [{ suspects, outcome }], movedFamilies: [], seconds: 1.4 * suspects.length * 40 } };
}

function levelOf({ samples }: Results, { workload, model }: Cell, metric: string): number {
  const values = samples.flatMap((sample) =>
    sample.status === 'measured' && sample.cell.workload === workload && sample.cell.model === model ? (sample.values[metric] ?? []) : [],
  );
  return values.length === 0 ? 0.002 : median(values);
}

function scaled(sample: MeasuredSample, factor: number): MeasuredSample {
  return {
    ...sample,
    values: Object.fromEntries(Object.entries(sample.values).map(([id, all]) => [id, all.map((value) => value * factor)])),
  };
}

function noiseOf({ model }: Cell): number {
  return model === 'threads' || model === 'thread_pool' ? 0.18 : 0.02;
}

/** A commit as commits look. */
function commitOf(run: number): string {
  return createHash('sha1').update(`run ${run}`).digest('hex');
}

const slower = new Map([
  ['chat_server asyncio', 0.14],
  ['web_scraping uvloop', 0.21],
  ['spawn asyncio', -0.12],
]);

/** A pull request like many: two cells slower, one faster, some that stay open, one broken, and a branch whose level changed once. */
export function pullRequestReport(): HtmlReport {
  const runtimes = [fixtureRuntime('3.13.0'), fixtureRuntime('3.14.0t')];
  const recipe = { runtimes, axes: bundledAxes, noise: 0.015 };
  const effectOf = ({ workload, model, params }: Cell) => (params === '' ? (slower.get(`${workload} ${model}`) ?? 0) : 0);
  const results = fixtureResults({
    ...recipe,
    run: 41,
    also: { commit: commitOf(41) },
    factor: (cell) => Math.exp(effectOf(cell)),
    breaks: ({ workload, model, params }, round) =>
      workload === 'blocking_calls' && model === 'executor' && params === '' && round === 2
        ? { kind: 'wrong result', message: 'AssertionError: 63 of 64 answers arrived (blocking_calls.py:88)', output: tracebackText }
        : null,
  });
  const baselineRuns = Array.from({ length: 20 }, (_, run) =>
    fixtureResults({
      ...recipe,
      run,
      also: { commit: commitOf(run) },
      factor: ({ workload, model }) => (run < 9 && workload === 'chat_server' && model === 'asyncio' ? 0.8 : 1),
    }),
  );
  const isPaired = (cell: Cell) => slower.has(`${cell.workload} ${cell.model}`) || (cell.params === '' && cell.workload.startsWith('s'));
  return htmlReportOf({ results, baselineRuns, isPaired, effectOf });
}

const tracebackText = `Traceback (most recent call last):
  File "blocking_calls.py", line 88, in verify
    assert len(results) == work.n
AssertionError: 63 of 64 answers arrived`;

/** A report whose names, titles and outputs try to leave their places, each with one more attempt. */
export function hostileReport(attempts: readonly string[]): HtmlReport {
  const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
  const names = [hostile, ...attempts];
  const results = fixtureResults({
    run: 7,
    runtimes: [fixtureRuntime(`3.13.0${hostile}`)],
    workloads: Object.fromEntries(names.map((name) => [name, { ...spawn, title: name }])),
    axes: Object.fromEntries(names.map((name) => [name, []])),
    breaks: ({ workload, model }) =>
      model === 'threads' ? { kind: 'error', message: workload, output: `${workload}\n</pre></script>` } : null,
    also: {
      unavailable: [{ requested: hostile, reason: hostile }],
      warnings: [{ code: 'baseline damaged', file: hostile, line: 3, reason: hostile }],
    },
  });
  return htmlReportOf({ results, baselineRuns: [], isPaired: ({ model }) => model === 'asyncio', effectOf: () => 0.3 });
}
