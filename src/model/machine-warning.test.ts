import { expect, it } from 'vitest';
import { disturbanceCauses, strainCauses } from './disturbance.ts';
import { warningText } from './warning.ts';

it('says how many processes, what happened, and what to do', () => {
  const many = { code: 'disturbed', cause: 'clock step', kept: 1, repeated: 2, of: 120, most: 1.234 } as const;
  expect(warningText(many)).toBe(
    '3 of 122 processes ran while the clock of the machine was set, or the machine stood still (1.23 s at most): 2 were measured anew, and 1 that stayed disturbed neither convicts nor clears in a pair. To avoid it, let the machine set its clock before the job.',
  );
  const few = { code: 'disturbed', cause: 'setting changed', kept: 0, repeated: 1, of: 9, most: 2 } as const;
  expect(warningText(few)).toBe(
    '1 of 10 processes ran while the processors that may be used, their quota or their frequency were changed (2 times at most): 1 was measured anew, and 0 that stayed disturbed neither convict nor clear in a pair. To avoid it, keep what tunes the machine from doing it during the job.',
  );
});

it('says of a strain that nothing is left out for it', () => {
  expect(warningText({ code: 'strained', cause: 'throttled', processes: 3, of: 120, most: 1.234 })).toBe(
    '3 of 120 processes ran while a quota kept the processors from them (1.23 s at most): it may be the doing of the workload, so they count like any other, and the intervals hold that noise. To avoid it, give the container whole processors, or workloads that need fewer.',
  );
});

it.each(disturbanceCauses)('has words and a remedy for %s', (cause) => {
  const text = warningText({ code: 'disturbed', cause, kept: 1, repeated: 1, of: 3, most: 1 });
  expect(text).toMatch(/^2 of 4 processes ran while .+ \(.+ at most\): .+\. To avoid it, .+\.$/);
});

it.each(strainCauses)('has words and a remedy for %s', (cause) => {
  const text = warningText({ code: 'strained', cause, processes: 2, of: 4, most: 1 });
  expect(text).toMatch(/^2 of 4 processes ran while .+ \(.+ at most\): .+\. To avoid it, .+\.$/);
});

it.each([
  [{ code: 'stolen time', share: 0.0123 }, /^The host gave 1\.2 % /],
  [{ code: 'busy machine', share: 0.5 }, /^Other processes used 50\.0 % .+Leave the machine to the job/],
  [{ code: 'missing guards', missing: ['a', 'b'] }, /: a, b\. A workload that misbehaves may disturb others/],
  [{ code: 'unnoticed', missing: ['a'] }, /so none of this would be noticed: a\.$/],
] as const)('says of the machine: %j', (warning, words) => {
  expect(warningText(warning)).toMatch(words);
});
