import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { runningNoise } from '../judge/running-noise.ts';
import type { MeasuringState } from '../model/measuring-state.ts';
import { trackRounds } from './round-progress.ts';

vi.mock('../judge/running-noise.ts', { spy: true });

const { samples } = fixtureResults({ run: 95, processes: 1 });
const states: MeasuringState[] = [];

/** Tells every sample of a round, and keeps the states. */
function tellRound(): void {
  const tracker = trackRounds({
    head: {
      surroundings: { progress: { note: () => {}, update: (state) => states.push(state), end: () => {} } },
      matrix: { cells: samples.map(({ cell }) => cell) },
      workloads: { described: [] },
      prepared: { runtimes: [] },
    },
    ...{ rounds: 1, budgetSeconds: 60, elapsed: () => 1, replayed: () => 0 },
  });
  for (const sample of samples) {
    tracker.onStart(sample.cell, 0);
    tracker.onSample(sample);
  }
}

beforeEach(() => {
  states.length = 0;
  vi.mocked(runningNoise).mockClear();
});

describe('trackRounds', () => {
  it('counts the processes, and names what is being measured', () => {
    tellRound();
    expect(states).toHaveLength(samples.length * 2);
    expect(states.at(-1)).toMatchObject({ done: samples.length, planned: samples.length, round: 1, budgetLeftSeconds: 59 });
    expect(states.at(-1)?.current).toContain(samples.at(-1)?.cell.workload);
  });

  it('computes the noise of a state when somebody looks at it, and not before', () => {
    const share = vi.fn(() => 0.02);
    vi.mocked(runningNoise).mockReturnValueOnce({ add: () => {}, share });
    tellRound();
    expect(share).not.toHaveBeenCalled();
    expect(states.at(-1)?.noise).toBe(0.02);
    expect(share).toHaveBeenCalledOnce();
  });
});
