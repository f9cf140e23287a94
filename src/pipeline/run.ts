import { resolve } from 'node:path';
import { workingFolder } from '../config/working-folder.ts';
import type { Report } from '../tables/report.ts';
import { type Measured, measureForReport } from './measure.ts';
import { type Reported, type ReportRequest, report } from './report.ts';

/** What one run came to. */
export type RunOutcome = Measured & Reported;

/** Measures and reports in one job: what `measure` and `report` do in several. */
export async function run(
  { options, surroundings, overriding }: Pick<ReportRequest, 'options' | 'surroundings' | 'overriding'>,
  render: (made: Report) => string,
): Promise<RunOutcome> {
  const measured = await measureForReport(options, surroundings);
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const { resultsPath, results, baselineRuns } = measured;
  const files = [{ file: resultsPath, results, baselineRuns }];
  return { ...measured, ...(await report({ options, surroundings, folder, files, overriding }, render)) };
}
