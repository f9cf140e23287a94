import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { liveBenchmarks } from '../../bench/real/live-benchmarks.ts';
import { baselineArguments, comparisonArguments } from '../../bench/real/live-command.ts';
import { plannedSlowdown } from '../../bench/real/live-costs.ts';
import { isRight, type LiveComparison, parseComparisons } from '../../bench/real/live-file.ts';
import { harmlessChanges, type LibraryChange, libraryFunctions, librarySource } from '../../bench/real/live-library.ts';
import { makeProject } from '../../bench/real/live-project.ts';
import { readMarkdownReport, readPairsOutput } from '../../bench/real/live-report.ts';
import { liveSection } from '../../bench/real/live-section.ts';
import { loopTurns } from '../../bench/real/planting.ts';
import type { Results } from '../../src/model/results.ts';
import { interpretersAtHand } from '../python-environments.ts';
import { recipeLine } from './real.fixture.ts';

const python = interpretersAtHand().find(({ minor }) => minor >= 9)?.executable ?? 'python3';

/** What the functions of a library return for the same arguments. */
function behaviour(change: LibraryChange): string {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  writeFileSync(join(folder, 'library.py'), librarySource(change));
  const script = `import library
print(library.route(3, range(9)), library.encode(5, 3), library.parse("a=1,b=22,c="), library.forward(7, 4), library.digest(b"abc"))`;
  return execFileSync(python, ['-c', script], { cwd: folder, encoding: 'utf8' });
}

describe('the live library', () => {
  const base = behaviour({ kind: 'base' });

  it.each(harmlessChanges)('does the same after a change of its %s', (what) => {
    expect(librarySource({ kind: 'null', what })).not.toBe(librarySource({ kind: 'base' }));
    expect(behaviour({ kind: 'null', what })).toBe(base);
  });

  it.each(libraryFunctions)('gives the same results when %s has more work, and only there', (what) => {
    const source = librarySource({ kind: 'planted', what, turns: 321 });
    expect(source).toMatch(new RegExp(`def ${what}\\(.*\\n    """.*"""\\n    check\\(321\\)\\n`));
    expect(source.split('check(321)')).toHaveLength(2);
    expect(behaviour({ kind: 'planted', what, turns: 321 })).toBe(base);
  });

  it('has one benchmark for each function', () => {
    expect(liveBenchmarks.map(({ exercises }) => exercises).sort()).toEqual([...libraryFunctions].sort());
    expect(liveBenchmarks.every(({ source, exercises }) => source.includes(`library.${exercises}(`))).toBe(true);
  });
});

describe('the live project', () => {
  it('commits one change of the library on top of base, each time', async () => {
    const project = await makeProject(new AbortController().signal);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: project.folder, encoding: 'utf8' }).trim();
    try {
      for (const what of ['comment', 'docstring'] as const) {
        await project.checkOut({ kind: 'null', what });
        expect(git('rev-parse', 'HEAD^')).toBe(project.base);
        expect(git('diff', '--name-only', project.base)).toBe('library.py');
        expect(git('status', '--porcelain')).toBe('');
      }
      await project.checkOut({ kind: 'base' });
      expect(git('rev-parse', 'HEAD')).toBe(project.base);
    } finally {
      project.remove();
    }
  });
});

describe('the planned slowdown', () => {
  const sample = (seconds: number) => ({
    ...{ status: 'measured' as const, round: 0, units: 1, ideal: null },
    phases: { total: 1, startup: 0, peers: 0, measured: 1 },
    cell: { workload: 'lines', model: 'sequential' as const, runtime: recipeLine.runtime.id, params: '' },
    values: { wall_per_unit: [seconds * 2, seconds] },
    calibration: [0.02, 0.01],
  });
  const run = { workloads: [], samples: [sample(0.001), sample(0.001), sample(0.003)] } as unknown as Results;

  it('is 10 % of what the benchmark of the function takes, by the loop of the same processes', () => {
    const { turns, aimed } = plannedSlowdown('parse', [run]);
    expect((turns * 0.01) / loopTurns).toBeCloseTo(0.0001, 6);
    expect(aimed).toEqual({ 'lines sequential': expect.closeTo(0.1, 3) });
  });

  it('is refused where the benchmark was not measured', () => {
    expect(() => plannedSlowdown('digest', [run])).toThrow('without a cell of the slowed function');
  });
});

