import { lazyClient } from '../../src/github/client.ts';
import type { WorkflowContext } from '../../src/github/context.ts';
import { hastyPatience } from '../../src/github/patience.fixture.ts';
import { type PublishedReport, type Publishing, type PublishPlace, startPublishing } from '../../src/pipeline/publish.ts';
import { markerLine, type ReportingJob } from '../../src/render/comment-marker.ts';
import type { Comment } from '../github/comments.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../github/server.ts';
import { actionsBot, type Token } from '../github/tokens.ts';

export const label = 'accept-regression';

/** What a job with the permissions that the documents ask for may do. */
export const granted: Token['permissions'] = { checks: 'write', contents: 'read', pull_requests: 'write' };

/** A repository with an open pull request, and where its runs are shown. */
export interface Stage {
  readonly github: GitHub;
  /** Number of the pull request. */
  readonly number: number;
  /** Head of the pull request when it was opened. */
  readonly head: string;
  /** Our comments as they stand. */
  own(login?: string): readonly Comment[];
  /** @param answerSeconds longest time for an answer; 0.4 unless said */
  place(run?: Partial<Run>, change?: Partial<PublishPlace>, answerSeconds?: number): PublishPlace;
  start(run?: Partial<Run>, change?: Partial<PublishPlace>): Promise<Publishing>;
}

/** Who runs, and on what. */
export interface Run {
  readonly id: number;
  readonly attempt: number;
  readonly commit: string;
  readonly name: string;
  readonly permissions: Token['permissions'];
  readonly login: string;
}

export async function stage(options: GitHubOptions = {}): Promise<Stage> {
  const github = await startGitHub(options);
  github.seed.commit({ branch: 'main', files: { 'a.py': '1' } });
  const head = github.seed.commit({
    branch: 'feature',
    parents: [github.repository.references.current('refs/heads/main') ?? ''],
    files: { 'a.py': '2' },
  });
  const number = github.seed.pullRequest({ head: 'feature' });
  const place: Stage['place'] = (run = {}, change = {}, answerSeconds = 0.4) =>
    placeOf(github, { ...standardRun, commit: head, ...run }, { number, answerSeconds, ...change });
  return {
    ...{ github, number, head, place },
    own: (login = actionsBot) => github.repository.comments.of(number).filter((comment) => comment.login === login),
    start: (run, change) => startPublishing(place(run, change)),
  };
}

const standardRun = { id: 100, attempt: 1, name: 'concurrency', permissions: granted, login: actionsBot };

interface Circumstances extends Partial<PublishPlace> {
  readonly number: number;
  readonly answerSeconds: number;
}

function placeOf(github: GitHub, run: Run, { number, answerSeconds, ...change }: Circumstances): PublishPlace {
  const { signal } = new AbortController();
  const patience = { ...hastyPatience(), answerSeconds };
  const client = lazyClient({ token: github.token(run.permissions, run.login), apiUrl: github.apiUrl }, patience);
  return {
    repository: { client, owner: 'octo', repo: 'project', signal },
    context: contextOf(run, number),
    ...{ name: run.name, comment: 'always', checkRun: true, overrideLabel: label, writesBranch: false, patience },
    ...change,
  };
}

function contextOf({ id, attempt, commit }: Run, number: number): WorkflowContext {
  const runId = `${id}-${attempt}-concurrency-measure`;
  return {
    ...{
      eventName: 'pull_request',
      commit,
      runId,
      jobToken: '0123456789ab',
      run: { id, attempt },
      runUrl: `https://github.com/octo/project/actions/runs/${id}`,
    },
    ...{ storesBaseline: false, mergeGroupBase: null, mergeGroupPullRequest: null, trigger: null, pushed: [], defaultBranch: 'main' },
    pullRequest: { number, baseSha: 'b'.repeat(40), headSha: commit, fromFork: false },
  };
}

/** A whole run: what the label accepts of it, then the report. */
export async function wholeRun(there: Stage, run: Partial<Run> & { readonly job?: ReportingJob }, flagged: readonly string[] = []) {
  const whole = { id: 100, attempt: 1, commit: there.head, ...run };
  const publishing = await there.start(whole);
  const { acceptance, remarks } = await publishing.override();
  return { acceptance, remarks, ...(await publishing.publish(reportOf(whole, flagged))) };
}

/** A report as main would make it of a run that flagged these cells. */
export function reportOf(
  run: Pick<Run, 'id' | 'attempt' | 'commit'> & { readonly name?: string; readonly job?: ReportingJob },
  flagged: readonly string[] = [],
  annotations = 0,
): PublishedReport {
  const { id, attempt, commit, name = 'concurrency', job } = run;
  const body = `${markerLine({ name, runId: id, attempt, commit, ...(job === undefined ? {} : { job }) })}\n## Report of run ${id}.${attempt}\n\n${flagged.join('\n')}`;
  const conclusion = flagged.length === 0 ? 'success' : 'failure';
  return {
    comment: { body, wanted: () => true, flagged },
    checkRun: {
      ...{ conclusion, title: `${flagged.length} slower`, summary: 'Summary', text: 'Text' },
      annotations: Array.from({ length: annotations }, (_, index) => ({
        ...{ path: 'bench/a.py', line: index + 1, level: 'failure' as const, title: `Slower ${index}`, message: 'Slower.' },
      })),
    },
  };
}
