import { describe, expect, test } from 'vitest';
import { utf8Bytes } from '../../src/render/plain-text.ts';
import { renderReportMarkdown, renderReportTerminal, reportDocument } from '../../src/render/report.ts';
import { buildReport } from '../../src/tables/report.ts';
import { hostile } from './hostile.ts';
import { scenarios } from './scenarios.ts';

/** The only HTML a report may hold. */
const ownTags = /<\/?(?:b|br|sup|details|summary|code)>/g;

/** What stands outside code: fenced blocks, code spans and code elements. */
function outsideCode(markdown: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1] ?? null;
    if (fence === null && mark !== null) fence = mark;
    else if (fence !== null && mark !== null && line === fence) fence = null;
    else if (fence === null) lines.push(line);
  }
  expect(fence, 'a fence is never closed').toBeNull();
  return lines
    .join('\n')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/<code>.*?<\/code>/g, '');
}

/** Cells of a table row, split as a parser does: at pipes that no backslash escapes, in code spans too. */
function cellCount(row: string): number {
  return row.split(/(?<!\\)\|/).length;
}

function tableRows(markdown: string): readonly (readonly string[])[] {
  const tables: string[][] = [];
  let previous = '';
  for (const line of markdown.split('\n')) {
    if (line.startsWith('| ')) {
      if (!previous.startsWith('|')) tables.push([]);
      tables.at(-1)?.push(line);
    }
    previous = line;
  }
  return tables;
}

/** Bytes in which the names of all parts can be told, when nothing else is left of them. */
const roomForNames = 900;

const built = scenarios.map(({ name, ...input }) => ({ name, report: buildReport(input) }));

describe.each(built)('Markdown of $name', ({ report }) => {
  const markdown = renderReportMarkdown(report, {});

  test('every row of a table has as many cells as its head, and none is empty', () => {
    const tables = tableRows(markdown);
    expect(tables.length).toBeGreaterThanOrEqual(2);
    for (const rows of tables) {
      for (const row of rows) {
        expect(cellCount(row), row).toBe(cellCount(rows[0] ?? ''));
        expect(row, 'an empty cell').not.toMatch(/\|\s*\|/);
      }
    }
  });

  test('holds no HTML, mention, reference, link or emphasis but its own', () => {
    const prose = outsideCode(markdown).replaceAll(ownTags, '');
    expect(prose).not.toContain('<');
    expect(prose).not.toMatch(/@[A-Za-z0-9]/);
    expect(prose).not.toMatch(/(?<!&)#\d/);
    expect(prose).not.toMatch(/GH-\d/i);
    expect(prose).not.toMatch(/https?:\/\/|www\./);
    expect(prose).not.toMatch(/\]\(|\*|`/);
    expect(markdown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });

  test('every cell that was measured has its verdict, and the others have their reason', () => {
    const [, from = ''] = markdown.split('<summary>All cells');
    const [table = ''] = from.split('</details>');
    const said = (pattern: RegExp) => table.match(pattern)?.length ?? 0;
    const { counts } = report;
    expect(said(/<br>no change: /g)).toBe(counts.noChange);
    expect(said(/<br>inconclusive: /g)).toBe(counts.inconclusive);
    expect(said(/<b>regression<\/b>: /g)).toBe(counts.regressions);
    expect(said(/<br>improvement: /g)).toBe(counts.improvements);
    expect(said(/<b>broken<\/b>/g)).toBe(counts.broken);
    expect(said(/<br>(?:new|not comparable) \|/g)).toBe(counts.new + counts.notComparable);
    expect(markdown.includes('<summary>Not compared')).toBe(counts.missing + counts.new + counts.notComparable > 0);
  });

  test('every note that is referred to is there, and every fold is closed', () => {
    const numbers = [...markdown.matchAll(/<sup>([\d, ]+)<\/sup>/g)].flatMap((match) => (match[1] ?? '').split(', '));
    for (const number of new Set(numbers)) expect(markdown).toMatch(new RegExp(`^<sup>${number}</sup> \\S`, 'm'));
    const prose = outsideCode(markdown);
    expect(prose.match(/<\/details>/g)?.length).toBe(prose.match(/<details>/g)?.length);
  });

  test('keeps any limit on a row boundary and says that rows are missing', () => {
    const whole = utf8Bytes(markdown);
    for (const share of [0.9, 0.5, 0.2]) {
      const limit = Math.max(roomForNames, Math.floor(whole * share));
      const cut = renderReportMarkdown(report, { limit });
      expect(utf8Bytes(cut)).toBeLessThanOrEqual(limit);
      expect(cut).toMatch(/left out here to keep within the size limit/);
      for (const rows of tableRows(cut)) for (const row of rows) expect(cellCount(row), row).toBe(cellCount(rows[0] ?? ''));
    }
    expect(renderReportMarkdown(report, { limit: whole })).toBe(markdown);
  });
});

describe('terminal text', () => {
  test.each([40, 80, 200])('stays within %i columns but for output that is shown as it is', (width) => {
    for (const { report } of built) {
      for (const line of renderReportTerminal(report, { width }).split('\n')) {
        if (!line.startsWith('  │')) expect(line.length, line).toBeLessThanOrEqual(width);
      }
    }
  });

  test('holds no workflow command, control character or direction override', () => {
    expect(hostile).toContain('::error::');
    for (const { report } of built) {
      const text = renderReportTerminal(report, { width: 100 });
      expect(text).not.toContain('::');
      expect(text).not.toContain('##[');
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
  });
});

test('the order of a report is: conclusion, what to do, what it rests on, the write-up’s tables, what is folded, notes', () => {
  const report = built.find(({ name }) => name === 'confirmed-regression')?.report;
  if (report === undefined) throw new Error('there is no such scenario');
  const kinds = reportDocument(report).flatMap((block) =>
    block.kind === 'heading'
      ? [block.text]
      : block.kind === 'fold'
        ? [block.summary.replace(/ \(.*|:.*/, '')]
        : block.kind === 'notes'
          ? ['notes']
          : [],
  );
  expect(kinds).toEqual([
    'Concurrency report',
    'What to do next',
    'Changes',
    'Inconclusive',
    'Overview',
    'Scheduling & memory',
    'Use cases: the best option',
    'Advice of the write-up',
    'All cells',
    'Further metrics',
    'Not compared',
    'Left out',
    'Trend',
    'Stored runs',
    'How it was measured',
    'Environment',
    'notes',
  ]);
});
