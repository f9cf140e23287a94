import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areOfTwoJobs, type CommentMarker, isLater, markerLine, readMarker } from './comment-marker.ts';

const commit = 'c0ffee'.padEnd(40, '0');
const marker: CommentMarker = { name: 'nightly', runId: 17, attempt: 2, commit };

describe('a marker', () => {
  test('is an HTML comment with the name, the run, the attempt and the commit', () => {
    expect(markerLine(marker)).toBe(`<!-- concurrency-regressions name=nightly run=17 attempt=2 commit=${commit} -->`);
  });

  test('is read back whatever the name holds, and nothing in the name ends it', () => {
    const treacherous = fc.constantFrom('-->', '--!>', '"', '\n', '\u0000', '%0a', '%', ' run=9 ', '\ud800', '😀', 'name=');
    const name = fc
      .array(fc.oneof(treacherous, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 999_999_999_999_999 }), fc.integer({ min: 1, max: 99 }), (given, runId, attempt) => {
        const line = markerLine({ name: given, runId, attempt, commit });
        expect(line).toMatch(/^<!-- [ -~]*[^-] -->$/);
        expect(line.indexOf('-->')).toBe(line.length - 3);
        expect(readMarker(`${line}\n## Title`)).toEqual({ name: given, runId, attempt, commit });
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test('says which job reported, and whether it failed, where that is given', () => {
    for (const failed of [true, false]) {
      const reported = { ...marker, job: { token: '0123456789ab', failed } };
      expect(markerLine(reported)).toContain(`commit=${commit} job=0123456789ab gate=${failed ? 'failed' : 'passed'} -->`);
      expect(readMarker(markerLine(reported))).toEqual(reported);
    }
  });

  test('is found with the line end that the web page of GitHub writes', () => {
    expect(readMarker(`${markerLine(marker)}\r\n## Title`)).toEqual(marker);
    expect(readMarker(markerLine({ ...marker, commit: 'a'.repeat(64) }))?.commit).toBe('a'.repeat(64));
  });

  test.each([
    ['an empty body', ''],
    ['a marker that is quoted', `> ${markerLine(marker)}`],
    ['a marker further down', `Look:\n${markerLine(marker)}`],
    ['another marker', '<!-- other name=x run=1 attempt=1 commit=c0ffee -->'],
    ['a commit that is none', markerLine(marker).replace(commit, 'main')],
    ['a run that is no number', markerLine(marker).replace('run=17', 'run=1e3')],
    ['a name that we did not write', markerLine(marker).replace('nightly', 'night%zz')],
    ['text behind it', `${markerLine(marker)} and more`],
  ])('is not seen in %s', (_, body) => {
    expect(readMarker(body)).toBeNull();
  });

  test.each([
    [{ runId: -1 }],
    [{ runId: 1.5 }],
    [{ attempt: Number.NaN }],
    [{ commit: 'main' }],
    [{ commit: 'C0FFEE'.padEnd(40, '0') }],
    [{ job: { token: '-->', failed: true } }],
  ])('is not written with %o', (wrong) => {
    expect(() => markerLine({ ...marker, ...wrong })).toThrow(RangeError);
  });
});

test('two jobs are those of one attempt that both say who they are, differently', () => {
  const [one, other] = ['a', 'b'].map((digit) => ({ ...marker, job: { token: digit.padStart(12, '0'), failed: false } }));
  if (one === undefined || other === undefined) throw new Error('two were made');
  expect(areOfTwoJobs(one, other)).toBe(true);
  const again = { ...other, job: { token: 'b'.repeat(12), failed: false } };
  const alike = [one, marker, again, { ...other, attempt: 3 }, { ...other, runId: 18 }];
  expect(alike.map((each) => areOfTwoJobs(one, each))).toEqual([false, false, false, false, false]);
});

test('a later run, or a later attempt at the same run, is later', () => {
  expect(isLater({ ...marker, runId: 18, attempt: 1 }, marker)).toBe(true);
  expect(isLater({ ...marker, attempt: 3 }, marker)).toBe(true);
  expect(isLater(marker, marker)).toBe(false);
  expect(isLater({ ...marker, runId: 9, attempt: 5 }, { ...marker, runId: 10 })).toBe(false);
});
