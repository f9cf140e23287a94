import { defineConfig } from 'vitest/config';

/** Where to write the counts for whoever runs the tests; nowhere when not asked. */
const jsonReport = process.env['VITEST_JSON'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Real interpreters and real child processes: generous per test, bounded as a whole by the suite's own budget.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Two workers: the tests start processes of their own, and the smallest machine they run on has two cores.
    maxWorkers: 2,
    reporters: jsonReport === undefined ? ['default'] : ['default', ['json', { outputFile: jsonReport }]],
  },
});
