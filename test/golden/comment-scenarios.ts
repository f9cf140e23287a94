import type { CellVerdict } from '../../src/judge/cell-verdict.ts';
import type { Cell } from '../../src/model/cell.ts';
import type { CommentOptions } from '../../src/render/comment.ts';
import { buildReport, type Report } from '../../src/tables/report.ts';
import { fixtureJudgement, type JudgementRecipe } from '../fixtures/judgement/factory.ts';
import { type FixtureCell, flagged, pairedNoChange, tooNoisy } from '../fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntimes } from '../fixtures/results/factory.ts';
import { bundledFigures, type FixtureWorkload } from '../fixtures/results/figures.ts';
import { labelled } from './scenario.ts';
import { scenarios } from './scenarios.ts';

/** Where the comments of the golden files stand. */
export const commentOptions: CommentOptions = {
  name: 'concurrency',
  head: { commit: 'c0ffee'.repeat(6).padEnd(40, '0'), runId: 17_000_000_123, attempt: 1 },
  links: { run: 'https://github.com/octo/chat/actions/runs/17000000123' },
};

/** The report of a golden scenario. */
export function scenarioReport(wanted: string): Report {
  const found = scenarios.find(({ name }) => name === wanted);
  if (found === undefined) throw new RangeError(`there is no scenario ${wanted}`);
  return buildReport(found);
}

/** As many as every cell that stored runs clear says that it was compared with. */
const storedRuns = [42, 43, 44, 45, 46, 47, 48, 49];

const fifty = ['fan_out', 'fan_out_five', 'context_switch', 'memory_per_unit', 'web_scraping', 'chat_server', 'data_crunching'];

const is = (cell: Cell, workload: string, model: string) => cell.workload === workload && cell.model === model;

const onOlder = ({ runtime }: Cell) => runtime === fixtureRuntimes[0]?.id;

function verdictOfFifty(known: FixtureCell): CellVerdict | null {
  const { cell } = known;
  if (is(cell, 'chat_server', 'asyncio')) return flagged(known, { ratio: onOlder(cell) ? 1.131 : 1.124 });
  if (is(cell, 'chat_server', 'uvloop')) return flagged(known, { ratio: 1.21, p: 2e-6 });
  if (is(cell, 'web_scraping', 'uvloop') && onOlder(cell)) return flagged(known, { ratio: 0.84 });
  if (is(cell, 'context_switch', 'threads')) return tooNoisy(known);
  return is(cell, 'fan_out', 'thread_pool') ? pairedNoChange(known) : null;
}

/** A pull request over 25 cells on each of two Pythons, with something of most that a report can say. */
export function fiftyCells(): Report {
  const workloads = Object.fromEntries(Object.entries(bundledFigures).filter(([id]) => fifty.includes(id)));
  const results = fixtureResults({ run: 50, workloads });
  const stored = storedRuns.map((run) => fixtureResults({ run, workloads }));
  const judgement = fixtureJudgement({
    results,
    verdict: verdictOfFifty,
    hint: (cell) => (is(cell, 'chat_server', 'asyncio') ? 'blocking call' : null),
    confirmation: {},
    screen: { sentinels: 4 },
  });
  return buildReport(labelled({ results, baselineRuns: stored, storesBaseline: false, judgement }));
}

const plainUnits: FixtureWorkload = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };

/** Many cells, and how they are judged. */
interface ManyCells extends Omit<JudgementRecipe, 'results'> {
  /** Left out: by their number. */
  readonly name?: (index: number) => string;
  /** Numbers of stored runs; left out: there is none, so that nothing can be cleared by them. */
  readonly stored?: readonly number[];
}

/** Five models of each workload on two Pythons, so ten cells a workload. */
export function manyCells(count: number, { name = plainName, stored = [], ...recipe }: ManyCells): Report {
  const workloads = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [name(index), { ...plainUnits, title: `Load ${index}.` }]),
  );
  const results = fixtureResults({ run: 60, workloads, processes: 2 });
  const baselineRuns = stored.map((run) => fixtureResults({ run, workloads, processes: 1 }));
  const judgement = fixtureJudgement({ results, ...(stored.length === 0 ? { withoutBaseline: results.runtimes.length } : {}), ...recipe });
  return buildReport(labelled({ results, baselineRuns, storesBaseline: false, judgement }));
}

function plainName(index: number): string {
  return `load_${String(index).padStart(4, '0')}`;
}

/** Ten thousand cells, and every one of them slower. */
export function tenThousandRegressions(): Report {
  return manyCells(1000, { verdict: (known) => flagged(known, { ratio: 1.1 + known.figure / 2e-4 }), confirmation: {} });
}

/** Ten thousand cells that stored runs clear, but for two. */
export function tenThousandCells(): Report {
  return manyCells(1000, {
    stored: storedRuns,
    verdict: (known) => (known.cell.workload === 'load_0500' && known.cell.model === 'asyncio' ? flagged(known, { ratio: 1.124 }) : null),
    hint: () => 'blocking call',
    confirmation: {},
  });
}
