import { afterEach, expect, it, vi } from 'vitest';
import { annotateStep, type StepAnnotation } from './annotations.ts';

afterEach(() => vi.restoreAllMocks());

function raised(annotations: readonly StepAnnotation[], taken = {}): readonly string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).trimEnd().split('\n'));
    return true;
  });
  annotateStep(annotations, taken);
  vi.restoreAllMocks();
  return lines;
}

const one = (level: StepAnnotation['level'], change: Partial<StepAnnotation> = {}): StepAnnotation => ({
  path: 'bench/a.py',
  line: 3,
  level,
  title: 'Slower',
  message: 'By a tenth.',
  ...change,
});
const many = (level: StepAnnotation['level'], count: number) =>
  Array.from({ length: count }, (_, index) => one(level, { line: index + 1 }));

it('raises each at its file and line', () => {
  expect(raised([one('failure'), one('warning'), one('notice')])).toEqual(
    ['error', 'warning', 'notice'].map((level) => `::${level} title=Slower,file=bench/a.py,line=3::By a tenth.`),
  );
});

it('stays within ten of each level, those of the step included, and says what is left out', () => {
  const lines = raised([...many('failure', 10), ...many('warning', 14)], { failure: 1 });
  const [errors, warnings] = [lines.filter((line) => line.startsWith('::error')), lines.filter((line) => line.startsWith('::warning'))];
  expect([errors.length, warnings.length]).toEqual([9, 10]);
  expect(errors.at(-1)).toBe('::error::2 more are in the job summary.');
  expect(warnings.at(-1)).toBe('::warning::5 more are in the job summary.');
  expect(raised(many('notice', 3), { notice: 10 })).toEqual([]);
});

it('lets no text be another command, and cuts a long one without halving a character', () => {
  expect(raised([one('failure', { path: 'a,b.py', title: 'x::y,z', message: 'one\n::error::two' })])).toEqual([
    '::error title=x%3A%3Ay%2Cz,file=a%2Cb.py,line=3::one%0A::error::two',
  ]);
  const [line = ''] = raised([one('failure', { message: `${'x'.repeat(4094)}😀😀` })]);
  const message = line.slice(line.lastIndexOf('::') + 2);
  expect(message).toBe(`${'x'.repeat(4094)}…`);
});
