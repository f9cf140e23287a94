import { expect, it } from 'vitest';
import { historyRun } from '../../test/fixtures/baseline-history.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { withRuns } from './baseline-file-text.ts';
import { keptRuns } from './store.ts';

/** What a branch is to hold at most for a large suite: bytes. */
const promised = 2_000_000;

it('300 cells and 30 runs, five processes each and twelve metrics, take 2 MB or less, and no more ever after', () => {
  const runs = Array.from({ length: keptRuns }, (_, run) => condensedRun(historyRun({ cells: 300, run })));
  const text = withRuns('', runs);
  expect(parseBaselineFile(text).filter(({ status }) => status === 'run')).toHaveLength(keptRuns);
  expect(Buffer.byteLength(text)).toBeLessThan(promised);
  const later = Array.from({ length: 3 }, (_, run) => condensedRun(historyRun({ cells: 300, run: keptRuns + run })));
  expect(Buffer.byteLength(withRuns(text, later))).toBeLessThan(promised);
});
