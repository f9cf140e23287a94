import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlledDifferences } from './control-variate.ts';
import { mean, standardDeviation } from './quantiles.ts';
import { seededRandom } from './random.ts';

const random = seededRandom('control variate');
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Pairs {
  readonly count: number;
  /** How much of the control reaches the difference. */
  readonly slope: number;
  readonly effect?: number;
}

function draw({ count, slope, effect = 0 }: Pairs): { differences: number[]; control: number[] } {
  const control = Array.from({ length: count }, () => 0.2 * normal());
  return { control, differences: control.map((c) => effect + slope * c + 0.04 * normal()) };
}

function controlled(pairs: { differences: readonly number[]; control: readonly number[] }) {
  const found = controlledDifferences(pairs);
  if (found.kind === 'off') throw new Error(found.reason);
  return found;
}

describe('controlledDifferences', () => {
  it('leaves each pair out of its own coefficient: by hand for five pairs', () => {
    // Sum d c = .1 + .02 + 0 + .06 + .02 = .2, sum c^2 = .04 + .01 + 0 + .09 + .01 = .15, ridge .0001.
    const found = controlled({ differences: [0.5, 0.2, 0.1, -0.2, -0.2], control: [0.2, 0.1, 0, -0.3, -0.1] });
    expect(found.coefficient).toBe(1.2);
    // Without the fourth: .14 / (.06 + .0001) > 1.2, clipped: -.2 + 1.2 x .3. The third has no control: unchanged.
    expect(found.differences[3]).toBeCloseTo(0.16, 12);
    expect(found.differences[2]).toBe(0.1);
    const steep = controlled({ differences: [0.1, 0.05, 0, -0.15, -0.05], control: [0.2, 0.1, 0, -0.3, -0.1] });
    expect(steep.coefficient).toBeCloseTo(0.075 / 0.1501, 12);
    expect(steep.differences[0]).toBeCloseTo(0.1 - (0.055 / 0.1101) * 0.2, 12);
  });

  it('takes out what the control explains, and does no harm where it explains nothing', () => {
    const helped = draw({ count: 40, slope: 1 });
    expect(standardDeviation(controlled(helped).differences)).toBeLessThan(standardDeviation(helped.differences) / 3);
    const useless = draw({ count: 40, slope: 0 });
    expect(standardDeviation(controlled(useless).differences)).toBeLessThan(standardDeviation(useless.differences) * 1.25);
    // Plain division by the loop, the alternative, makes the same pairs five times noisier.
    expect(standardDeviation(useless.differences.map((d, index) => d - (useless.control[index] ?? 0)))).toBeGreaterThan(0.15);
  });

  it.each([0, 0.1])('keeps an effect of %d on average', (effect) => {
    const means = Array.from({ length: 400 }, () => mean(controlled(draw({ count: 20, slope: 0.8, effect })).differences));
    expect(mean(means)).toBeCloseTo(effect, 2);
  });

  it('does not change with the order of pairs and turns over with the sides', () => {
    const pair = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 5, maxLength: 20 }), (pairs) => {
        const plain = controlled({ differences: pairs.map(([d]) => d), control: pairs.map(([, c]) => c) });
        const back = pairs.toReversed();
        const turned = controlled({ differences: back.map(([d]) => -d), control: back.map(([, c]) => -c) });
        for (const [index, value] of plain.differences.entries()) expect(turned.differences.at(-1 - index)).toBeCloseTo(-value, 9);
      }),
      { seed: 14 },
    );
  });

  it.each([
    [[0.1, 0.2], [0.1], 'do not pair up'],
    [[0.1, 0.2], [0.1, 0.2], '2 of the 5 pairs'],
    [[0.1, 0.2, 0.3, 0.4, Number.NaN], [1, 2, 3, 4, 5], 'not a finite number'],
  ])('is off with a reason: %j against %j', (differences, control, reason) => {
    const found = controlledDifferences({ differences, control });
    expect(found.kind === 'off' && found.reason).toContain(reason);
  });

  it('leaves everything as it is under a control that never moved', () => {
    expect(controlled({ differences: [1, 2, 3, 4, 5], control: [0, 0, 0, 0, 0] })).toEqual({
      kind: 'controlled',
      differences: [1, 2, 3, 4, 5],
      coefficient: 0,
    });
  });
});
