import { startVitest } from 'vitest/node';
import { corpusFiles } from '../test/hostile/corpus.ts';
import { CorpusReporter } from '../test/hostile/corpus-reporter.ts';

// Runs the hostile corpus alone and prints what was tried and passed; `npm test` runs it with everything else.
const vitest = await startVitest('test', [...corpusFiles()], { run: true, watch: false, reporters: ['default', new CorpusReporter(true)] });
await vitest.close();
