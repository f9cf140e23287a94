import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/render/display-width.ts';
import { heading, table, text } from '../../src/render/document.ts';
import { renderReportTerminal } from '../../src/render/report.ts';
import { withoutEmphasis } from '../../src/render/sgr.ts';
import { terminalOf } from '../../src/render/terminal.ts';
import { buildReport } from '../../src/tables/report.ts';
import { expectGolden } from '../golden/golden-file.ts';
import { scenarios } from '../golden/scenarios.ts';

const widths = [60, 80, 120, 200] as const;
const reports = scenarios.map(({ name, ...input }) => ({ name, report: buildReport(input) }));

/** What must be read whole: a figure with its sign and unit, wherever it stands between blanks. */
function figuresIn(content: string): readonly string[] {
  return [...content.matchAll(/(?<![\w.,/])[+−×±]?\d+(?:\.\d+)?(?: (?:ns|µs|ms|s|B|KiB|MiB|GiB|%))?(?![\w/])/gu)].map(([figure]) => figure);
}

/** Commands to be copied stand in one line, however long. */
const isVerbatim = (line: string) => line.startsWith('  │');

describe('a report in a terminal', () => {
  it.each(widths)('of %d columns, as golden files', (width) => {
    const regression = reports.find(({ name }) => name === 'confirmed-regression');
    const wide = terminalOf(wideCharacters, { width });
    expectGolden(`terminal-${width}.txt`, `${regression === undefined ? '' : renderReportTerminal(regression.report, { width })}\n${wide}`);
  });

  it('in colours, as a golden file', () => {
    const regression = reports.find(({ name }) => name === 'confirmed-regression');
    expect(regression).toBeDefined();
    if (regression !== undefined)
      expectGolden('terminal-colors.txt', renderReportTerminal(regression.report, { width: 100, colors: true }));
  });

  it.each(reports)('$name fits every width, cuts no number, and is the same in colours', ({ report }) => {
    const wanted = figuresIn(renderReportTerminal(report, { width: 400 })).toSorted();
    for (const width of [40, ...widths]) {
      const plain = renderReportTerminal(report, { width });
      expect(plain.split('\n').filter((line) => displayWidth(line) > width && !isVerbatim(line))).toEqual([]);
      expect(withoutEmphasis(renderReportTerminal(report, { width, colors: true }))).toBe(plain);
      const shown = new Set(figuresIn(plain));
      expect([...new Set(wanted)].filter((figure) => !shown.has(figure))).toEqual([]);
    }
  });

  it('shows verdicts in colours that mean something, and nothing else in them', () => {
    const colored = reports.map(({ report }) => renderReportTerminal(report, { width: 100, colors: true })).join('\n');
    const shownIn = (code: string) =>
      [...colored.matchAll(new RegExp(`\\u001b\\[${code}m([^\\u001b]+)\\u001b\\[0m`, 'g'))].map(([, words = '']) =>
        words.replaceAll(/\d+/g, 'N'),
      );
    expect(shownIn('32').every((words) => /^(?:The gate|passes|The gate passes|(?:N )?improvements?)$/.test(words))).toBe(true);
    expect(shownIn('32').length).toBeGreaterThan(10);
    expect(shownIn('1;31').every((words) => /regression|broken|The gate|fails|false alarm/.test(words))).toBe(true);
    expect(shownIn('1;31').length).toBeGreaterThan(10);
  });
});

const wideCharacters = [
  heading(1, '幅の広い文字'),
  table(
    ['ワークロード', 'Modell', 'Wert'],
    [
      [[text('チャットサーバー')], [text('threads')], [text('12.5 ms')]],
      [[text('😀 emoji ⌚ und e\u0301')], [text('asyncio')], [text('−1234.5 µs')]],
    ],
  ),
];
