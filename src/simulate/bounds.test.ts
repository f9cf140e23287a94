import { describe, expect, it } from 'vitest';
import { guestViolations, violations } from './bounds.ts';
import { quietFigures, smallGuest } from './figures.fixture.ts';
import type { StudyResult } from './study.ts';
import type { ControlFigures, ScenarioFigures } from './suite.ts';

const part = (study: StudyResult, changed: Partial<StudyResult>): StudyResult => ({ ...study, ...changed });

const simulated = quietFigures();
const { nothing, slowed, allCells, controlled } = simulated;
const peersFlagging = (count: number) => nothing.peers.map((peer) => ({ ...peer, falselyFlagged: count }));
const sound: ScenarioFigures = { ...simulated, nothing: part(nothing, { peers: peersFlagging(9) }) };
const runs = nothing.processRuns.map(() => 600);

describe('violations', () => {
  it('are none where every bound holds', () => {
    expect(violations(sound)).toEqual([]);
  });

  it.each<[string, ScenarioFigures, RegExp]>([
    ['false flags', { ...sound, nothing: part(sound.nothing, { falselyFlagged: 1 }) }, /10.0 % of pull requests without a change/],
    [
      'misses',
      { ...sound, slowed: slowed.map((study) => part(study, { caught: 0, inconclusive: study.changed })) },
      /too few .* 10 % caught/,
    ],
    [
      'silent misses',
      { ...sound, slowed: slowed.map((study) => part(study, { caught: study.changed * 0.985, inconclusive: 0 })) },
      /missed in silence/,
    ],
    ['no study of a tenth', { ...sound, slowed: [] }, /too few/],
    ['false flags with the control', { ...sound, controlled: { ...controlled, nothing: part(nothing, { falselyFlagged: 1 }) } }, /control/],
    ['misses with the control', { ...sound, controlled: { ...controlled, slowed: part(controlled.slowed, { caught: 0 }) } }, /control/],
    [
      'too many runs',
      { ...sound, nothing: part(sound.nothing, { processRuns: runs, sentinelRuns: runs.map(() => 0) }) },
      /600 process runs/,
    ],
    ['missed slowdowns of all', { ...sound, allCells: part(allCells, { flagged: 9 }) }, /all cells/],
    ['a blind simulation', { ...sound, nothing: part(nothing, { peers: peersFlagging(4) }) }, /flags only 40.0 %/],
    ['slowness', { ...sound, secondsPerThousand: 61 }, /61 processor seconds/],
    ['a machine without bounds', { ...sound, scenario: { ...sound.scenario, name: 'moon' } }, /no bounds/],
  ])('are found in %s', (_, figures, message) => {
    expect(violations(figures).join('\n')).toMatch(message);
  });
});

describe('guestViolations', () => {
  const guest = smallGuest();
  const held: ControlFigures = { ...guest, controlled: { ...guest.controlled, slowed: guest.slowed } };

  it('are none where the control variate saves half of the pairs and costs nothing', () => {
    expect(guestViolations(held)).toEqual([]);
  });

  it.each<[string, ControlFigures['controlled'], RegExp]>([
    ['false flags', { ...held.controlled, nothing: part(held.controlled.nothing, { falselyFlagged: 1 }) }, /10.0 % flagged/],
    ['no savings', { ...held.controlled, nothing: held.nothing }, /leaves 100.0 % of the pairs/],
    ['lost power', { ...held.controlled, slowed: part(held.slowed, { caught: -1 }) }, /costs power/],
  ])('are found in %s', (_, control, message) => {
    expect(guestViolations({ ...held, controlled: control })).toEqual([expect.stringMatching(message)]);
  });
});
