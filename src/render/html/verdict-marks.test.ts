import { expect, test } from 'vitest';
import { verdictMarks, verdictWords } from './verdict-marks.ts';

test('every word has a place in the order, and a mark of its own', () => {
  expect(verdictWords.toSorted()).toEqual(Object.keys(verdictMarks).toSorted());
  expect(new Set(Object.values(verdictMarks)).size).toBe(verdictWords.length);
});
