import { describe, expect, it } from 'vitest';
import { discoveryOf } from './requested-pythons.fixture.ts';
import { distinctPythons } from './requested-twice.ts';

const atHand = discoveryOf('3.12.1', '3.13.0', '3.13.5', '3.13.5t', '3.14.2 in /mine/python');

describe('distinctPythons', () => {
  it.each([
    [['3.13', '3.13.5'], ['3.13.5']],
    [
      ['3.13.5', '3.13', '3.12'],
      ['3.13.5', '3.12'],
    ],
    [
      ['3.12', '3.13', '3.13.5'],
      ['3.12', '3.13.5'],
    ],
    [['3.14', '3.14.2', '/mine/python'], ['/mine/python']],
    [['/mine/python', '3.14'], ['/mine/python']],
  ])('plans %j as %j: they are one interpreter here', (pythons, expected) => {
    const distinct = distinctPythons(pythons, atHand);
    expect(distinct).toMatchObject({ pythons: expected, unavailable: [] });
    expect(distinct.notes).toHaveLength(1);
  });

  it('says what became of the others', () => {
    expect(distinctPythons(['3.13', '3.13.5'], atHand).notes).toEqual(['One interpreter: 3.13, 3.13.5. It is measured once, as 3.13.5.']);
  });

  it('takes two folders with one build for one, as their results would be', () => {
    const two = discoveryOf('3.13.5 in /a/python', '3.13.5 in /b/python');
    expect(distinctPythons(['/a/python', '/b/python'], two).pythons).toEqual(['/a/python']);
  });

  it.each([
    [['3.13', '3.13.0']],
    [['3.13', '3.13t']],
    [['3.13.0', '3.13.5']],
    [['3.9', '3.10.1', '3.9t', '3.10.2']],
    [['/unknown/python', '/other/python', '3.13']],
  ])('keeps %j apart', (pythons) => {
    expect(distinctPythons(pythons, atHand)).toEqual({ pythons, unavailable: [], notes: [] });
  });

  it('leaves out a minor version that may turn out to be a full one beside it', () => {
    const { pythons, unavailable } = distinctPythons(['3.9', '3.9.1', '3.9.2', '3.9.3t', '3.12'], atHand);
    expect(pythons).toEqual(['3.9.1', '3.9.2', '3.9.3t', '3.12']);
    expect(unavailable).toEqual([
      { requested: '3.9', reason: expect.stringMatching(/^It may be 3\.9\.1 or 3\.9\.2, .* by its full version\.$/) },
    ]);
  });
});
