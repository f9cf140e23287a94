import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { compareResults } from './comparison.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };

describe('two results', () => {
  const results = (run: number, versions: readonly string[]) =>
    fixtureResults({ run, workloads: spawn, runtimes: versions.map((version) => fixtureRuntime(version)) });

  test('pair runtimes by identity, then by version, then the last ones left', () => {
    const comparison = compareResults(results(1, ['3.12.1', '3.9.18']), results(2, ['3.9.18', '3.13.0']));
    expect(comparison.pairs.map(({ base, head }) => [base.label, head.label])).toEqual([
      ['3.9.18', '3.9.18'],
      ['3.12.1', '3.13.0'],
    ]);
    expect(comparison.pairs[1]?.differences).toEqual(['Python 3.12.1 → 3.13.0']);
    expect(comparison.changes.every(({ status }) => status === 'compared')).toBe(true);
    const upgraded = { ...results(3, []), runtimes: [fixtureRuntime('3.9.18', { uvloop: '0.23.0' })] };
    expect(compareResults(results(1, ['3.9.18']), upgraded).pairs[0]?.differences).toEqual([
      'aiohttp 3.14.3 → none',
      'uvloop 0.22.1 → 0.23.0',
    ]);
  });

  test('what cannot be paired is named, another machine is a warning, a file with itself is no change', () => {
    const lone = compareResults(results(1, ['3.9.18', '3.10.13', '3.11.7']), results(2, ['3.9.18']));
    expect(lone.onlyBase).toEqual(['3.10.13', '3.11.7']);
    const elsewhere = { ...results(2, ['3.9.18']), machine: { ...fixtureMachine, cpus: 4 } };
    expect(compareResults(results(1, ['3.9.18']), elsewhere).warnings).toContainEqual({ code: 'other machine', difference: 'CPUs 2 → 4' });
    const same = compareResults(results(1, ['3.9.18']), results(1, ['3.9.18']));
    expect(same.table).toMatchObject({ compared: 5, changed: [] });
  });
});
