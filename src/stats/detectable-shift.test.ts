import { describe, expect, it } from 'vitest';
import { detectableShift } from './detectable-shift.ts';
import { normalDeviate } from './noise.fixture.ts';
import { seededRandom } from './random.ts';
import { studentQuantile } from './student-t.ts';

/** Share of t statistics of that many degrees of freedom around `shift` that lie beyond the critical value. */
function power(shift: number, { level, df }: { readonly level: number; readonly df: number }): number {
  const random = seededRandom(`shift ${level} ${df}`);
  const critical = studentQuantile(1 - level, df);
  const trials = 20_000;
  let beyond = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    let squares = 0;
    for (let index = 0; index < df; index += 1) squares += normalDeviate(random) ** 2;
    if ((shift + normalDeviate(random)) / Math.sqrt(squares / df) > critical) beyond += 1;
  }
  return beyond / trials;
}

describe('detectableShift', () => {
  it.each([
    [2e-4, 9],
    [2e-4, 19],
    [2.5e-3, 9],
    [2.5e-5, 18],
  ])('at level %d and %d degrees of freedom is seen nine times of ten', (level, df) => {
    expect(power(detectableShift(level, df), { level, df })).toBeGreaterThan(0.87);
    expect(power(detectableShift(level, df), { level, df })).toBeLessThan(0.93);
  });

  it('where t + t(0.9) is seen less often', () => {
    const [level, df] = [2e-4, 9];
    expect(power(studentQuantile(1 - level, df) + studentQuantile(0.9, df), { level, df })).toBeLessThan(0.85);
  });
});
