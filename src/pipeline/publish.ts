import { type CheckEnd, type CheckRunRequest, type StartedCheckRun, startCheckRun } from '../github/check-run.ts';
import type { ApiRepository } from '../github/client.ts';
import { publishComment } from '../github/comment.ts';
import type { WorkflowContext } from '../github/context.ts';
import { pullRequestOfRun } from '../github/pull-requests.ts';
import { jobPatience, type Patience } from '../github/request-retry.ts';
import { attempt } from '../github/unavailable.ts';
import type { Permission, Publication, Published } from '../model/publication.ts';
import { type AbsentReport, renderAbsentReport } from '../render/absent-report.ts';
import type { CommentPolicy } from '../render/comment-policy.ts';
import { escapeMarkdown } from '../render/markdown-escape.ts';
import { type CommentText, commentRequest } from './publish-comment.ts';
import { type OverrideReading, readOverride, readQueuedOverride } from './publish-override.ts';
import { type AskedOfGitHub, permissionsOf } from './publish-permissions.ts';
import type { GraceSignals } from './publish-signal.ts';
import { publishWarnings } from './publish-warnings.ts';

/** Where a run is to be shown, and what of it. */
export interface PublishPlace extends AskedOfGitHub {
  /** Null without a token or a repository. */
  readonly repository: ApiRepository | null;
  readonly context: AskedOfGitHub['context'] & Pick<WorkflowContext, 'eventName' | 'commit' | 'run' | 'runId' | 'jobToken' | 'runUrl'>;
  /** The option `name`. */
  readonly name: string;
  readonly comment: CommentPolicy;
  /** How long each thing may take; left out: the signal of the repository is for all. */
  readonly signals?: GraceSignals;
  /** Told of the check run before it is made, and when it has ended. */
  readonly memory?: CheckRunMemory;
  readonly patience?: Pick<Patience, 'sleep' | 'random'>;
}

/** What outlives this process, so that a check run ends even where this process does not come to it. */
export interface CheckRunMemory {
  begins(request: CheckRunRequest): void;
  ended(): void;
}

/** A report as texts. */
export interface PublishedReport {
  readonly comment: CommentText;
  readonly checkRun: CheckEnd;
  /** Permissions that others found missing, to be named with ours. */
  readonly alsoMissing?: readonly Permission[];
}

/** What stands on GitHub. Nothing of it changes a verdict. */
export interface PublishOutcome {
  readonly comment: Publication;
  readonly checkRun: Publication;
  /** The outputs of the action; empty text for what is not there. */
  readonly outputs: Readonly<Record<'comment-id' | 'comment-url' | 'check-run-id', string>>;
  /** For the log and its annotations, a sentence each; the permissions that are missing once, as the last. */
  readonly warnings: readonly string[];
}

/** A run that is being shown. */
export interface Publishing {
  /** Number of the pull request that it is about; null where there is none, or none that can be known. */
  readonly pullRequest: number | null;
  /** What a label accepts of the commit: to be asked as late as possible before the run is judged. */
  override(): Promise<OverrideReading>;
  /** Shows the report, as a comment and a check run. */
  publish(report: PublishedReport): Promise<PublishOutcome>;
  /**
   * Ends the check run of a run without a report: it crashed, or was interrupted too early. A comment that is there says
   * so from then on, in place of an older report.
   */
  abandon(conclusion: 'failure' | 'cancelled', reason: string): Promise<PublishOutcome>;
}

/** The pull request that is commented, or why none is. */
type Target = { readonly number: number } | Unpublished;

type Unpublished = Exclude<Publication, Published>;

/** Begins the check run and finds the pull request. API faults are values from here on. */
export async function startPublishing(place: PublishPlace): Promise<Publishing> {
  const [target, check] = await Promise.all([commentTarget(place), beginCheckRun(place)]);
  return {
    pullRequest: 'number' in target ? target.number : null,
    override: () => overrideOn(place, target),
    publish: async ({ comment: text, checkRun: end, alsoMissing = [] }) => {
      // At the same time: what holds the one up must not cost the other, least of all after an interruption.
      const [comment, checkRun] = await Promise.all([commentOn(place, target, text), check.conclude(end)]);
      return outcomeOf(place, { comment, checkRun, alsoMissing });
    },
    abandon: async (conclusion, reason) => {
      const end = { conclusion, title: 'There is no report of this run', summary: escapeMarkdown(reason), text: '', annotations: [] };
      const [comment, checkRun] = await Promise.all([commentAbsence(place, target, reason), check.conclude(end)]);
      return outcomeOf(place, { comment, checkRun, alsoMissing: [] });
    },
  };
}

