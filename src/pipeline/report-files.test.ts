import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { writeResultsFile } from '../baseline/results-file.ts';
import { readOptions } from '../config/options.ts';
import { renderReportMarkdown } from '../render/report.ts';
import { reportOnFiles } from './report.ts';
import type { Surroundings } from './surroundings.ts';

/** A folder with results to report on, and where a report on them is made. */
async function measured(): Promise<{ readonly folder: string; readonly surroundings: Surroundings }> {
  const folder = mkdtempSync(join(tmpdir(), 'report-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await writeResultsFile(join(folder, 'results.json'), fixtureResults({ run: 3 }));
  const places = { environment: {}, home: folder, cwd: folder, workloadsFolder: folder, workflow: null, repository: null };
  const progress = { note: () => {}, update: () => {}, end: () => {} };
  return { folder, surroundings: { ...places, progress, signal: new AbortController().signal } };
}

const options = readOptions([{ source: 'input', given: { results: 'results.json', exports: 'junit,csv' } }]);

it('a page or an export that cannot be written costs neither the report nor the others, and is told in it', async () => {
  const { folder, surroundings } = await measured();
  const state = join(folder, '.concurrency-regressions');
  mkdirSync(join(state, 'report.html', 'in the way'), { recursive: true });
  mkdirSync(join(state, 'exports', 'junit.xml', 'in the way'), { recursive: true });
  const { report, reportPath, htmlReportPath } = await reportOnFiles({ options, surroundings }, (made) => renderReportMarkdown(made, {}));
  expect(htmlReportPath).toBeNull();
  const told = report.warnings.filter((warning) => warning.code === 'not written').map(({ file }) => file);
  expect(told).toEqual(['page', 'junit export']);
  const text = readFileSync(reportPath, 'utf8');
  for (const file of told) expect(text).toContain(`The ${file} of this run was not written, and its verdicts stand without it: `);
  expect(readFileSync(join(state, 'exports', 'results.csv'), 'utf8')).not.toBe('');
});

it('a folder of exports that is a file is a warning for each export', async () => {
  const { folder, surroundings } = await measured();
  mkdirSync(join(folder, '.concurrency-regressions'));
  writeFileSync(join(folder, '.concurrency-regressions', 'exports'), '');
  const { report, htmlReportPath } = await reportOnFiles({ options, surroundings }, () => '');
  expect(report.warnings.filter(({ code }) => code === 'not written')).toHaveLength(2);
  expect(readFileSync(htmlReportPath ?? '', 'utf8')).toContain('<h1>Concurrency report</h1>');
});
