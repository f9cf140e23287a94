import type { CellVerdict } from '../../src/judge/cell-verdict.ts';
import type { Cell } from '../../src/model/cell.ts';
import type { CommentOptions } from '../../src/render/comment.ts';
import { buildReport, type Report } from '../../src/tables/report.ts';
import { fixtureJudgement, type JudgementRecipe } from '../fixtures/judgement/factory.ts';
import { type FixtureCell, flagged, pairedNoChange, tooNoisy } from '../fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntimes } from '../fixtures/results/factory.ts';
import { bundledFigures, type FixtureWorkload } from '../fixtures/results/figures.ts';
import { scenarios } from './scenarios.ts';

/** Where the comments of the golden files stand. */
export const commentOptions: CommentOptions = {
  name: 'concurrency',
  head: { commit: 'c0ffee'.repeat(6).padEnd(40, '0'), runId: 17_000_000_123, attempt: 1 },
  links: {
    run: 'https://github.com/octo/chat/actions/runs/17000000123',
    report: 'https://github.com/octo/chat/actions/runs/17000000123/artifacts/99',
  },
};

/** The report of a golden scenario. */
export function scenarioReport(wanted: string): Report {
  const found = scenarios.find(({ name }) => name === wanted);
  if (found === undefined) throw new RangeError(`there is no scenario ${wanted}`);
  return buildReport(found);
}

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
  const stored = [46, 47, 48, 49].map((run) => fixtureResults({ run, workloads }));
  const judgement = fixtureJudgement({
    results,
    verdict: verdictOfFifty,
    hint: (cell) => (is(cell, 'chat_server', 'asyncio') ? 'blocking call' : null),
    confirmation: {},
    screen: { sentinels: 4 },
  });
  return buildReport({ results, baselineRuns: stored, storesBaseline: false, judgement });
}

const plainUnits: FixtureWorkload = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };

/** Five models of each workload on two Pythons, so ten cells a workload. */
export function manyCells(workloads: number, recipe: Omit<JudgementRecipe, 'results'>, name = plainName): Report {
  const all = Object.fromEntries(
    Array.from({ length: workloads }, (_, index) => [name(index), { ...plainUnits, title: `Load ${index}.` }]),
  );
  const results = fixtureResults({ run: 60, workloads: all, processes: 2 });
  const judgement = fixtureJudgement({ results, screen: { runs: 0, commits: [], cpuModels: [] }, ...recipe });
  return buildReport({ results, baselineRuns: [], storesBaseline: false, judgement });
}

function plainName(index: number): string {
  return `load_${String(index).padStart(4, '0')}`;
}

/** Ten thousand cells, and every one of them slower. */
export function tenThousandRegressions(): Report {
  return manyCells(1000, { verdict: (known) => flagged(known, { ratio: 1.1 + known.figure / 2e-4 }), confirmation: {} });
}

/** Ten thousand cells that stored runs clear, but for three. */
export function tenThousandCells(): Report {
  return manyCells(1000, {
    verdict: (known) => (known.cell.workload === 'load_0500' && known.cell.model === 'asyncio' ? flagged(known, { ratio: 1.124 }) : null),
    hint: () => 'blocking call',
    confirmation: {},
  });
}