async function commentTarget(place: PublishPlace): Promise<Target> {
  const { context, comment } = place;
  const repository = repositoryFor('reading', place);
  if (comment === 'off') return off('The option "comment" is off.');
  if (repository === null) return noToken;
  const { trigger, pullRequest, eventName } = context;
  if (trigger === null) {
    const number = pullRequest?.number ?? null;
    return number === null ? off(`The event "${eventName}" has no pull request.`) : { number };
  }
  const asked = { wanted: `find the pull request of ${trigger.headSha}`, permission: 'pull-requests: read' } as const;
  const search = await attempt(asked, repository, () => pullRequestOfRun(repository, trigger));
  if (search.kind === 'unavailable') return search;
  return search.kind === 'none' ? off(search.reason) : { number: search.pullRequest.number };
}

/** The repository as it may be asked for this thing. */
function repositoryFor(thing: keyof GraceSignals, { repository, signals }: PublishPlace): ApiRepository | null {
  return repository === null || signals === undefined ? repository : { ...repository, signal: signals[thing] };
}

async function beginCheckRun(place: PublishPlace): Promise<Pick<StartedCheckRun, 'conclude'>> {
  const { context, name, checkRun, memory } = place;
  const repository = repositoryFor('checkRun', place);
  if (!checkRun) return without(off('The option "check-run" is false.'));
  if (repository === null) return without(noToken);
  const { commit } = context;
  if (commit === null) return without(off(`The event "${context.eventName}" has no commit.`));
  const request = checkRunRequest({ name, commit, context });
  memory?.begins(request);
  const { conclude } = await startCheckRun(repository, request);
  return {
    conclude: async (end) => {
      const outcome = await conclude(end);
      if (outcome.kind !== 'unavailable') memory?.ended();
      return outcome;
    },
  };
}

/** The check run of a step: how it is made, and how it is found again when the step was killed. */
export function checkRunRequest({
  name,
  commit,
  context,
}: Pick<PublishPlace, 'name' | 'context'> & { readonly commit: string }): CheckRunRequest {
  const { runId, jobToken, runUrl } = context;
  return { name: `concurrency-regressions / ${name}`, commit, externalId: `${runId}-${jobToken}-${name}`, detailsUrl: runUrl };
}

function without(publication: Publication): Pick<StartedCheckRun, 'conclude'> {
  return { conclude: async () => publication };
}

async function overrideOn(place: PublishPlace, target: Target): Promise<OverrideReading> {
  const { context, name, comment, overrideLabel: label } = place;
  const repository = repositoryFor('reading', place);
  const { commit, mergeGroupPullRequest: queued } = context;
  if (repository === null || label === null || commit === null) return { acceptance: null, remarks: [] };
  if ('number' in target) return readOverride({ repository, pullRequest: target.number, commit, name, label });
  const isQueued = queued !== null && comment !== 'off';
  return isQueued ? readQueuedOverride({ repository, pullRequest: queued, name, label }) : { acceptance: null, remarks: [] };
}

async function commentOn(place: PublishPlace, target: Target, text: CommentText): Promise<Publication> {
  const { patience = jobPatience } = place;
  const repository = repositoryFor('comment', place);
  if (!('number' in target)) return target;
  return repository === null ? noToken : publishComment(repository, commentRequest(target.number, text), patience);
}

/** Writes no comment where there is none: the check run and the log say it. */
async function commentAbsence(place: PublishPlace, target: Target, reason: string): Promise<Publication> {
  const { name, context } = place;
  const { commit, run, jobToken, runUrl } = context;
  if (commit === null) return off('There is no report.');
  const head = { commit, runId: run.id, attempt: run.attempt, job: { token: jobToken, failed: true } };
  const absent: AbsentReport = { name, head, links: { run: runUrl }, reason };
  return commentOn(place, target, { body: renderAbsentReport(absent), wanted: (exists) => exists, flagged: [] });
}

interface Outcome {
  readonly comment: Publication;
  readonly checkRun: Publication;
  readonly alsoMissing: readonly Permission[];
}

function outcomeOf(place: PublishPlace, { comment, checkRun, alsoMissing }: Outcome): PublishOutcome {
  const { eventName, pullRequest } = place.context;
  const fromFork = eventName === 'pull_request' && pullRequest?.fromFork === true;
  return {
    comment,
    checkRun,
    outputs: outputsOf(comment, checkRun),
    warnings: publishWarnings({ comment, checkRun, alsoMissing, wanted: permissionsOf(place), fromFork }),
  };
}

function outputsOf(comment: Publication, checkRun: Publication): PublishOutcome['outputs'] {
  return {
    'comment-id': 'id' in comment ? String(comment.id) : '',
    'comment-url': 'id' in comment ? comment.url : '',
    'check-run-id': 'id' in checkRun ? String(checkRun.id) : '',
  };
}

function off(reason: string): Unpublished {
  return { kind: 'off', reason };
}

const noToken: Unpublished = {
  kind: 'unavailable',
  reason: 'There is no token, or no repository: give the step "github-token".',
  missing: null,
};
