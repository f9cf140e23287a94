import { type CheckEnd, type CheckRunRequest, type StartedCheckRun, startCheckRun } from '../github/check-run.ts';
import type { ApiRepository } from '../github/client.ts';
import { publishComment } from '../github/comment.ts';
import type { WorkflowContext } from '../github/context.ts';
import { pullRequestOfRun } from '../github/pull-requests.ts';
import { jobPatience, type Patience } from '../github/request-retry.ts';
import { attempt } from '../github/unavailable.ts';
import type { Permission, Publication, Published } from '../model/publication.ts';
import type { CommentPolicy } from '../render/comment-policy.ts';
import { escapeMarkdown } from '../render/markdown-escape.ts';
import { type CommentText, commentRequest } from './publish-comment.ts';
import { type OverrideReading, readOverride, readQueuedOverride } from './publish-override.ts';
import { publishWarnings } from './publish-warnings.ts';

/** Where a run is to be shown, and what of it. */
export interface PublishPlace {
  /** Null without a token or a repository. Its signal outlives that of the run: `graceSignal`. */
  readonly repository: ApiRepository | null;
  readonly context: Pick<
    WorkflowContext,
    'eventName' | 'commit' | 'runId' | 'runUrl' | 'pullRequest' | 'trigger' | 'mergeGroupPullRequest'
  >;
  /** The option `name`. */
  readonly name: string;
  readonly comment: CommentPolicy;
  readonly checkRun: boolean;
  /** The label that accepts regressions; null: none does. */
  readonly overrideLabel: string | null;
  readonly patience?: Pick<Patience, 'sleep' | 'random'>;
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
  /** Ends the check run of a run without a report: it crashed, or was interrupted too early. */
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
      const comment = off('There is no report.');
      return outcomeOf(place, { comment, checkRun: await check.conclude(end), alsoMissing: [] });
    },
  };
}

async function commentTarget({ repository, context, comment }: PublishPlace): Promise<Target> {
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

async function beginCheckRun({ repository, context, name, checkRun }: PublishPlace): Promise<Pick<StartedCheckRun, 'conclude'>> {
  if (!checkRun) return without(off('The option "check-run" is false.'));
  if (repository === null) return without(noToken);
  const { commit } = context;
  if (commit === null) return without(off(`The event "${context.eventName}" has no commit.`));
  return startCheckRun(repository, checkRunRequest({ name, commit, context }));
}

/** The check run of a step: how it is made, and how it is found again when the step was killed. */
export function checkRunRequest({
  name,
  commit,
  context,
}: Pick<PublishPlace, 'name' | 'context'> & { readonly commit: string }): CheckRunRequest {
  const { runId, runUrl } = context;
  return { name: `concurrency-regressions / ${name}`, commit, externalId: `${runId}-${name}`, detailsUrl: runUrl };
}

function without(publication: Publication): Pick<StartedCheckRun, 'conclude'> {
  return { conclude: async () => publication };
}

async function overrideOn(place: PublishPlace, target: Target): Promise<OverrideReading> {
  const { repository, context, name, comment, overrideLabel: label } = place;
  const { commit, mergeGroupPullRequest: queued } = context;
  if (repository === null || label === null || commit === null) return { acceptance: null, remarks: [] };
  if ('number' in target) return readOverride({ repository, pullRequest: target.number, commit, name, label });
  const isQueued = queued !== null && comment !== 'off';
  return isQueued ? readQueuedOverride({ repository, pullRequest: queued, name, label }) : { acceptance: null, remarks: [] };
}

async function commentOn({ repository, patience = jobPatience }: PublishPlace, target: Target, text: CommentText): Promise<Publication> {
  if (!('number' in target)) return target;
  return repository === null ? noToken : publishComment(repository, commentRequest(target.number, text), patience);
}

interface Outcome {
  readonly comment: Publication;
  readonly checkRun: Publication;
  readonly alsoMissing: readonly Permission[];
}

function outcomeOf(
  { context, comment: policy, checkRun: hasCheckRun }: PublishPlace,
  { comment, checkRun, alsoMissing }: Outcome,
): PublishOutcome {
  const wanted = [...(policy === 'off' ? [] : (['pull-requests: write'] as const)), ...(hasCheckRun ? (['checks: write'] as const) : [])];
  const fromFork = context.eventName === 'pull_request' && context.pullRequest?.fromFork === true;
  return {
    comment,
    checkRun,
    outputs: outputsOf(comment, checkRun),
    warnings: publishWarnings({ comment, checkRun, alsoMissing, wanted, fromFork }),
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
