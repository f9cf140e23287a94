import { describe, expect, it } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { falseAlarmRate, nullRunOf } from './false-alarm-rate.ts';

const run = (flagged: number) => ({ created: '2026-01-01T00:00:00.000Z', commit: null, cells: 9, flagged });

describe('falseAlarmRate', () => {
  it('counts runs, not flags, and says what so few leave possible', () => {
    const rate = falseAlarmRate([run(0), run(3), ...Array.from({ length: 8 }, () => run(0))]);
    expect(rate).toMatchObject({ runs: 10, flagged: 1 });
    expect(rate.atMost).toBeCloseTo(0.3941633, 6);
  });

  it('excludes nothing after a single run', () => {
    expect(falseAlarmRate([run(0)]).atMost).toBeCloseTo(0.95, 6);
  });
});

it('a run cleared by stored runs alone had no cell that pairs could have flagged', () => {
  const results = fixtureResults({ run: 1 });
  expect(nullRunOf(fixtureJudgement({ results }), { created: results.created, commit: null })).toMatchObject({ cells: 0, flagged: 0 });
});
