import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusFiles, type Family, families } from './corpus.ts';
import { type Outcome, tallyOf, tallyText } from './tally.ts';

const family: Family = {
  name: 'tricks',
  least: 3,
  cases: [{ file: 'a.test.ts', title: /^trick/ }],
  mutants: [{ file: 'a.test.ts', title: /^the check fires/ }],
};
const outcome = (title: string, more: Partial<Outcome> = {}): Outcome => ({
  file: 'a.test.ts',
  title,
  state: 'passed',
  counted: null,
  ...more,
});
const whole = [outcome('trick 1'), outcome('trick many', { counted: { tried: 5 } }), outcome('the check fires')];

describe('the tally of a family', () => {
  it('counts tests as cases, and the cases that a test reports', () => {
    expect(tallyOf(family, [...whole, outcome('trick 2', { file: 'b.test.ts' })])).toEqual({
      name: 'tricks',
      tried: 6,
      passed: 6,
      mutants: 1,
      caught: 1,
      faults: [],
    });
  });

  it.each<[string, readonly Outcome[]]>([
    ['only 1 of at least 3 cases were tried', [outcome('trick 1'), outcome('the check fires')]],
    ['1 of 7 cases did not pass', [...whole, outcome('trick 2', { state: 'failed' })]],
    ['3 of 106 cases did not pass', [...whole, outcome('trick more', { state: 'failed', counted: { tried: 100, passed: 97 } })]],
    ['5 of 11 cases did not pass', [...whole, outcome('trick more', { state: 'failed', counted: { tried: 5 } })]],
    ['no planted fault was tried', whole.slice(0, 2)],
    ['no planted fault was tried', [...whole.slice(0, 2), outcome('the check fires', { state: 'skipped' })]],
    ['1 of 2 planted faults were not seen', [...whole, outcome('the check fires too', { state: 'failed' })]],
  ])('fails where %s', (fault, outcomes) => {
    const tally = tallyOf(family, outcomes);
    expect(tally.faults).toEqual([fault]);
    expect(tallyText([tally])).toContain(`failed: ${fault}`);
  });
});

describe('the corpus', () => {
  it('has a name, cases and a planted fault in every family', () => {
    expect(new Set(families.map(({ name }) => name)).size).toBe(families.length);
    for (const { cases, mutants } of families) expect([cases.length, mutants.length]).not.toContain(0);
  });

  it('names files that are there', () => {
    expect(corpusFiles().filter((file) => !existsSync(join(import.meta.dirname, '..', '..', file)))).toEqual([]);
  });

  it('names each file once', () => {
    expect(new Set(corpusFiles()).size).toBe(corpusFiles().length);
  });
});
