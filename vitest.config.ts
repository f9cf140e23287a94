import { defineConfig } from 'vitest/config';
import { CorpusReporter } from './test/hostile/corpus-reporter.ts';

/** Where to write the counts for whoever runs the tests; nowhere when not asked. */
const jsonReport = process.env['VITEST_JSON'];
const jsonReporters: ['json', { outputFile: string }][] = jsonReport === undefined ? [] : [['json', { outputFile: jsonReport }]];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Real interpreters and real child processes: generous per test, bounded as a whole by the suite's own budget.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two workers: the tests start processes of their own, and the smallest machine they run on has two cores.
    maxWorkers: 2,
    reporters: ['default', new CorpusReporter(), ...jsonReporters],
  },
});
