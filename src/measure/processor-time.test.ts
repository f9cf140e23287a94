import { describe, expect, it } from 'vitest';
import { processorTime } from './processor-time.ts';

describe('processorTime', () => {
  it('reads the first line and leaves out guest time, which user time holds already', () => {
    const stat = 'cpu  13521 7 2703 114442 575 3 222 10 400 500\ncpu0 1 2 3 4 5 6 7 8 9 10\nctxt 5\n';
    expect(processorTime(stat)).toEqual({ stolen: 10, idle: 114442 + 575, total: 13521 + 7 + 2703 + 114442 + 575 + 3 + 222 + 10 });
  });

  it.each([[''], ['cpu  1 2 3 4 5 6 7\n'], ['cpu0 1 2 3 4 5 6 7 8\n'], ['cpu  a b c d e f g h\n'], ['<html>']])(
    'is null for %j',
    (stat) => {
      expect(processorTime(stat)).toBeNull();
    },
  );
});
