import { describe, expect, it } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { buildReport } from '../tables/report.ts';
import { renderBencher } from './bencher.ts';

/** Two names of which a cut leaves the same. */
const [first, second] = ['1', '2'].map((end) => `${'long_'.repeat(200)}${end}`);

function exported() {
  const workload = (figures: Readonly<Record<string, number>>) => ({
    ...{ title: 'Long.', gate: 'wall_per_unit', figures: { threads: figures } },
  });
  const results = fixtureResults({
    run: 90,
    runtimes: [fixtureRuntime('3.13.0')],
    workloads: { [`${first}`]: workload({ wall_per_unit: 1e-3 }), [`${second}`]: workload({ wall_per_unit: 2e-3, overlap: 4 }) },
  });
  return renderBencher(buildReport({ results, baselineRuns: [], storesBaseline: false, judgement: fixtureJudgement({ results }) }));
}

describe('renderBencher', () => {
  it('puts no measure of one cell under the name of another, and names the cell that has no place', () => {
    const { text, omitted } = exported();
    const benchmarks: readonly object[] = Object.values(JSON.parse(text));
    expect(benchmarks.map(Object.keys)).toEqual([['wall-per-unit']]);
    expect(omitted).toEqual([expect.stringMatching(/^long_.*: another cell has the same name once it is cut/)]);
  });
});
