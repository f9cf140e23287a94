import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemsOf } from '../config/list.ts';
import { compareMinors, isWithin, minorLabel, parseVersionRange } from './version-range.ts';

const minor = fc.record({ major: fc.integer({ min: 0, max: 4 }), minor: fc.integer({ min: 0, max: 30 }) });

test.each([
  ['3.10-3.13', { from: { major: 3, minor: 10 }, to: { major: 3, minor: 13 } }],
  ['>=3.11', { from: { major: 3, minor: 11 }, to: undefined }],
  ['0.19-0.22', { from: { major: 0, minor: 19 }, to: { major: 0, minor: 22 } }],
])('%s is a range', (text, range) => {
  expect(parseVersionRange(text)).toEqual(range);
});

test.each([
  '',
  '3.10',
  '3.10-',
  '-3.13',
  '3.10-3.13-3.14',
  '>3.10',
  '<3.14',
  '>=3.10,<3.14',
  '3.10 - 3.13',
  '3.10..3.13',
  '3.10-3.13.1',
  '>=3',
])('%j is none', (text) => {
  expect(parseVersionRange(text)).toBeUndefined();
});

test('a version is within a closed range exactly when it is neither older than its begin nor newer than its end', () => {
  fc.assert(
    fc.property(minor, minor, minor, (version, from, to) => {
      const range = parseVersionRange(`${minorLabel(from)}-${minorLabel(to)}`);
      const expected = compareMinors(from, version) <= 0 && compareMinors(version, to) <= 0;
      expect(range !== undefined && isWithin(version, range)).toBe(expected);
      expect(isWithin(version, { from, to: undefined })).toBe(compareMinors(from, version) <= 0);
    }),
    { seed: 20_260_501 },
  );
});

test('every spelling of a range survives the splitting of lists', () => {
  expect(itemsOf('>=3.11, 3.9-3.13t\n3.14t')).toEqual(['>=3.11', '3.9-3.13t', '3.14t']);
});
