import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderComment } from '../../src/render/comment.ts';
import { utf8Bytes } from '../../src/render/plain-text.ts';
import type { Report } from '../../src/tables/report.ts';
import { flagged, tooNoisy } from '../fixtures/judgement/verdicts.ts';
import { commentOptions, fiftyCells, manyCells, scenarioReport, tenThousandCells, tenThousandRegressions } from './comment-scenarios.ts';
import { expectGolden } from './golden-file.ts';
import { hostile } from './hostile.ts';

/** Lines of a long comment that are kept at its beginning and at its end; the digest stands for what lies between. */
const [firstLines, lastLines] = [90, 50];

/** The longest comment that is kept whole. */
const wholeBytes = 40_000;

function digested(markdown: string): string {
  const lines = markdown.split('\n');
  if (utf8Bytes(markdown) <= wholeBytes) return markdown;
  const digest = createHash('sha256').update(markdown).digest('hex');
  const between = `[${lines.length - firstLines - lastLines} lines; the whole: ${utf8Bytes(markdown)} bytes, SHA-256 ${digest}]`;
  return [...lines.slice(0, firstLines), between, ...lines.slice(-lastLines)].join('\n');
}

const golden: readonly (readonly [string, number, () => Report])[] = [
  ['comment-0-cells', 0, () => scenarioReport('no-cells')],
  ['comment-1-cell', 1, () => scenarioReport('one-cell')],
  ['comment-50-cells', 50, fiftyCells],
  ['comment-10000-cells', 10_000, tenThousandCells],
  ['comment-10000-regressions', 10_000, tenThousandRegressions],
  ['comment-first-pull-request', 16, () => scenarioReport('first-pull-request')],
  ['comment-accepted-regression', 16, () => scenarioReport('accepted-regression')],
  ['comment-missing-shard', 16, () => scenarioReport('missing-shard')],
  ['comment-interrupted', 96, () => scenarioReport('interrupted')],
];

describe('golden comments', () => {
  test.each(golden)('%s', (name, cells, report) => {
    const built = report();
    expect(built.counts.cells).toBe(cells);
    const comment = renderComment(built, commentOptions);
    expectWithin(comment, 60_000);
    expectGolden(`${name}.md`, digested(comment));
  });
});

function expectWithin(comment: string, limit: number): void {
  expect(comment.length).toBeLessThanOrEqual(limit);
  expect(utf8Bytes(comment)).toBeLessThanOrEqual(limit);
  expect(comment.isWellFormed()).toBe(true);
  expect(comment.match(/^<details>$/gm)?.length).toBe(comment.match(/^<\/details>$/gm)?.length);
  for (const row of comment.match(/^\|.*$/gm) ?? []) expect(row).toMatch(/^\|.*\|$/);
  expect(comment).toMatch(/^<!-- concurrency-regressions /);
  expect(comment).toMatch(/The next run updates this comment\.\n$/);
}

describe('a comment keeps its limit', () => {
  const hostileName = (index: number) => `${index} ${hostile} \u{1f9f5}|*@`.repeat(60).slice(0, 4000);

  test.each([1, 5, 100])('with %i workloads whose names have 4,000 characters', (workloads) => {
    const names = manyCells(workloads, { name: hostileName, verdict: (known) => flagged(known, { ratio: 1.3 }), confirmation: {} });
    expect(hostileName(0)).toHaveLength(4000);
    expectWithin(renderComment(names, commentOptions), 60_000);
  });

  test('with a hostile name of its own', () => {
    expectWithin(renderComment(scenarioReport('one-cell'), { ...commentOptions, name: hostileName(0) }), 60_000);
  });

  test('where every cell is broken, inconclusive or missing, each for a reason of its own', () => {
    const reason = (id: string) => `${hostile} ${id}`;
    const broken = manyCells(200, {
      verdict: ({ cell }) => ({
        verdict: 'broken',
        side: 'head',
        kind: 'crash',
        message: reason(cell.workload),
        output: `${hostile}\n`.repeat(30),
      }),
    });
    const open = manyCells(200, { verdict: (known) => tooNoisy(known), confirmation: {} });
    const uncompared = manyCells(200, { verdict: ({ cell }) => ({ verdict: 'not comparable', reason: reason(cell.workload) }) });
    for (const report of [broken, open, uncompared]) expectWithin(renderComment(report, commentOptions), 60_000);
  });

  test.each([30_000, 15_000, 8000])('of %i', (limit) => {
    expectWithin(renderComment(fiftyCells(), { ...commentOptions, limit }), limit);
  });
});
