import { describe, expect, it } from 'vitest';
import { holm } from './holm.ts';
import { normalDeviate } from './noise.fixture.ts';
import { normalUpperTail } from './normal.ts';
import { seededRandom } from './random.ts';

const alpha = 0.05;
const cells = 10;
const trials = 10_000;
/** Four standard deviations of a share of alpha in that many trials. */
const chance = 4 * Math.sqrt((alpha * (1 - alpha)) / trials);

interface Family {
  /** How much of each statistic is common to all. */
  readonly shared: number;
  /** Of the statistics of cells that did change. */
  readonly changed?: readonly number[];
}

/** The share of families in which a cell that did not change is rejected. */
function falseRejections({ shared, changed = [] }: Family, adjust: (pValues: readonly number[]) => readonly number[]): number {
  const random = seededRandom(`family ${shared} ${changed.length}`);
  let rejected = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const common = normalDeviate(random);
    const statistics = Array.from(
      { length: cells },
      (_, index) => Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normalDeviate(random) + (changed[index] ?? 0),
    );
    const adjusted = adjust(statistics.map(normalUpperTail));
    if (adjusted.some((p, index) => index >= changed.length && p <= alpha)) rejected += 1;
  }
  return rejected / trials;
}

describe('Holm, the chance of any false rejection', () => {
  it.each<[string, Family]>([
    ['independent cells', { shared: 0 }],
    ['cells with much in common', { shared: 0.5 }],
    ['cells that are nearly one', { shared: 0.99 }],
    ['some cells that did change', { shared: 0, changed: [9, 9, 9, 9, 9] }],
    ['some cells that changed a little, and much in common', { shared: 0.5, changed: [2, 2, 2] }],
  ])('is alpha at most: %s', (_, family) => {
    expect(falseRejections(family, holm)).toBeLessThan(alpha + chance);
  });

  it('is close to alpha where cells are independent, after true rejections too: 1 - (1 - .05 / 10)^10 = .0489, 1 - (1 - .05 / 5)^5 = .0490', () => {
    expect(falseRejections({ shared: 0 }, holm)).toBeGreaterThan(0.0489 - chance);
    expect(falseRejections({ shared: 0, changed: [9, 9, 9, 9, 9] }, holm)).toBeGreaterThan(0.049 - chance);
  });

  it('is far above alpha without a correction: 1 - .95^10 = .40', () => {
    expect(falseRejections({ shared: 0 }, (pValues) => pValues)).toBeGreaterThan(0.38);
  });
});
