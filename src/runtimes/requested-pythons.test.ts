import { describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { discoveryOf } from './requested-pythons.fixture.ts';
import { planPythons } from './requested-pythons.ts';

const atHand = { discovery: discoveryOf('3.12.1', '3.13.0', '3.13.5t'), install: 'never' } as const;
const installing = { ...atHand, install: 'missing' } as const;

describe('planPythons', () => {
  it('passes single versions and paths on as they were asked for, also what is not at hand here', () => {
    const { pythons, unavailable } = planPythons(['3.9', '3.14t', '3.13.0', '/opt/python', '3.9'], atHand);
    expect(pythons).toEqual(['3.9', '3.14t', '3.13.0', '/opt/python']);
    expect(unavailable).toEqual([]);
  });

  it('takes a range with an end apart, and looks one without an end up', () => {
    expect(planPythons(['3.9-3.11', '3.13-3.14t'], atHand).pythons).toEqual(['3.9', '3.10', '3.11', '3.13t', '3.14t']);
    expect(planPythons(['>=3.13'], atHand).pythons).toEqual(['3.13']);
    expect(planPythons(['3.11-3.9'], atHand)).toMatchObject({ pythons: [], unavailable: [{ requested: '3.11-3.9' }] });
  });

  it('looks up what stands for several, as minor versions: the jobs may have other patch releases', () => {
    expect(planPythons(['all'], atHand).pythons).toEqual(['3.12', '3.13', '3.13t']);
    expect(planPythons([], atHand).pythons).toEqual(['3.12', '3.13']);
    expect(planPythons([], { ...atHand, discovery: discoveryOf() }).unavailable).toHaveLength(1);
  });

  it('says which minor versions an open range is planned without', () => {
    expect(planPythons(['>=3.11'], atHand).notes).toEqual([expect.stringContaining('left out, because not at hand')]);
  });

  it.each([
    ['>=3.15', /^No CPython >=3\.15 is at hand/],
    ['3.6-3.8', /is not supported/],
    ['3.8', /^Python 3\.8 is not supported: the oldest supported version is 3\.9/],
    ['3.8.1', /is not supported/],
    ['3.6-3.10', /^Left out of this range: what is older than 3\.9, .* Planned of it: 3\.9, 3\.10\./],
  ])('tells why %s cannot be had, or not all of it, beside what can', (request, reason) => {
    const { pythons, unavailable } = planPythons(['3.13', request], atHand);
    expect(pythons).toContain('3.13');
    expect(pythons).not.toContain('3.8');
    expect(unavailable).toEqual([{ requested: request, reason: expect.stringMatching(reason) }]);
  });

  it('refuses what it cannot read, whatever else is asked for', () => {
    expect(() => planPythons(['3', '13', '3.12', '<3.14'], atHand)).toThrow(UserError);
    expect(() => planPythons(['3', '13', '3.12', '<3.14'], atHand)).toThrow(
      /^"3" is neither a version nor a path\. Write 3\.13 .* The same holds for "13", "<3\.14"\. Correct the option "python-version"; nothing was planned\.$/,
    );
  });
});

describe('planPythons where jobs may install what they lack', () => {
  it('says what to ask for instead of what only the jobs could look up', () => {
    const none = { ...installing, discovery: discoveryOf() };
    expect(planPythons(['latest'], none)).toMatchObject({
      pythons: [],
      unavailable: [
        { requested: 'latest', reason: expect.stringMatching(/^No CPython latest is at hand.* Ask for a version, such as 3\.13: /) },
      ],
    });
    expect(planPythons(['>=3.12'], installing)).toMatchObject({
      pythons: ['3.12', '3.13'],
      unavailable: [{ reason: expect.stringMatching(/Planned of it is what is at hand there: 3\.12, 3\.13\. Write a range with an end/) }],
    });
    expect(planPythons(['3.12-4.0'], installing).unavailable).toHaveLength(1);
  });

  it('has nothing to say where that changes nothing', () => {
    for (const request of ['latest', '3.12-3.14', '3.14', 'all']) expect(planPythons([request], installing).unavailable).toEqual([]);
    for (const request of ['3.13-3.9', '3.6-3.8']) {
      expect(planPythons([request], installing).unavailable).toEqual(planPythons([request], atHand).unavailable);
    }
  });
});
