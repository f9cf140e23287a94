import { expect, test } from 'vitest';
import { ageText } from './age.ts';

test.each([
  [0, '0 minutes'],
  [90, '1 minute'],
  [7199, '119 minutes'],
  [7200, '2 hours'],
  [26 * 3600, '26 hours'],
  [3 * 86_400 + 5, '3 days'],
  [45 * 86_400, '45 days'],
  [-7200, '2 hours later'],
])('%i s is %s', (seconds, words) => {
  expect(ageText(seconds)).toBe(words);
});
