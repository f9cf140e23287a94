import { describe, expect, test } from 'vitest';
import { withinLimits } from '../../src/github/check-run-output.ts';
import { jobSummaryLimitBytes } from '../../src/github/job-summary.ts';
import { mostShards } from '../../src/model/shard.ts';
import { planShards } from '../../src/plan/shards.ts';
import { renderCheckRun } from '../../src/render/check-run.ts';
import { renderComment } from '../../src/render/comment.ts';
import { type Document, paragraph, table, text } from '../../src/render/document.ts';
import { markdownOf } from '../../src/render/markdown.ts';
import { utf8Bytes } from '../../src/render/plain-text.ts';
import { markdownWithin } from '../../src/render/size-limit.ts';
import type { Report } from '../../src/tables/report.ts';
import { commentOptions, tenThousandCells, tenThousandRegressions } from '../golden/comment-scenarios.ts';

/** A text outside the basic plane: two code units and four bytes, which a careless cut takes apart. */
const thread = '\u{1f9f5}';

/** A table whose Markdown has as many bytes as are asked for, threads wherever a cut could fall. */
function documentOf(bytes: number): Document {
  const rows = (count: number, last: string): Document => [
    paragraph(text('What was measured')),
    table(['workload'], [...Array.from({ length: count }, () => [[text(thread.repeat(20))]]), [[text(last)]]]),
  ];
  const row = utf8Bytes(markdownOf(rows(2, 'x'))) - utf8Bytes(markdownOf(rows(1, 'x')));
  const count = Math.floor((bytes - utf8Bytes(markdownOf(rows(0, 'x')))) / row);
  const rest = bytes - utf8Bytes(markdownOf(rows(count, '')));
  return rows(count, 'x'.repeat(rest));
}

/** What is wrong with a text that had to be shortened; empty where nothing is. */
function cutFaults(markdown: string, limit: number, whole: string): readonly string[] {
  return [
    ...(utf8Bytes(markdown) <= limit ? [] : [`${utf8Bytes(markdown)} bytes of ${limit}`]),
    ...(markdown.isWellFormed() ? [] : ['half a character']),
    ...(markdown.split('\n').some((line) => line.startsWith('|') && !line.endsWith('|')) ? ['half a row'] : []),
    ...(markdown === whole || /missing|left out|Cut here/.test(markdown) ? [] : ['shorter without a word']),
  ];
}

const edges = [65_535, 65_536, 65_537, jobSummaryLimitBytes - 1, jobSummaryLimitBytes, jobSummaryLimitBytes + 1];
const limitOf = (bytes: number) => (bytes < jobSummaryLimitBytes - 1 ? 65_536 : jobSummaryLimitBytes);

describe('a text of a size at the limit', () => {
  test.each(edges)('%i bytes are left whole or cut between rows, and it is said', (bytes) => {
    const whole = markdownOf(documentOf(bytes));
    expect(utf8Bytes(whole)).toBe(bytes);
    const shortened = markdownWithin(documentOf(bytes), limitOf(bytes));
    expect(cutFaults(shortened, limitOf(bytes), whole)).toEqual([]);
    expect(shortened === whole).toBe(bytes <= limitOf(bytes));
  });
});

const reports: readonly (readonly [string, () => Report])[] = [
  ['10,000 cells', tenThousandCells],
  ['10,000 regressions', tenThousandRegressions],
];

describe.each(reports)('a report of %s', (_, made) => {
  const report = made();

  test('makes a comment that GitHub takes, and it is said what is missing', () => {
    expect(cutFaults(renderComment(report, commentOptions), 60_000, '')).toEqual([]);
  });

  test('makes a check run that GitHub takes, and it is said what is missing', () => {
    const { title, summary, text: details } = renderCheckRun(report);
    expect(title.length).toBeLessThanOrEqual(255);
    for (const each of [summary, details]) expect([each.length <= 65_535, each.isWellFormed()]).toEqual([true, true]);
    expect(summary + details).toMatch(/missing|left out/);
  });
});

describe('the output of a check run', () => {
  const filled = (length: number) => `${thread.repeat(Math.ceil(length / 2))}`.slice(0, length).toWellFormed();

  test.each([254, 255, 256, 10_000])('has a title of at most 255 characters out of %i', (length) => {
    const { title } = withinLimits({ title: filled(length), summary: '', text: '' });
    expect(title.length).toBeLessThanOrEqual(255);
    expect(title.isWellFormed()).toBe(true);
    expect(title === filled(length)).toBe(length <= 255);
  });

  test.each([65_534, 65_535, 65_536, 1_000_000])('has a summary of at most 65,535 characters out of %i, cut between lines', (length) => {
    const line = `| ${thread.repeat(30)} |\n`;
    const whole = line
      .repeat(Math.ceil(length / line.length))
      .slice(-length)
      .toWellFormed();
    const { summary } = withinLimits({ title: '', summary: whole, text: whole });
    expect(summary.length).toBeLessThanOrEqual(65_535);
    expect(summary.isWellFormed()).toBe(true);
    expect(summary === whole || summary.includes('Cut here')).toBe(true);
  });
});

describe('a matrix', () => {
  const plan = (count: number) =>
    planShards({
      run: '1',
      pythons: Array.from({ length: count }, (_, index) => ({ python: `3.${index}`, workloads: [{ id: 'spawn', seconds: 1 }] })),
      cells: 1,
      unavailable: [],
      secondsPerShard: 60,
      most: mostShards,
    });

  test('of 256 jobs is the largest', () => {
    expect(plan(256)).toHaveLength(256);
    expect(() => plan(257)).toThrow(/257 Pythons, and GitHub starts 256 jobs/);
  });
});

describe('the check fires', () => {
  const cuts: readonly (readonly [string, (whole: string) => string])[] = [
    ['at a number of characters', (whole) => whole.slice(0, 65_536)],
    ['at a number of bytes', (whole) => Buffer.from(whole).subarray(0, 65_536).toString('latin1')],
    ['without a word', (whole) => whole.slice(0, whole.lastIndexOf('\n', 16_000))],
    ['in the middle of a character', (whole) => `${whole.slice(0, whole.indexOf(thread) + 1)} missing`],
  ];

  test.each(cuts)('for a text that is cut %s', (_, cut) => {
    const whole = markdownOf(documentOf(jobSummaryLimitBytes));
    expect(cutFaults(cut(whole), 65_536, whole)).not.toEqual([]);
  });
});
