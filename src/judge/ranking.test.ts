import { describe, expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { type CellIndex, indexCells } from './cell-index.ts';
import { judgeBestOption } from './claims.ts';
import { rankModels } from './ranking.ts';
import { useCases } from './use-case.ts';

const runtime = fixtureRuntime('3.13.0');

function index(recipe: Partial<ResultsRecipe> = {}): CellIndex {
  return indexCells(fixtureResults({ run: 1, runtimes: [runtime], ...recipe }));
}

describe('ranking', () => {
  test('best first, with a clear lead or a tie', () => {
    const cells = index({ noise: 0.01 });
    const crunching = rankModels(cells, { workload: 'data_crunching', runtime: runtime.id });
    expect(crunching).toMatchObject({ status: 'ranked', standings: [{ model: 'processes' }, {}, {}, {}], lead: { kind: 'clear' } });
    const even = index({ run: 2, noise: 0.05, factor: ({ model }) => (model === 'processes' ? 3 : 1) });
    expect(rankModels(even, { workload: 'blocking_calls_cpu', runtime: runtime.id })).toMatchObject({ lead: { kind: 'tie' } });
  });

  test('higher can be better', () => {
    const ranking = rankModels(index(), { workload: 'fan_out_five', runtime: runtime.id, metric: 'overlap' });
    expect(ranking.status === 'ranked' && ranking.standings.at(-1)?.model).toBe('sequential');
  });

  test('a single model has no runner-up, no model no ranking', () => {
    const only: Partial<ResultsRecipe> = { skips: ({ workload, model }) => workload === 'spawn' && model !== 'asyncio' };
    expect(rankModels(index(only), { workload: 'spawn', runtime: runtime.id })).toMatchObject({
      lead: { kind: 'alone', reason: 'only one model was measured' },
    });
    expect(rankModels(index(), { workload: 'unknown', runtime: runtime.id })).toEqual({
      status: 'not measured',
      broken: [],
      reason: 'the workload unknown is not part of this run',
    });
  });

  test('the first of a tie is never worse than the second by the ratio that is shown', () => {
    const even: Partial<ResultsRecipe> = { noise: 0.05, factor: ({ model }) => (model === 'uvloop' ? 43 / 42 : 1) };
    const leads = Array.from({ length: 60 }, (_, run) => {
      const ranking = rankModels(index({ run: run + 1, ...even }), { workload: 'web_scraping_aiohttp', runtime: runtime.id });
      if (ranking.status !== 'ranked' || ranking.lead.kind !== 'tie') return null;
      const [first, second] = ranking.standings;
      return { ratio: ranking.lead.ratio.value, medianWorse: second !== undefined && first.figure > second.figure };
    }).filter((lead) => lead !== null);
    expect(leads.filter(({ ratio }) => ratio < 1)).toEqual([]);
    // The seeds hold what made the fault: medians in one order, ratios in the other.
    expect(leads.filter(({ medianWorse }) => medianWorse).length).toBeGreaterThan(0);
  });

  test('a broken model is named, and what it could turn round is undecided', () => {
    const fault = { kind: 'wrong result', message: 'a message is lost', output: '' } as const;
    const judged = (workload: string, broken: readonly ConcurrencyModel[], recipe: Partial<ResultsRecipe> = {}) => {
      const cells = index({ ...recipe, breaks: (cell) => (cell.workload === workload && broken.includes(cell.model) ? fault : null) });
      const ranking = rankModels(cells, { workload, runtime: runtime.id });
      const option = useCases.find((each) => each.workload === workload)?.bestOption ?? null;
      return { broken: ranking.broken, claim: option === null ? null : judgeBestOption(ranking, option) };
    };
    expect(judged('web_scraping', [])).toMatchObject({ broken: [], claim: { status: 'holds' } });
    const named = { status: 'undecided', reason: 'asyncio is broken and not ranked', effect: { kind: 'ratio' } };
    expect(judged('web_scraping', ['asyncio'])).toMatchObject({ broken: ['asyncio'], claim: named });
    expect(judged('file_reading', [])).toMatchObject({ claim: { status: 'does not hold' } });
    expect(judged('file_reading', ['thread_pool'])).toMatchObject({ claim: { ...named, reason: 'thread pool is broken and not ranked' } });
    const rivals = { status: 'undecided', reason: 'sequential, threads are broken and not ranked' };
    expect(judged('data_crunching', ['sequential', 'threads'])).toMatchObject({ claim: rivals });
    const slow = { factor: ({ model }: { readonly model: ConcurrencyModel }) => (model === 'processes' ? 9 : 1) };
    expect(judged('data_crunching', ['threads'], slow)).toMatchObject({ broken: ['threads'], claim: { status: 'does not hold' } });
    expect(judged('data_crunching', ['processes'])).toMatchObject({
      claim: { status: 'not measured', reason: 'data_crunching is broken under processes: a message is lost' },
    });
    expect(judged('file_reading_slow', ['executor'])).toMatchObject({ broken: ['executor'], claim: { status: 'holds' } });
  });

  test('a second runtime of one interpreter takes the models without uvloop from the first', () => {
    const second = fixtureRuntime('3.13.0', { uvloop: '0.21.0' });
    const cells = index({ runtimes: [runtime, second], skips: (cell) => cell.runtime === second.id && cell.model !== 'uvloop' });
    const ranking = rankModels(cells, { workload: 'spawn', runtime: second.id });
    expect(ranking.status === 'ranked' && ranking.standings.map(({ model }) => model)).toEqual([
      'uvloop',
      'asyncio',
      'thread_pool',
      'executor',
      'threads',
    ]);
  });

  test('the best option of the write-up against the best of all others', () => {
    const cells = index();
    const judged = useCases.flatMap(({ useCase, workload, bestOption }) =>
      bestOption === null ? [] : [[useCase, judgeBestOption(rankModels(cells, { workload, runtime: runtime.id }), bestOption).status]],
    );
    expect(Object.fromEntries(judged)).toMatchObject({
      'Web scraping': 'holds',
      'File reading, cached': 'does not hold',
      'File reading, slow storage': 'holds',
      'Data crunching': 'holds',
    });
  });

  test('run_in_executor belongs to neither side of the write-up’s answer', () => {
    const fast = index({ factor: ({ workload, model }) => (workload === 'file_reading_slow' && model === 'executor' ? 0.1 : 1) });
    const ranking = rankModels(fast, { workload: 'file_reading_slow', runtime: runtime.id });
    expect(ranking).toMatchObject({ standings: [{ model: 'executor' }, { model: 'threads' }, {}, {}, {}] });
    const answer = useCases.find(({ workload }) => workload === 'file_reading_slow')?.bestOption;
    expect(answer && judgeBestOption(ranking, answer).status).toBe('holds');
    expect(answer && judgeBestOption(ranking, { ...answer, neither: [] }).status).toBe('does not hold');
  });
});
