import { describe, expect, test } from 'vitest';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { buildReport } from '../../src/tables/report.ts';
import { expectGolden } from '../golden/golden-file.ts';
import { scenarios } from '../golden/scenarios.ts';

const parts = { script: { text: '/* script */', digest: 'c2NyaXB0' }, style: { text: '/* style */', digest: 'c3R5bGU=' } };

function pageOf(name: string): string {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { results, baselineRuns } = scenario;
  return renderReportHtml({ report: buildReport(scenario), parts: [{ results, baselineRuns }] }, parts);
}

test('golden page', () => expectGolden('one-cell.html', pageOf('one-cell')));

describe('every golden report is a page', () => {
  test.each(scenarios.map(({ name }) => name))('%s', (name) => {
    const html = pageOf(name);
    expect(html).not.toMatch(/\bundefined\b|\bNaN\b|\[object /);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target = ''] of html.matchAll(/href="#([^"=]+)"/g)) expect(ids).toContain(target);
  });
});

test('the policy names the two texts, and allows nothing else', () => {
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(pageOf('one-cell')) ?? [];
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'sha256-c2NyaXB0'",
    "style-src 'sha256-c3R5bGU='",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});
