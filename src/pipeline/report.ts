import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import { recordNullRun } from '../baseline/null-run-file.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { checkLooks, checkParts } from '../judge/check-parts.ts';
import { type FalseAlarmRate, falseAlarmRate, nullRunOf } from '../judge/false-alarm-rate.ts';
import { type JudgedRun, judgeParts } from '../judge/judge-parts.ts';
import type { RunJudgement } from '../judge/run-judgement.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Acceptance } from '../model/override.ts';
import type { Warning } from '../model/warning.ts';
import { buildReport, type Report } from '../tables/report.ts';
import { openBaseline } from './baseline.ts';
import { collectResults } from './collect.ts';
import { writeReportFiles } from './report-files.ts';
import { checkCommits, partsWithBaselines, type ReportedFile } from './report-parts.ts';
import { storedBefore, storeRun } from './report-storage.ts';
import { runRules } from './rules.ts';
import { keepHeapSmall } from './small-heap.ts';
import { makeStateFolder } from './state-folder.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';

/** What people have to say of a run, asked as late as possible. */
export interface Overriding {
  /** The label that accepts slower cells; null where putting it on would do nothing. */
  readonly label: string | null;
  /** What a label accepts of the commit; null for nothing. */
  acceptance(): Promise<Acceptance | null>;
  /**
   * What was accepted on the pull requests that this run of the base branch is the first with.
   *
   * @param since the commit of the newest stored run; null where that is not known
   */
  merged(since: string | null): Promise<readonly AcceptedShift[]>;
  /** What the reader should know of it all, a sentence each; complete when both were asked. */
  readonly remarks: readonly string[];
}

/** What a report is made of, whoever measured it. */
export interface ReportRequest {
  readonly options: Options;
  readonly surroundings: Surroundings;
  /** Absolute path of the working directory. */
  readonly folder: string;
  /** At least one. */
  readonly files: readonly ReportedFile[];
  /** Left out: nobody is asked. */
  readonly overriding?: Overriding | undefined;
}

/** A report, and where its text was written. */
export interface Reported {
  readonly report: Report;
  /** Absolute path of what was written. */
  readonly reportPath: string;
  /** Absolute path of the same as a page; null where it could not be written, of which the report has a warning. */
  readonly htmlReportPath: string | null;
}

/**
 * Judges the parts of a run by their samples, writes the report, and stores the run where it may be. Starts no Python
 * and looks at no machine: it may run anywhere.
 *
 * @throws UserError when the parts do not belong together
 */
export async function report(request: ReportRequest, render: (made: Report) => string): Promise<Reported> {
  const { options, surroundings, folder } = request;
  const { parts: files, missing } = checkParts(request.files);
  checkCommits(files, surroundings.workflow);
  checkLooks(files, options['confirm-pairs']);
  const store = openBaseline(options, surroundings, folder);
  const since = request.overriding === undefined ? null : await storedBefore({ store, files, surroundings });
  const merged = (await request.overriding?.merged(since)) ?? [];
  const { parts, warnings } = await partsWithBaselines(files, store, merged);
  const acceptance = (await request.overriding?.acceptance()) ?? null;
  const judged = judgeParts(parts, missing, { ...runRules(options), acceptance });
  const stored = await storeRun({ options, surroundings, store, files, judged, merged });
  const made = buildReport({
    results: { ...judged.results, warnings: distinct([...judged.results.warnings, ...warnings, ...stored.warnings]) },
    baselineRuns: [],
    parts,
    storesBaseline: stored.stored,
    judgement: judged.judgement,
    overrideLabel: request.overriding?.label ?? null,
    remarks: request.overriding?.remarks ?? [],
    ...(await falseAlarms(request, judged)),
  });
  const reportPath = resolve(folder, options['report-path']);
  await writeAtomically(reportPath, render(made));
  const page = { report: made, parts };
  const place = { folder, surroundings };
  const { htmlReportPath, warnings: unwritten } = await writeReportFiles({ options, page, results: judged.results, place });
  if (unwritten.length === 0) return { report: made, reportPath, htmlReportPath };
  const told = { ...made, warnings: [...made.warnings, ...unwritten] };
  await writeAtomically(reportPath, render(told));
  return { report: told, reportPath, htmlReportPath };
}

/** What was said when the run was measured is not said again. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** Reports on the results files that the option `results` names. Throws like `collectResults` and `report`. */
export async function reportOnFiles(
  { options, surroundings, overriding }: Pick<ReportRequest, 'options' | 'surroundings' | 'overriding'>,
  render: (made: Report) => string,
): Promise<Reported> {
  keepHeapSmall();
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  await makeStateFolder(folder);
  // Whoever opened a pull request chose what its run uploads: that is taken in one form, the one of a run that ended.
  const journals = (surroundings.workflow?.trigger ?? null) === null;
  const files = await collectResults(options.results, folder, { journals });
  return report({ options, surroundings, folder, overriding, files }, render);
}

async function falseAlarms(
  { options, folder }: ReportRequest,
  { results, judgement }: JudgedRun,
): Promise<{ readonly falseAlarms?: FalseAlarmRate }> {
  if (!options['null-run'] || !showsFalseAlarms(judgement)) return {};
  const path = join(folder, stateFolder, 'null-runs.jsonl');
  return { falseAlarms: falseAlarmRate(await recordNullRun(path, nullRunOf(judgement, results))) };
}

/** Whether a null run tested something: one that was interrupted or had no base must not lower the rate. */
function showsFalseAlarms({ confirmation }: RunJudgement): boolean {
  return confirmation.kind === 'not needed' || (confirmation.kind === 'pairs' && confirmation.summary.endedBy !== 'interrupt');
}
