import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { modelLabel } from '../../src/model/concurrency-model.ts';
import { trendIndex } from '../../src/render/charts/trend-index.ts';
import { trendSvg } from '../../src/render/charts/trend-svg.ts';
import { trendHistory, trendOf } from '../fixtures/trend-history.ts';
import { expectGolden } from './golden-file.ts';
import { hostile } from './hostile.ts';

const table = trendOf(trendHistory);
const pages = table.workloads.map((trend) => ({ trend, file: `trend-${trend.workload}.svg` }));
const charts = new Map(table.workloads.map((trend) => [trend.workload, trendSvg(trend)]));

/** Parses by Python's own parser; throws for what is no XML. */
function parseXml(texts: readonly string[]): void {
  const script = 'import json, sys, xml.dom.minidom\nfor text in json.load(sys.stdin): xml.dom.minidom.parseString(text.encode())';
  execFileSync('python3', ['-c', script], { input: JSON.stringify(texts) });
}

describe('golden charts', () => {
  test.each([...charts])('trend-%s', (workload, svg) => {
    expectGolden(`trend-${workload}.svg`, svg);
  });

  test('the page', () => {
    expectGolden('trend-index.html', trendIndex(pages, { ...table, leftOutFiles: 0, cutFiles: 0 }));
  });

  test('the page of nothing, and of too much', () => {
    expect(trendIndex([], { newest: null, runs: 0, leftOutWorkloads: 0, leftOutFiles: 0, cutFiles: 0 })).toContain(
      '<p>Nothing is stored.</p>',
    );
    const page = trendIndex(pages, { ...table, leftOutWorkloads: 3, leftOutFiles: 1, cutFiles: 2 });
    expect(page).toContain('<p>3 more workloads not shown: too many for one page.</p>');
    expect(page).toContain('<p>1 file of runs not shown: not readable, without a complete run, or too much for one page.</p>');
    expect(page).toContain('<p>2 files of runs shown without those that were stored first: too much for one page.</p>');
  });
});

describe('a chart', () => {
  test('is XML, and needs nothing from elsewhere', () => {
    parseXml([...charts.values()]);
    for (const svg of charts.values()) {
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|<script|<image|href|@import/i);
      expect(svg).toContain('@media (prefers-color-scheme:dark)');
    }
  });

  test('that is torn is no XML: the check can fail', () => {
    expect(() => parseXml([[...charts.values()].join('').slice(0, 2000)])).toThrow();
  });

  test('says all of it in words', () => {
    const words = charts.get('spawn')?.match(/<desc[^>]*>(.*?)<\/desc>/s)?.[1] ?? '';
    for (const { model } of table.workloads.find(({ workload }) => workload === 'spawn')?.panels[0]?.lines ?? []) {
      expect(words).toContain(`${modelLabel(model)}: `);
    }
    expect(words).toMatch(
      /Python 3\.13\.0, 30 runs on .*asyncio: [\d.]+ µs to [\d.]+ µs \(\+1[12]\.\d %\), slower by 12\.\d % since [0-9a-f]{7}\./,
    );
    expect(words).toMatch(/threads: .*faster by [12]\d\.\d % since [0-9a-f]{7}, accepted\./);
  });

  test.each(['\u0000\u001b\ufffe\uffff\ud800', hostile, ']]></style><script>alert(1)</script>', 'x'.repeat(5000), 'שלום \u202e🧵'])(
    'shows a title as it is: %j',
    (title) => {
      const named = trendOf([trendHistory[1] ?? []], (workload) => ({ ...workload, title }));
      const svgs = named.workloads.map(trendSvg);
      const page = trendIndex(
        named.workloads.map((trend) => ({ trend: { ...trend, workload: title }, file: 'trend-x.svg' })),
        { ...named, leftOutFiles: 0, cutFiles: 0 },
      );
      parseXml(svgs);
      for (const text of [...svgs, page]) expect(text).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>|\u202e/);
    },
  );
});
