import { describe, expect, it } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import type { Results } from '../model/results.ts';
import type { Warning } from '../model/warning.ts';
import { screenBaseline } from './baseline-screen.ts';
import { indexCells } from './cell-index.ts';
import { judgeRun } from './judge-run.ts';
import { pairRules } from './pair.fixture.ts';

const runtimes = [fixtureRuntime('3.13.0')];
const baselineRuns = Array.from({ length: 10 }, (_, run) => fixtureResults({ runtimes, run: run + 1 }));
const slower = fixtureResults({
  runtimes,
  run: 40,
  factor: ({ workload, model }) => (workload === 'spawn' && model === 'asyncio' ? 2 : 1),
});

/** The doubts about the cells of a run that has no pairs, against ten stored runs. */
function doubts(head: Results) {
  const index = indexCells(head);
  const thresholds = { rules: [], fallback: pairRules.threshold };
  const screened = screenBaseline({ index, baselineRuns, thresholds, seed: 1, maxSuspects: null, sentinels: true });
  const pairs = { kind: 'none', pairs: 'unasked', reason: 'No base.' } as const;
  const policy = { failOn: ['regression'], warnOn: [] } as const;
  const { cells } = judgeRun({
    ...{ ...pairRules, ...policy, index, screened, baselineRuns, pairs },
    ...{ usesBaseline: true, missingShards: [], nullRun: false },
  });
  return cells.flatMap(({ verdict }) => (verdict.verdict === 'inconclusive' ? [verdict.doubt] : []));
}

const met: readonly ((count: number) => Warning)[] = [
  (kept) => ({ code: 'disturbed', cause: 'clock step', kept, repeated: 0, of: 100, most: 1 }),
  (processes) => ({ code: 'strained', cause: 'throttled', processes, of: 100, most: 1 }),
];

describe('a run without pairs on a machine that was disturbed or strained', () => {
  it.each(met)('suspects nothing by stored runs alone', (warning) => {
    expect(doubts({ ...slower, warnings: [warning(20)] })).toContainEqual({ kind: 'not confirmed', suspected: true });
    const withheld = doubts({ ...slower, warnings: [warning(21)] });
    expect(withheld).toContainEqual({ kind: 'not confirmed', suspected: false });
    expect(withheld).not.toContainEqual({ kind: 'not confirmed', suspected: true });
  });
});
