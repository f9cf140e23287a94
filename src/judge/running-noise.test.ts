import { describe, expect, it } from 'vitest';
import { runningNoise } from './running-noise.ts';

describe('runningNoise', () => {
  it('is not known before a cell has three figures', () => {
    const noise = runningNoise();
    for (const figure of [1, 1.1]) noise.add('a', figure);
    expect(noise.share()).toBeNull();
    noise.add('a', 0.9);
    expect(noise.share()).toBeCloseTo(0.14826);
  });

  it('is that of the cell in the middle, whatever its figures are measured in', () => {
    const noise = runningNoise();
    for (const [cell, spread] of [
      ['a', 0],
      ['b', 0.01],
      ['c', 0.5],
    ] as const)
      for (const figure of [1 - spread, 1, 1 + spread]) noise.add(cell, figure * (cell === 'b' ? 1e-6 : 1e9));
    expect(noise.share()).toBeCloseTo(0.014826);
  });

  it('passes over what has no relative spread', () => {
    const noise = runningNoise();
    for (const figure of [null, 0, -1, Number.NaN, Number.POSITIVE_INFINITY]) noise.add('a', figure);
    expect(noise.share()).toBeNull();
  });
});
