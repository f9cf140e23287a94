import { expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { measuredRun } from '../tables/measured-run.ts';
import { renderMeasuredTerminal } from './measured.ts';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const runtimes = [fixtureRuntime('3.13.0')];

/** What a run that was only measured prints, on one line. */
function printed(recipe: Partial<ResultsRecipe> = {}): string {
  const results = fixtureResults({ run: 9, workloads: { spawn }, runtimes, ...recipe });
  return renderMeasuredTerminal(measuredRun(results), { width: 1000 }).replaceAll(/\s+/g, ' ');
}

test('tells what was measured, and that nothing is compared', () => {
  expect(printed()).toContain('Nothing is broken. 5 cells of 1 workload measured on Python 3.13.0, 5 processes each. Nothing is compared.');
});

test('tells what is broken, refused, not available, and too little', () => {
  const refused = [{ id: 'mine', phase: 'import', reason: 'No module x.', runtime: runtimes[0]?.id ?? '' }];
  const unavailable = [{ requested: '3.14t', reason: 'It is not installed.' }];
  const text = printed({
    processes: 2,
    breaks: ({ model }) => (model === 'threads' ? { kind: 'crash', message: 'signal 9', output: '' } : null),
    also: { refused, unavailable },
  });
  expect(text).toContain('1 cell is broken and 1 workload was refused.');
  expect(text).toContain('spawn threads on 3.13.0: crash in 2 of 2 processes signal 9');
  expect(text).toContain('mine was refused on 3.13.0 (import): No module x.');
  expect(text).toContain('Not available: 3.14t. It is not installed.');
  expect(text).toContain('4 cells: 2 of the 3 processes that an interval needs');
  expect(printed({ also: { partial: true } })).toContain('Interrupted: this is what was measured until then.');
});

test('tells what the machine did to the run', () => {
  const disturbed = { code: 'disturbed', cause: 'setting changed', kept: 1, repeated: 0, of: 25, most: 1 } as const;
  const strained = { code: 'strained', cause: 'swapped', processes: 1, of: 25, most: 900 } as const;
  const text = printed({ also: { warnings: [disturbed, strained, { code: 'busy machine', share: 0.25 }] } });
  expect(text).toContain('1 of 25 processes ran while the processors that may be used, their quota or their frequency were changed');
  expect(text).toContain('1 of 25 processes ran while memory was swapped (900 pages at most)');
  expect(text).toContain('Other processes used 25.0 % of the processor time');
});
