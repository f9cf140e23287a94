import type { Options } from '../config/options.ts';
import type { ApiRepository } from '../github/client.ts';
import type { WorkflowContext } from '../github/context.ts';
import { forgetCheckRun, rememberCheckRun } from '../github/left-check-run.ts';
import { warnInLog } from '../github/log.ts';
import { refuseOtherCommits } from '../github/workflow-run.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Permission } from '../model/publication.ts';
import { renderCheckRun } from '../render/check-run.ts';
import { annotationsOf } from '../render/check-run-annotations.ts';
import { renderComment } from '../render/comment.ts';
import { commentWanted } from '../render/comment-policy.ts';
import type { Report } from '../tables/report.ts';
import { faultText } from './fault-text.ts';
import { type Publishing, type PublishOutcome, type PublishPlace, startPublishing } from './publish.ts';
import { checkConclusion } from './publish-conclusion.ts';
import { acceptedShifts } from './publish-merged.ts';
import { type GraceSignals, graceSignals } from './publish-signal.ts';
import type { Overriding, Reported } from './report.ts';

/** A run whose report is shown on GitHub. */
export interface ShownRun {
  readonly options: Options;
  readonly context: WorkflowContext;
  /** Null without a repository. */
  readonly repository: ApiRepository | null;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
}

/** A report, where its text was written, and what of it stands on GitHub. */
export type ShownReport = Reported &
  Pick<PublishOutcome, 'outputs' | 'warnings'> & {
    /** What the step is to say at files of the repository; empty where the check run says it. */
    readonly annotations: ReturnType<typeof annotationsOf>;
  };

/**
 * Makes a report and shows it: the check run is begun before anything is measured, and ends whatever happens; the
 * comment is written before the gate fails.
 *
 * @param make makes the report; told what a label accepts
 */
export async function showRun(shown: ShownRun, make: (overriding: Overriding) => Promise<Reported>): Promise<ShownReport> {
  const { context, signal } = shown;
  const signals = graceSignals(signal);
  const publishing = await startPublishing(placeOf(shown, signals));
  try {
    const { overriding, missing } = overridingOf(shown, publishing, signals);
    const reported = await make(overriding);
    if (context.trigger !== null) refuseOtherCommits([reported.report.commit], context.trigger);
    const outcome = await publishing.publish({ ...textsOf(shown, reported.report), alsoMissing: missing });
    return { ...reported, ...shownOf(reported.report, outcome), warnings: [...overriding.remarks, ...warningsOf(shown, outcome)] };
  } catch (error) {
    const { warnings } = await publishing.abandon(signal.aborted ? 'cancelled' : 'failure', faultText(error));
    for (const sentence of warnings) warnInLog(sentence);
    throw error;
  }
}

function placeOf({ options, context, repository }: ShownRun, signals: GraceSignals): PublishPlace {
  return {
    ...{ repository, context, signals, name: options.name, comment: options.comment, checkRun: options['check-run'] },
    overrideLabel: options['override-label'] === 'none' ? null : options['override-label'],
    writesBranch: context.storesBaseline && options['baseline-store'] !== 'file',
    memory: { begins: rememberCheckRun, ended: forgetCheckRun },
  };
}

function shownOf(report: Report, { outputs, checkRun }: PublishOutcome) {
  const hasCheckRun = checkRun.kind !== 'off' && checkRun.kind !== 'unavailable';
  return { outputs, annotations: hasCheckRun ? [] : annotationsOf(report, report.files) };
}

/** A report on another run whose pull request is not found must not look like one that was posted. */
function warningsOf({ context, options }: ShownRun, { comment, warnings }: PublishOutcome): readonly string[] {
  const lost = context.trigger !== null && options.comment !== 'off' && comment.kind === 'off';
  return lost ? [...warnings, `There is no comment: ${comment.reason}`] : warnings;
}

/** What people have to say of a run, and what could not be read of it. */
function overridingOf(shown: ShownRun, publishing: Publishing, { reading: signal }: GraceSignals) {
  const { options, context, repository } = shown;
  const remarks: string[] = [];
  const missing: Permission[] = [];
  const keep = (reading: { readonly remarks: readonly string[]; readonly missing?: readonly Permission[] }) => {
    remarks.push(...reading.remarks);
    missing.push(...(reading.missing ?? []));
  };
  const overriding: Overriding = {
    remarks,
    label: workingLabel(shown, publishing),
    acceptance: async () => {
      const reading = await publishing.override();
      keep(reading);
      return reading.acceptance;
    },
    merged: async (since: string | null): Promise<readonly AcceptedShift[]> => {
      const label = options['override-label'];
      if (repository === null || label === 'none') return [];
      const reading = await acceptedShifts({ repository: { ...repository, signal }, context, name: options.name, label, since });
      keep(reading);
      return reading.shifts;
    },
  };
  return { overriding, missing };
}

/** A label accepts what our comment lists: there is none without a pull request, nor from the own run of a fork's. */
function workingLabel({ options, context }: ShownRun, { pullRequest }: Publishing): string | null {
  const label = options['override-label'];
  return pullRequest === null || context.pullRequest?.fromFork === true || label === 'none' ? null : label;
}

function textsOf({ options, context, signal }: ShownRun, report: Report) {
  const { name, comment: policy } = options;
  const { run, runUrl, commit, jobToken } = context;
  const conclusion = checkConclusion(report, signal.aborted);
  const job = { token: jobToken, failed: conclusion === 'failure' || conclusion === 'cancelled' };
  const head = { commit: commit ?? report.commit ?? '0'.repeat(40), runId: run.id, attempt: run.attempt, job };
  return {
    comment: {
      body: renderComment(report, { name, head, links: { run: runUrl } }),
      wanted: (exists: boolean) => commentWanted(policy, report, { exists }),
      flagged: report.verdicts.rows.filter(({ verdict }) => verdict.verdict === 'regression').map(({ id }) => id),
    },
    checkRun: {
      ...renderCheckRun(report),
      conclusion,
      annotations: annotationsOf(report, report.files),
    },
  };
}
