import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readComparedFile } from '../../src/baseline/compared-file.ts';
import { indexCells } from '../../src/judge/cell-index.ts';
import { figuredRun } from '../../src/judge/figured-run.ts';
import { processValues } from '../../src/judge/process-value.ts';
import type { Results } from '../../src/model/results.ts';
import { comparisonJson } from '../../src/render/comparison-json.ts';
import { renderPyperf } from '../../src/render/pyperf.ts';
import { median } from '../../src/stats/quantiles.ts';
import { compareResults } from '../../src/tables/comparison.ts';
import { fixtureResults } from '../fixtures/results/factory.ts';
import { askPython, runModule } from './consumers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pyperf-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function written(name: string, content: string): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

/** Medians by benchmark, as pyperf computes them. */
async function pyperfMedians(path: string): Promise<ReadonlyMap<string, number>> {
  const program =
    'import json, pyperf, sys; print(json.dumps({b.get_name(): b.median() for b in pyperf.BenchmarkSuite.load(sys.argv[1])}))';
  return new Map(Object.entries((await askPython(program, path)) as Record<string, number>));
}

const ourMedians = (results: Results) =>
  [...indexCells(results).states.values()].flatMap((state) =>
    state.status === 'measured' ? [median(processValues(state.processes, state.gate))] : [],
  );

describe('what pyperf reads', () => {
  it('is every cell, and its medians are ours to the last digit', async () => {
    const results = fixtureResults({ run: 60, processes: 6 });
    const { text, omitted } = renderPyperf(figuredRun(results));
    const medians = await pyperfMedians(written('ours.json', text));
    const ours = ourMedians(results);
    expect(omitted).toHaveLength(ours.filter((value) => value <= 0).length);
    expect([...medians.values()].toSorted()).toEqual(ours.filter((value) => value > 0).toSorted());
    expect(medians.size).toBeGreaterThan(50);
  });

  it('goes through compare_to', async () => {
    const sides = [1, 1.5].map((factor) => renderPyperf(fixtureResults({ run: 61, processes: 8, factor: () => factor })).text);
    const [base = '', head = ''] = sides.map((text, side) => written(`side-${side}.json`, text));
    expect(await runModule('pyperf', 'compare_to', base, head, '--table')).toMatch(/spawn\/threads\/3\.13\.0 .*1\.\d\dx slower/);
    expect(await runModule('pyperf', 'check', base)).toMatch(/ERROR|WARNING|stable/);
  });

  it('says which cells it has no place for', () => {
    const broken = { kind: 'error', message: 'no luck', output: '' } as const;
    const results = fixtureResults({
      run: 62,
      breaks: ({ workload }) => (workload === 'spawn' ? broken : null),
      factor: ({ workload }) => (workload === 'echo' ? 0 : 1),
    });
    const { omitted } = renderPyperf(results);
    expect(omitted).toContain('spawn/threads/3.13.0 has no figure: no luck');
    expect(omitted.filter((sentence) => sentence.startsWith('spawn/')).length).toBeGreaterThan(5);
  });
});

describe('the median', () => {
  it('is that of Python to the last digit', async () => {
    const value = fc.double({ min: 1e-7, max: 4e-7, noNaN: true });
    const lists = fc.sample(fc.array(value, { minLength: 1, maxLength: 80, size: 'max' }), { seed: 7, numRuns: 2000 });
    expect(lists.filter(({ length }) => length > 32 && length % 2 === 0).length).toBeGreaterThan(200);
    const path = written('lists.json', JSON.stringify(lists));
    const program = 'import json, statistics, sys; print(json.dumps([statistics.median(l) for l in json.load(open(sys.argv[1]))]))';
    expect(lists.map(median)).toEqual(await askPython(program, path));
  });
});

describe('files of pyperf', () => {
  const timeit = async (name: string, ...words: readonly string[]) => {
    const path = join(scratch, name);
    await runModule('pyperf', 'timeit', '--quiet', '--loops=50', '--warmups=1', '--output', path, ...words);
    return path;
  };

  it('are compared, whatever they are called and however many values each side has, with the medians of pyperf', async () => {
    const base = await timeit('before.txt', '--processes=3', '--values=4', '--name=sum', 'sum(range(100))');
    const head = await timeit('after.json.gz', '--processes=5', '--values=3', '--name=sum', 'sum(range(300))');
    const comparison = comparisonJson(compareResults(await readComparedFile(base), await readComparedFile(head)));
    const [cell] = comparison.cells;
    expect(comparison.cells).toHaveLength(1);
    expect(cell?.base.median).toBe((await pyperfMedians(base)).get('sum'));
    expect(cell?.head.median).toBe((await pyperfMedians(head)).get('sum'));
    expect([cell?.base.processes, cell?.head.processes, cell?.unit]).toEqual([3, 5, 's']);
    const said = comparison.warnings.filter(({ code }) => code === 'pyperf file').map(({ text }) => text);
    expect(said).toEqual([
      expect.stringMatching(/^before\.txt is a file of pyperf\..*no concurrency model, no gate metric/),
      expect.stringMatching(/^after\.json\.gz/),
    ]);
  });

  it('with several benchmarks give a cell for each', async () => {
    const one = await timeit('one.json', '--processes=2', '--values=2', '--name=sum', 'sum(range(100))');
    const two = await timeit('two.json', '--processes=2', '--values=3', '--name=a b/c', 'sorted(range(9))');
    const both = join(scratch, 'both.json');
    await runModule('pyperf', 'convert', one, '--add', two, '--output', both);
    const { cells } = comparisonJson(compareResults(await readComparedFile(both), await readComparedFile(both)));
    const medians = await pyperfMedians(both);
    expect(new Map(cells.map(({ workload, head }) => [workload, head.median]))).toEqual(new Map(medians));
    expect(medians.size).toBe(2);
  });
});

describe('our own export', () => {
  it('is read back as the cells that it was made of', async () => {
    const results = fixtureResults({ run: 63, processes: 5 });
    const path = written('own.json', renderPyperf(results).text);
    const comparison = compareResults(results, await readComparedFile(path));
    const compared = comparison.cells.groups.flatMap(({ rows }) => rows);
    expect(compared.length).toBe(ourMedians(results).filter((value) => value > 0).length);
    expect(compared.every(({ base, head }) => base.value === head.value && base.spread.low === head.spread.low)).toBe(true);
    expect(comparison.warnings.map(({ code }) => code)).toEqual(['same-run interval']);
  });
});
