import { describe, expect, it } from 'vitest';
import { historyRun } from '../../test/fixtures/baseline-history.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { cellIdsOf } from '../model/run.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { withRuns } from './baseline-file-text.ts';
import { encodeLine } from './line-codec.ts';

const runOf = (run: number, cells: number) => condensedRun(historyRun({ cells, run }));
const runsIn = (text: string) => parseBaselineFile(text).flatMap((line) => (line.status === 'run' ? [line.run] : []));

/** The line of the only run of a file, changed and signed anew. */
function forged(text: string, change: (line: { measured: unknown[]; broken: unknown[] }) => void): string {
  const lines = text.trim().split('\n');
  const line = JSON.parse(lines.at(-1) ?? '');
  change(line);
  const { id: _, schema: __, ...body } = line;
  return [...lines.slice(0, -1), encodeLine(body).text].join('\n');
}

describe('the cells of stored runs', () => {
  it('are those of each run, whatever the runs before it measured', () => {
    const runs = [runOf(0, 9), runOf(1, 9), runOf(2, 4), { ...runOf(3, 9), samples: runOf(3, 9).samples.toReversed() }];
    const read = runsIn(withRuns('', runs));
    expect(read.map((run) => [...cellIdsOf(run)])).toEqual(runs.map((run) => [...cellIdsOf(run)]));
    expect(read.slice(0, 3).map(condensedRun)).toEqual(runs.slice(0, 3));
  });

  const whole = withRuns('', [runOf(0, 3)]);

  it.each<readonly [string, string]>([
    ['comes twice', forged(whole, ({ measured }) => measured.push(measured[0]))],
    ['is measured and broken', forged(whole, ({ broken }) => broken.push([0, 0, '', 'timeout', 'No end.', 1]))],
    ['is of no workload', forged(whole, ({ broken }) => broken.push([99, 0, '', 'timeout', 'No end.', 1]))],
  ])('are refused where one %s', (_, text) => {
    const damaged = parseBaselineFile(text).flatMap((line) => (line.status === 'damaged' ? [line.reason] : []));
    expect([runsIn(text).length, damaged]).toEqual([0, [expect.stringMatching(/holds a cell twice, or one names a workload/)]]);
  });
});
