import { resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import type { Options } from '../config/options.ts';
import type { Run } from '../model/run.ts';
import type { Warning } from '../model/warning.ts';
import type { HtmlReport } from '../render/html/html-report.ts';
import { renderReportHtml } from '../render/html/report.ts';
import { type ExportPlace, writeExports } from './export.ts';
import { faultText } from './fault-text.ts';
import { pageParts } from './report-page.ts';

/** A report, and the run that it is of. */
export interface ReportFilesRequest {
  readonly options: Pick<Options, 'html-report-path' | 'exports'>;
  readonly page: HtmlReport;
  readonly results: Run;
  readonly place: ExportPlace;
}

/** What was written beside the text of a report, and what could not be. */
export interface ReportFiles {
  /** Absolute path of the page; null where it could not be written. */
  readonly htmlReportPath: string | null;
  readonly warnings: readonly Warning[];
}

/** Writes the page and the exports of a report. What cannot be written costs neither the report nor the gate: it is a warning. */
export async function writeReportFiles({ options, page, results, place }: ReportFilesRequest): Promise<ReportFiles> {
  const path = resolve(place.folder, options['html-report-path']);
  const unwrittenPage = await faultOf('page', async () => writeAtomically(path, renderReportHtml(page, await pageParts())));
  const warnings = [...unwrittenPage];
  for (const format of options.exports) {
    warnings.push(...(await faultOf(`${format} export`, () => writeExports([format], { report: page.report, results }, place))));
  }
  return { htmlReportPath: unwrittenPage.length === 0 ? path : null, warnings };
}

/** Whatever it is: the gate must not be lost with a file that only shows it. */
async function faultOf(file: string, write: () => Promise<void>): Promise<readonly Warning[]> {
  try {
    await write();
    return [];
  } catch (error) {
    return [{ code: 'not written', file, reason: faultText(error) }];
  }
}
