import { describe, expect, it } from 'vitest';
import { contradictions } from './contradiction.ts';
import { scenarios } from './scenario.ts';
import { runShortStudies, type ShortStudies } from './short-studies.ts';

const [scenario] = scenarios;
if (scenario === undefined) throw new Error('there is no scenario');
const studies = runShortStudies(scenario, { cells: 20, slowedCells: 1, pullRequests: 100, seed: 'contradiction' });
const { nothing, slowed, allCells } = studies;
const [tenth] = slowed;
const [control] = nothing.peers;
if (tenth === undefined || control === undefined) throw new Error('a study is missing');
const runs = Array.from({ length: 100 }, (_, index) => 560 + (index % 2));

/** Figures that contradict nothing: many flags of the negative control, the others as simulated. */
const sound: ShortStudies = { ...studies, nothing: { ...nothing, peers: [{ ...control, falselyFlagged: 99 }] } };

describe('contradictions', () => {
  it('are none where the figures hold', () => {
    expect(contradictions(sound)).toEqual([]);
  });

  it.each<[string, ShortStudies, RegExp]>([
    ['false flags', { ...sound, nothing: { ...sound.nothing, falselyFlagged: 5 } }, /quiet: 5 of 100 pull requests without a change/],
    ['misses', { ...sound, slowed: [{ ...tenth, caught: 20 }] }, /too few slowdowns of 10 % caught/],
    ['no study of a tenth', { ...sound, slowed: [] }, /too few slowdowns of 10 % caught/],
    ['missed slowdowns of all', { ...sound, allCells: { ...allCells, flagged: 10 } }, /too few slowdowns of all cells/],
    ['too many runs', { ...sound, nothing: { ...sound.nothing, processRuns: runs, sentinelRuns: runs.map(() => 0) } }, /56\d process runs/],
    [
      'a blind simulation',
      { ...sound, nothing: { ...sound.nothing, peers: [{ ...control, falselyFlagged: 20 }] } },
      /flags only 20 of 100/,
    ],
    ['a machine without bounds', { ...sound, scenario: { ...scenario, name: 'moon' } }, /moon: there are no bounds/],
  ])('are found in %s', (_, figures, message) => {
    expect(contradictions(figures)).toEqual([expect.stringMatching(message)]);
  });

  it('leave to chance what chance can do', () => {
    expect(contradictions({ ...sound, nothing: { ...sound.nothing, falselyFlagged: 1 } })).toEqual([]);
    expect(contradictions({ ...sound, slowed: [{ ...tenth, caught: tenth.changed - 1 }] })).toEqual([]);
  });
});
