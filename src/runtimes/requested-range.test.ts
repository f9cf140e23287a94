import { describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { planRange } from './requested-range.ts';
import { parseRuntimeRequest } from './runtime-request.ts';

function planned(text: string, ...atHand: readonly string[]) {
  const request = parseRuntimeRequest(text);
  if (request.kind !== 'range') throw new Error(`${text} is no range`);
  return planRange({ text, ...request }, new Set(atHand));
}

describe('planRange', () => {
  it('names every minor version of the range', () => {
    expect(planned('3.9-3.12')).toEqual({ pythons: ['3.9', '3.10', '3.11', '3.12'], missing: null });
    expect(planned('3.13-3.14t')).toEqual({ pythons: ['3.13t', '3.14t'], missing: null });
  });

  it.each([
    [
      '3.6-3.10',
      ['3.9', '3.10'],
      /^Left out of this range: what is older than 3\.9, the oldest supported version\. Planned of it: 3\.9, 3\.10\./,
    ],
    ['2.7-3.9', ['3.9'], /older than 3\.9/],
    ['3.10-3.13t', ['3.13t'], /older than 3\.13, the first version with free-threaded builds/],
    ['3.14-3.17', ['3.14', '3.15'], /^Left out of this range: 3\.16, 3\.17, newer than any version that was tested and not at hand/],
    ['3.8-3.16', ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'], /older than 3\.9, .*; 3\.16, newer/],
  ])('leaves out of %s what no machine has, and says so', (text, pythons, missing) => {
    expect(planned(text)).toEqual({ pythons, missing: expect.stringMatching(missing) });
  });

  it('plans what is newer than tested where it is at hand', () => {
    expect(planned('3.15-3.17', '3.16', '3.17t')).toEqual({ pythons: ['3.15', '3.16'], missing: expect.stringContaining(' 3.17, newer') });
  });

  it.each(['>=3.9', '3.12-4.0', '3.12-3.9', '3.6-3.8', '3.9-3.12t', '3.20-3.22', '4.0-3.13'])('cannot name those of %s', (text) => {
    expect(planned(text)).toBeNull();
  });

  it('refuses a range that nobody means', () => {
    expect(planned('3.0-3.38')?.pythons).toHaveLength(7);
    expect(() => planned('3.1-3.39')).toThrow(UserError);
    expect(() => planned('3.1-3.400')).toThrow(/The range "3\.1-3\.400" of "python-version" has 392 minor versions\. Narrow it to 30/);
  });
});
