import { describe, expect, it } from 'vitest';
import { renderSimulationTerminal } from '../render/simulation.ts';
import { peerRules } from './peers.ts';
import { type SimulationOptions, simulate } from './simulation.ts';
import { projectSize } from './suite.ts';

const quiet = () => {};

function small(part: Partial<SimulationOptions> = {}) {
  return simulate({ pullRequests: 10, seed: 'small', scenarios: ['quiet'], cells: 20, clock: () => 0, progress: quiet, ...part });
}

describe('simulate', () => {
  it('gives the same figures for the same seed, and others for another', () => {
    const simulation = small({ scenarios: ['hosted'] });
    expect(small({ scenarios: ['hosted'] })).toEqual(simulation);
    expect(small({ scenarios: ['hosted'], seed: 'other' }).machines).not.toEqual(simulation.machines);
  });

  it('judges as many pull requests as it says, by our rule and every other on the same draws', () => {
    const { machines, changing, slowedCells, cells, slowdowns } = small();
    const [machine] = machines;
    if (machine === undefined) throw new Error('no machine was simulated');
    expect({ changing, slowedCells, cells, slowdowns }).toEqual({ changing: 3, slowedCells: 1, cells: 20, slowdowns: [0.1, 0.2] });
    expect(machine.peers.map(({ name }) => name)).toEqual(['negative control', ...peerRules.map(({ name }) => name)]);
    for (const rule of [machine.ours, ...machine.peers]) {
      expect(rule.falselyFlagged.of).toBe(10);
      expect(rule.caught.map(({ of }) => of)).toEqual([3, 3]);
      expect(rule.allCells.of).toBe(3);
    }
    expect(machine.ours.caught.map(({ count }) => count)).toEqual([3, 3]);
    expect(machine.ours.processRuns).toBeGreaterThan(100);
    expect(machine.peers.every(({ processRuns }) => processRuns === 100)).toBe(true);
  });

  it('holds projects of the stated size against the bounds, and no others', () => {
    expect(small().bounds).toEqual({ kind: 'not stated', statedFor: projectSize.cells });
    const stated = small({ cells: undefined });
    expect(stated.cells).toBe(projectSize.cells);
    expect(stated.bounds).toEqual({ kind: 'checked' });
    expect(stated.missed).toEqual([]);
    const [machine] = stated.machines;
    expect(machine?.ours.falselyFlagged.count).toBe(0);
    expect(machine?.peers[0]?.falselyFlagged.count, 'the negative control').toBeGreaterThan(5);
  });

  it('takes its time from the clock that it is given, and tells of its progress', () => {
    let now = 100;
    const lines: string[] = [];
    const simulation = small({ clock: () => (now += 2), progress: (line) => lines.push(line) });
    expect(simulation.seconds).toBe(4);
    expect(lines).toEqual(['quiet: 10 pull requests without a change simulated, 2 s so far']);
  });

  it('takes a project of a single cell', () => {
    expect(small({ cells: 1 }).machines[0]?.ours.caught[0]?.of).toBe(3);
  });

  it('gives what the terminal shows', () => {
    expect(renderSimulationTerminal(small(), { width: 100 })).toContain('stated for projects of 100 cells; none was checked');
  });

  it.each([
    [{ scenarios: ['quiet', 'nirvana'] }, /no machine "nirvana".*Choose from quiet, hostedSame, hosted, hostile/],
    [{ pullRequests: 9 }, /9 pull requests cannot be simulated/],
    [{ pullRequests: 10.5 }, /10.5 pull requests/],
    [{ cells: 0 }, /0 cells cannot be simulated\. Give a whole number from 1 up/],
    [{ cells: Number.NaN }, /NaN cells/],
  ])('refuses %j', (part, message) => {
    expect(() => small(part)).toThrow(message);
  });
});
