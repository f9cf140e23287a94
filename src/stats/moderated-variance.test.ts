import { describe, expect, it } from 'vitest';
import { moderatedVariance } from './moderated-variance.ts';

describe('moderatedVariance', () => {
  it('is what the weights say by hand: (4 x 2 + 2 x 5) / 6 = 3', () => {
    expect(moderatedVariance({ own: 5, df: 2, common: 2 })).toEqual({ variance: 3, df: 6 });
  });

  it('gives stored runs that agree by chance the noise of their like', () => {
    expect(moderatedVariance({ own: 0, df: 2, common: 0.09 }).variance).toBeCloseTo(0.06, 14);
    expect(moderatedVariance({ own: 0.09, df: 1e9, common: 1 }).variance).toBeCloseTo(0.09, 6);
  });

  it('refuses what is no variance', () => {
    expect(() => moderatedVariance({ own: Number.NaN, df: 2, common: 1 })).toThrow('own NaN');
    expect(() => moderatedVariance({ own: 1, df: 0, common: 1 })).toThrow('df 0');
  });
});
