import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import { recordNullRun } from '../baseline/null-run-file.ts';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { checkParts, type PartFile, partName } from '../judge/check-parts.ts';
import { type FalseAlarmRate, falseAlarmRate, nullRunOf } from '../judge/false-alarm-rate.ts';
import { type JudgedRun, judgeParts, type NamedPart } from '../judge/judge-parts.ts';
import type { RunJudgement } from '../judge/run-judgement.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { mapInParallel } from '../model/map-in-parallel.ts';
import type { Acceptance } from '../model/override.ts';
import type { Run } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { buildReport, type Report } from '../tables/report.ts';
import { openBaseline, recordedRuns } from './baseline.ts';
import { collectResults } from './collect.ts';
import { runRules } from './rules.ts';
import { makeStateFolder } from './state-folder.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';

/** What people have to say of a run, asked as late as possible. */
export interface Overriding {
  /** What a label accepts of the commit; null for nothing. */
  acceptance(): Promise<Acceptance | null>;
  /** What was accepted on the pull requests that this run of the base branch is the first with. */
  merged(): Promise<readonly AcceptedShift[]>;
}

/** What one job measured. */
export interface ReportedFile extends PartFile {
  /** The stored runs that it was compared with, where they are at hand; left out: they are read. */
  readonly baselineRuns?: readonly Run[];
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
}

/**
 * Judges the parts of a run by their samples, writes the report, and stores the run where it may be. Starts no Python
 * and looks at no machine: it may run anywhere.
 *
 * @throws UserError when the parts do not belong together
 */
export async function report(request: ReportRequest, render: (made: Report) => string): Promise<Reported> {
  const { options, surroundings, folder } = request;
  const { parts: ordered, missing } = checkParts(request.files);
  const store = openBaseline(options, surroundings, folder);
  const parts = await mapInParallel(ordered, { atOnce: baselinesAtOnce }, (file) => withBaseline(file, store));
  const merged = (await request.overriding?.merged()) ?? [];
  const acceptance = (await request.overriding?.acceptance()) ?? null;
  const judged = judgeParts(withShifts(parts, merged), missing, { ...runRules(options), acceptance });
  const results = ordered.map((file) => file.results);
  const stored = await storeRun(request, { store, parts: results, merged }, whyNotStored(request, judged));
  const made = buildReport({
    results: { ...judged.results, warnings: [...judged.results.warnings, ...stored.warnings] },
    baselineRuns: [],
    parts,
    storesBaseline: stored.stored,
    judgement: judged.judgement,
    overrideLabel: labelOf(request),
    ...(await falseAlarms(request, judged)),
  });
  const reportPath = resolve(folder, options['report-path']);
  await writeAtomically(reportPath, render(made));
  return { report: made, reportPath };
}

/** Reports on the results files that the option `results` names. Throws like `collectResults` and `report`. */
export async function reportOnFiles(
  { options, surroundings, overriding }: Pick<ReportRequest, 'options' | 'surroundings' | 'overriding'>,
  render: (made: Report) => string,
): Promise<Reported> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  await makeStateFolder(folder);
  return report({ options, surroundings, folder, overriding, files: await collectResults(options.results, folder) }, render);
}

/** The texts of all baselines at once would fill the memory; one alone would wait for every answer of a branch. */
const baselinesAtOnce = 2;

/** What is at hand is not read again: an interrupted job has no time for it. */
async function withBaseline(file: ReportedFile, store: BaselineStore): Promise<NamedPart> {
  const { results, baselineRuns } = file;
  return { name: partName(file), results, baselineRuns: baselineRuns ?? (await recordedRuns(store, results)) };
}

/** Named where putting it on would do something: on a pull request. */
function labelOf({ options, surroundings: { workflow } }: ReportRequest): string | null {
  const label = options['override-label'];
  return workflow?.pullRequest == null || label === 'none' ? null : label;
}

/** What was accepted on the way here lies behind the base of this run too: its level is the new one. */
function withShifts(parts: readonly NamedPart[], merged: readonly AcceptedShift[]): readonly NamedPart[] {
  if (merged.length === 0) return parts;
  return parts.map((part) => {
    const { comparison } = part.results;
    if (comparison === null) return part;
    const baseline = { ...comparison.baseline, accepted: [...comparison.baseline.accepted, ...merged] };
    return { ...part, results: { ...part.results, comparison: { ...comparison, baseline } } };
  });
}

/** A run that is compared with another tree is of a change, not of the base branch; null where it may be stored. */
function whyNotStored({ options, surroundings: { workflow } }: ReportRequest, { results, judgement }: JudgedRun): string | null {
  if (!(workflow?.storesBaseline ?? options['base-ref'] === undefined)) return 'it is no run of the base branch';
  if (results.partial) return 'it is not complete';
  return judgement.missingShards.length === 0 ? null : 'a shard is missing';
}

interface Stored {
  readonly stored: boolean;
  readonly warnings: readonly Warning[];
}

/** What is to be stored, and where. */
interface Storing {
  readonly store: BaselineStore;
  readonly parts: readonly Run[];
  readonly merged: readonly AcceptedShift[];
}

/** A baseline that cannot be written costs the next comparison, not this report. */
async function storeRun(
  { surroundings: { signal } }: ReportRequest,
  { store, parts, merged }: Storing,
  whyNot: string | null,
): Promise<Stored> {
  if (whyNot !== null) return { stored: false, warnings: [] };
  try {
    for (const shift of merged) await store.accept(shift);
    await store.append(parts);
    return { stored: true, warnings: [] };
  } catch (error) {
    if (signal.aborted) return { stored: false, warnings: [{ code: 'not stored', reason: 'it was interrupted before that was certain.' }] };
    if (!(error instanceof UserError)) throw error;
    return { stored: false, warnings: [{ code: 'not stored', reason: error.message }] };
  }
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
