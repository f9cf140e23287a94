import { describe, expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { compareResults, type ResultsComparison } from '../tables/comparison.ts';
import { renderComparisonMarkdown, renderComparisonTerminal } from './comparison.ts';
import { comparisonJson } from './comparison-json.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };
const exact = {
  exact: { title: 'Threads.', gate: 'peak_threads', figures: { threads: { peak_threads: 5 }, asyncio: { peak_threads: 2 } } },
};
const runtimes = [fixtureRuntime('3.13.0')];

function compare(base: Partial<ResultsRecipe>, head: Partial<ResultsRecipe>, level?: number): ResultsComparison {
  const plain = { workloads: spawn, runtimes };
  return compareResults(fixtureResults({ ...plain, run: 1, ...base }), fixtureResults({ ...plain, run: 2, ...head }), level);
}

const slower = { factor: () => 1.4 };
const text = (comparison: ResultsComparison) => renderComparisonTerminal(comparison, { width: 400 });

describe('a comparison as text', () => {
  test('a change in the words of its metric, p and processes; what stays over all cells is marked', () => {
    const found = text(compare({ processes: 8 }, { processes: 8, ...slower }));
    expect(found).toMatch(
      /spawn asyncio +[\d.]+ µs ± [\d.]+ % +[\d.]+ µs ± [\d.]+ % +slower by \d+\.\d % \[3\](?: \[\d\])? +p<0\.001 n=8\+8/,
    );
    expect(found).toMatch(
      /5 cells tested at 5 % each: if nothing had changed, less than 1 would differ by chance\. 5 differ at 5 % over all 5/,
    );
    expect(found).toMatch(/\[3\] Differs over all 5 tested cells together as well: Holm’s adjusted p is at most 5 %\./);
    expect(found).toContain('5 cells compared process by process: 5 differ, 5 worse.');
    expect(found).toContain('± is the 95 % interval of the median.');
    expect(found).toMatch(/geometric mean .* slower by \d+\.\d % +5 cells/);
  });

  test('too few processes: no difference, whatever the figures, and what would be needed', () => {
    const found = text(compare({ processes: 3 }, { processes: 3, factor: () => 9 }));
    expect(found).toMatch(/spawn threads .* ~ \[3\] +p=0\.100 n=3\+3/);
    expect(found).toContain('[3] Needs 4 processes a side to reach 5 %.');
    expect(found).toContain('5 cells compared process by process: none differs.');
    expect(found).not.toContain('tested at');
  });

  test('too few for so many cells is said of all of them together', () => {
    const found = text(compare({ processes: 4 }, { processes: 4, ...slower }));
    expect(found).toMatch(/None differs at 5 % over all 5 together \(Holm\), and with so few processes none could: that needs 5 a side\./);
  });

  test('a stricter level turns a difference into “~”, and every sentence names it', () => {
    const sides = [{ processes: 5 }, { processes: 5, ...slower }] as const;
    expect(text(compare(...sides))).toMatch(/spawn threads .* slower by \d+\.\d % .*p=0\.008 n=5\+5/);
    const found = text(compare(...sides, 0.005));
    expect(found).toMatch(/spawn threads .* ~ \[3\] +p=0\.008 n=5\+5/);
    expect(found).toContain('[3] Needs 6 processes a side to reach 0.5 %.');
    expect(found).toContain('p of Mann and Whitney (two-sided) above 0.5 %.');
    expect(found).not.toMatch(/(?<![\d.])5 %/);
    const enough = text(compare({ processes: 8 }, { processes: 8, ...slower }, 0.0125));
    expect(enough).toMatch(/5 cells tested at 1\.25 % each: .* 5 differ at 1\.25 % over all 5 together/);
    expect(enough).toContain('Holm’s adjusted p is at most 1.25 %.');
    expect(enough).toContain('p of Mann and Whitney (two-sided) above 1.25 %.');
  });

  test('figures without spread are equal or exact', () => {
    const six = { exact: { ...exact.exact, figures: { threads: { peak_threads: 6 }, asyncio: { peak_threads: 2 } } } };
    const found = text(compare({ workloads: exact, processes: 2 }, { workloads: six, processes: 2 }));
    expect(found).toMatch(/exact threads +5 ± 0 % +6 ± 0 % +higher by 20\.0 % +exact n=2\+2/);
    expect(found).toMatch(/exact asyncio +2 ± 0 % +2 ± 0 % += +exact n=2\+2/);
  });

  test('ranges are marked where others have an interval', () => {
    const found = text(compare({ processes: 6 }, { processes: 5 }));
    expect(found).toContain('± is the 95 % interval of the median; where marked, the range of the processes.');
    expect(found).toMatch(/\[3\] The range of the processes: an interval of the median at 95 % needs 6 of them\./);
  });

  test('a figure of zero leaves a range without percent and a difference without ratio', () => {
    const switches = (figure: number) => ({
      zero: { title: '', gate: 'voluntary_switches_per_unit', figures: { threads: { voluntary_switches_per_unit: figure } } },
    });
    const base = fixtureResults({ run: 1, runtimes, workloads: switches(0) });
    const head = fixtureResults({ run: 2, runtimes, workloads: switches(2) });
    expect(text(compareResults(base, head))).toMatch(/zero threads +0 ± 0 % +2\.00 ± \d\.\d % +\+2\.00 +p=0\.008 n=5\+5/);
    const once = { voluntary_switches_per_unit: [0, 0, 0] };
    const samples = head.samples.map((sample) => (sample.round === 3 ? { ...sample, values: once } : sample));
    expect(text(compareResults(base, { ...head, samples }))).toMatch(/zero threads +0 ± 0 % +\d\.\d+, 0 to \d\.\d+ /);
  });

  test('a broken cell is named with what it said; nothing in common is said', () => {
    const breaks = ({ model }: { readonly model: string }) =>
      model === 'uvloop' ? ({ kind: 'timeout', message: 'no end within 60 s', output: '' } as const) : null;
    const found = text(compare({}, { breaks }));
    expect(found).toContain('spawn uvloop on 3.13.0: timeout, no end within 60 s');
    expect(found).toContain('4 cells compared process by process');
    expect(text(compare({}, { workloads: exact }))).toContain('No cell could be compared.');
  });

  test('several runtimes each have their own tables', () => {
    const both = { runtimes: [fixtureRuntime('3.9.18'), fixtureRuntime('3.13.0')] };
    const markdown = renderComparisonMarkdown(compare(both, both), {});
    expect(markdown.match(/^### .*$/gm)).toEqual([
      '### CPU time per unit, Python 3.9.18',
      '### CPU time per unit, Python 3.13.0',
      '### Notes',
    ]);
  });

  test('the warnings of two results stay: the spread is of one run, and of which machines', () => {
    const found = text(compare({}, { also: { machine: { ...fixtureResults({ run: 1 }).machine, cpus: 4 } } }));
    expect(found).toContain(
      'The comparison rests on the spread between processes of one run a side; what changes from run to run is not in it',
    );
    expect(found).toContain('CPUs 2 → 4');
  });
});

describe('a comparison as JSON', () => {
  test('survives JSON, every figure unrounded', () => {
    const comparison = compare({ processes: 6 }, { processes: 6, ...slower, skips: ({ model }) => model === 'uvloop' });
    const json = comparisonJson(comparison);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).toMatchObject({
      schema: 1,
      kind: 'comparison',
      alpha: 0.05,
      tested: 4,
      base: { runId: 'run-1' },
      head: { runId: 'run-2' },
    });
    const [first] = comparison.cells.groups.flatMap(({ rows }) => rows);
    expect(json.cells[0]).toMatchObject({
      workload: 'spawn',
      metric: 'cpu_per_unit',
      unit: 's',
      ratio: first?.ratio,
      outcome: 'different',
      base: { median: first?.base.value, spread: 'interval', processes: 6 },
      neededProcesses: null,
    });
    expect(json.cells[0]?.adjustedP).toBeGreaterThan(json.cells[0]?.p ?? 1);
    expect(json.geometricMeans).toMatchObject([{ metric: 'cpu_per_unit', cells: 4 }]);
    expect(json.warnings.map(({ code }) => code)).toEqual(['same-run interval']);
  });

  test('names the level that decided', () => {
    const sides = [{ processes: 5 }, { processes: 5, ...slower }] as const;
    expect(comparisonJson(compare(...sides)).cells[0]).toMatchObject({ outcome: 'different' });
    const strict = comparisonJson(compare(...sides, 0.005));
    expect(strict).toMatchObject({ alpha: 0.005, tested: 0, expectedByChance: 0 });
    expect(strict.cells[0]).toMatchObject({ outcome: 'too few processes', neededProcesses: 6 });
  });

  test('what was not tested has no p, and what was not compared its reason', () => {
    const breaks = ({ model }: { readonly model: string }) =>
      model === 'threads' ? ({ kind: 'crash', message: 'signal 11', output: '' } as const) : null;
    const json = comparisonJson(compare({ workloads: exact, processes: 3 }, { workloads: exact, processes: 3, breaks }));
    expect(json.cells).toMatchObject([{ outcome: 'equal', p: null, adjustedP: null }]);
    expect(json.notCompared).toMatchObject([{ model: 'threads', status: 'broken', reason: 'signal 11' }]);
    const few = comparisonJson(compare({ processes: 2 }, { processes: 2 }));
    expect(few.cells[0]).toMatchObject({ outcome: 'too few processes', adjustedP: null, neededProcesses: 4 });
  });
});