describe('a report', () => {
  const markdown = `# Concurrency report

<b>1 regression among 6 cells; 5 unchanged (a slowdown of 10 % or more is excluded).</b> The gate fails.

## Changes

Confirmed by interleaved pairs.<sup>1</sup>

| Cell | Change (95 % interval) | Base → head | Pairs and threshold |
| --- | --- | --- | --- |
| \`lines\` sequential<br>3.13.0<br><b>regression</b> | <b>slower by 10.1 %</b><br>+9.2 % to +11.0 %<br>hint: more work<sup>2</sup> | 1.00 ms → 1.10 ms<br>wall time per unit | 20 pairs, p = 0.0001<br>margin 5 %<br>target 10 % |
| \`records\` thread pool<br>3.13.0<br>improvement | <b>faster by 50 %</b><br>−51 % to −49 % | 2 ms → 1 ms<br>wall time per unit | 40 pairs, p < 0.000001<br>margin 5 %<br>target 10 % |

## Overview

| \`blocks\` run_in_executor<br><b>regression</b> | no change of this section counts | x | 1 |
| Pairs | 3 cells of base and head in turns, 120 processes in 58 s |
`;

  it('of run is read with its conclusion, its changes and its processes', () => {
    const { conclusion, changes, pairProcesses } = readMarkdownReport(markdown);
    expect(conclusion).toBe('1 regression among 6 cells; 5 unchanged (a slowdown of 10 % or more is excluded).');
    expect(changes).toEqual([
      { cell: 'lines sequential', verdict: 'regression', change: 'slower by 10.1 %', interval: '+9.2 % to +11.0 %', pairs: 20 },
      { cell: 'records thread pool', verdict: 'improvement', change: 'faster by 50 %', interval: '−51 % to −49 %', pairs: 40 },
    ]);
    expect(pairProcesses).toBe(120);
  });

  it('without changes has none', () => {
    const text = '<b>No regression among 6 cells.</b>\n\n## Changes\n\nNo cell was confirmed to be slower or faster.\n';
    expect(readMarkdownReport(text)).toEqual({ conclusion: 'No regression among 6 cells.', changes: [], pairProcesses: 0 });
  });

  it('of pairs is read as far as its regressions go', () => {
    const text = `Base and head in pairs
══════════════════════

1 regression. 2 cells of ../base (base) and . (head), 100 processes in turns on this machine. Of the others: 1 no change.

Cell                  Base → head         Change (95 % interval)  Pairs  Adjusted p  Verdict
lines sequential      1.00 ms → 1.10 ms   slower by 10.1 %        20     0.0001      regression
chatter uvloop        1.00 ms → 1.01 ms   slower by 1.0 %         40     –           no change
`;
    const { conclusion, changes, pairProcesses } = readPairsOutput(text);
    expect(conclusion).toBe('1 regression.');
    expect(changes).toEqual([{ cell: 'lines sequential', verdict: 'regression', change: 'slower by 10.1 %', interval: '', pairs: 20 }]);
    expect(pairProcesses).toBe(100);
  });
});

describe('a live comparison', () => {
  const nothing: LiveComparison = {
    ...{ line: 'comparison', at: '2026-01-02', command: 'concurrency-regressions run', machine: '2 × Some CPU', python: '3.13.0' },
    ...{ kind: 'null', what: 'comment', aimed: {}, exitCode: 0, seconds: 60, load: 0.5, conclusion: 'No regression.', changes: [] },
    pairProcesses: 20,
  };
  const change = {
    cell: 'lines sequential',
    verdict: 'regression' as const,
    change: 'slower by 10 %',
    interval: '+9 % to +11 %',
    pairs: 20,
  };
  const caught: LiveComparison = {
    ...nothing,
    ...{ kind: 'planted', what: 'parse', aimed: { 'lines sequential': 0.1 }, exitCode: 1, changes: [change] },
  };

  it('is right where nothing is flagged that did not change, and what changed is named', () => {
    expect([nothing, caught].map(isRight)).toEqual([true, true]);
  });

  it.each([
    ['a false alarm', { ...nothing, exitCode: 1, changes: [change] }],
    ['an improvement that is none', { ...nothing, changes: [{ ...change, verdict: 'improvement' as const }] }],
    ['a miss', { ...caught, exitCode: 0, changes: [] }],
    ['another cell', { ...caught, aimed: { 'blocks run_in_executor': 0.1 } }],
    ['another cell beside it', { ...caught, changes: [change, { ...change, cell: 'blocks run_in_executor' }] }],
    ['a flag that fails nothing', { ...caught, exitCode: 0 }],
  ])('is wrong for %s, and the table says so', (_, comparison) => {
    expect(isRight(comparison)).toBe(false);
    expect(liveSection([comparison])).toContain('| **no** |');
  });

  it('is read back from its line, without one that was cut off', () => {
    const text = `${JSON.stringify(nothing)}\n${JSON.stringify(caught)}\n{"line":"comp`;
    expect(parseComparisons(text)).toEqual([nothing, caught]);
  });

  it('runs the program on the base commit, on head against its ref, or on two trees', () => {
    const request = { python: '3.13', base: 'abc', baseTree: '/base', seed: 3 };
    expect(comparisonArguments({ ...request, command: 'run' })).toEqual(expect.arrayContaining(['run', '--base-ref', 'abc']));
    expect(comparisonArguments({ ...request, command: 'pairs' })).toEqual(
      expect.arrayContaining(['pairs', '--base', '/base', '--head', '.']),
    );
    expect(baselineArguments(request)).not.toContain('--base-ref');
  });
});
