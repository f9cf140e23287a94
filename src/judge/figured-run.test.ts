import { describe, expect, it } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { ofEachProcess } from '../model/processes.ts';
import type { CellState } from './cell-index.ts';
import { indexCells, metricFor } from './cell-index.ts';
import { condensedRun } from './condensed-run.ts';
import { figuredRun } from './figured-run.ts';

const fault = { kind: 'timeout', message: 'No end.', output: '| tail' } as const;
const whole = fixtureResults({ run: 1, breaks: (cell, round) => (cell.model === 'processes' && round === 1 ? fault : null) });

/** Everything that is known of the processes of a cell. */
function processesOf(state: CellState | undefined): unknown {
  if (state?.status !== 'measured') return state;
  const { processes, workload, cell, gate } = state;
  const known = ofEachProcess(processes, (process) => ({
    figures: processes.metrics.map((id) => [id, processes.figure(process, metricFor(workload, id))]),
    loop: processes.loop(process),
    taken: processes.taken(process),
    round: processes.round(process),
    units: processes.units(process),
    ideal: processes.ideal(process),
    phases: processes.phases(process),
  }));
  return { cell, gate, metrics: processes.metrics, known };
}

describe('a run by its figures', () => {
  const figured = figuredRun(whole);

  it('knows of every process what its values say, to the last digit', () => {
    const [before, after] = [indexCells(whole), indexCells(figured)];
    expect([...after.states.keys()]).toEqual([...before.states.keys()]);
    for (const [id, state] of before.states) expect(processesOf(after.states.get(id))).toEqual(processesOf(state));
    expect(new Set([...after.states.values()].map(({ status }) => status))).toEqual(new Set(['measured', 'broken']));
  });

  it('tells cells apart that report different metrics', () => {
    const [first, ...others] = whole.samples.filter((sample) => sample.status === 'measured');
    if (first === undefined) throw new Error('nothing was measured');
    const own = { ...first, cell: { ...first.cell, params: 'n=1' }, values: { own: first.calibration } };
    const results = { ...whole, samples: [first, own, ...others, { ...own, round: 1, values: {} }] };
    const { states } = indexCells(figuredRun(results));
    for (const [id, state] of indexCells(results).states) expect(processesOf(states.get(id))).toEqual(processesOf(state));
  });

  it('is stored as the whole run is', () => {
    expect(condensedRun(figured)).toEqual(condensedRun(whole));
  });

  it('has none of the values', () => {
    expect('samples' in figured).toBe(false);
  });
});
