import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from './random.ts';
import { detectSteps, fewestValues, type StepOptions } from './step-detection.ts';

const options = (random: Random): StepOptions => ({ alpha: 0.001, margin: Math.log(1.05), shortest: 3, random });

function history(random: Random, { levels, noise = 0.02 }: { readonly levels: readonly number[]; readonly noise?: number }): number[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return levels.map((level) => level + noise * normal());
}

function levels(...pieces: readonly (readonly [count: number, level: number])[]): readonly number[] {
  return pieces.flatMap(([count, level]) => new Array<number>(count).fill(level));
}

function stepsOf(values: readonly number[], random: Random) {
  const found = detectSteps(values, options(random));
  if (found.kind === 'none') throw new Error(found.reason);
  return found.steps;
}

describe('detectSteps', () => {
  it('finds where the level shifted, and by how much', () => {
    const random = seededRandom('one step');
    const [step, ...others] = stepsOf(history(random, { levels: levels([20, 0], [10, 0.1]) }), random);
    expect(others).toEqual([]);
    expect(step?.index).toBe(20);
    expect(step?.shift).toBeCloseTo(0.1, 1);
    expect(step?.p).toBeLessThanOrEqual(0.001);
  });

  it('finds a step up and the step back, oldest first', () => {
    const random = seededRandom('two steps');
    const steps = stepsOf(history(random, { levels: levels([12, 0], [9, 0.2], [9, 0.01]) }), random);
    expect(steps.map(({ index }) => index)).toEqual([12, 21]);
    expect(steps.map(({ shift }) => Math.sign(shift))).toEqual([1, -1]);
  });

  it('does not take one outlier, or a shift below the margin, for a step', () => {
    const random = seededRandom('outlier');
    const outlier = history(random, { levels: levels([29, 0], [1, 0.8]) });
    expect(stepsOf(outlier, random)).toEqual([]);
    expect(stepsOf(history(random, { levels: levels([15, 0], [15, 0.03]), noise: 0.002 }), random)).toEqual([]);
  });

  it('draws nothing for a history that lies within the margin', () => {
    const draws = () => {
      throw new Error('a history without a step that counts was shuffled');
    };
    expect(detectSteps(levels([15, 0], [15, 0.048]), options(draws))).toEqual({ kind: 'steps', steps: [] });
    expect(() => detectSteps(levels([15, 0], [15, 0.05]), options(draws))).toThrow('was shuffled');
  });

  it('sees three runs after a large step', () => {
    const random = seededRandom('late step');
    expect(stepsOf(history(random, { levels: levels([27, 0], [3, 0.5]), noise: 0.01 }), random).map(({ index }) => index)).toEqual([27]);
  });

  it('sees the sharpest step there can be in the fewest values, and looks at no fewer', () => {
    const fewest = fewestValues({ alpha: 0.001, shortest: 3 });
    // 14 over 7 is 3432, 13 over 6 is 1716: two orders of so many are as sharp.
    expect(fewest).toBe(14);
    const sharp = (count: number) => levels([count >> 1, 0], [count - (count >> 1), 1]).map((level, index) => level + index * 1e-6);
    const seen = Array.from({ length: 20 }, (_, seed) => detectSteps(sharp(fewest), options(seededRandom(`fewest ${seed}`))));
    // Of 2000 shuffles 1.2 on average are as sharp, and one may be: two in three are seen.
    expect(seen.filter((each) => each.kind === 'steps' && each.steps.length === 1).length).toBeGreaterThan(5);
    expect(detectSteps(sharp(fewest - 1), options(seededRandom('fewer'))).kind).toBe('none');
  });

  it('rarely finds a step where there is none', () => {
    const random = seededRandom('no step');
    const loose = { ...options(random), alpha: 0.05, margin: 0 };
    const trials = 300;
    const found = Array.from({ length: trials }, () => detectSteps(history(random, { levels: levels([20, 0]) }), loose)).filter(
      (each) => each.kind === 'steps' && each.steps.length > 0,
    ).length;
    // 5 % of 300 are 15; five standard deviations above are 34.
    expect(found).toBeLessThan(34);
    expect(found).toBeGreaterThan(2);
  });

  it('is the same for the same seed and in other units', () => {
    const values = history(seededRandom('units'), { levels: levels([15, 0], [15, 0.2]) });
    const plain = stepsOf(values, seededRandom('shuffles'));
    const shifted = stepsOf(
      values.map((value) => value + Math.log(1e3)),
      seededRandom('shuffles'),
    );
    expect(shifted.map(({ index, p }) => [index, p])).toEqual(plain.map(({ index, p }) => [index, p]));
  });

  it.each([
    [[], '0 of the 14 runs'],
    [[1, 2, 3], '3 of the 14 runs'],
    [[...new Array<number>(13).fill(1), Number.NaN], 'not a finite number'],
  ])('gives a reason instead: %j', (values, reason) => {
    const found = detectSteps(values, options(seededRandom('reason')));
    expect(found.kind === 'none' && found.reason).toContain(reason);
  });

  it('finds nothing in a history without any spread', () => {
    expect(detectSteps(new Array<number>(14).fill(0.3), options(seededRandom('flat')))).toEqual({ kind: 'steps', steps: [] });
  });
});
