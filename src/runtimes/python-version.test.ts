import { expect, test } from 'vitest';
import { comparePythonVersions, isDefaultChoice, isSupported, type PythonVersion, parsePythonVersion } from './python-version.ts';

function parsed(text: string): PythonVersion {
  const version = parsePythonVersion(text);
  if (version === undefined) throw new Error(`${text} is no version`);
  return version;
}

test('versions are ordered by number and stage, not by text', () => {
  const ordered = ['3.9.18', '3.10.2', '3.10.13', '3.15.0a2', '3.15.0a10', '3.15.0b1', '3.15.0rc1', '3.15.0', '3.15.1', '4.0.0'];
  const sorted = ordered.toReversed().sort((a, b) => comparePythonVersions(parsed(a), parsed(b)));
  expect(sorted).toEqual(ordered);
  expect(comparePythonVersions(parsed('3.13.0'), parsed('3.13.0'))).toBe(0);
});

test.each(['', '3', '3.13', '3.13.0+', '3.13.0.1', '3.13.0 ', '3.13.0\n', '../3.13.0', 'v3.13.0', '3.13.0dev1'])(
  '%j is no version',
  (text) => {
    expect(parsePythonVersion(text)).toBeUndefined();
  },
);

test.each([
  ['2.7.18', false, false],
  ['3.8.18', false, false],
  ['3.9.0', true, true],
  ['3.15.2', true, true],
  ['3.15.0rc1', true, false],
  ['3.16.0', true, false],
  ['4.0.0', false, false],
])('%s: supported %s, chosen unasked %s', (text, supported, unasked) => {
  expect(isSupported(parsed(text))).toBe(supported);
  expect(isDefaultChoice(parsed(text))).toBe(unasked);
});
