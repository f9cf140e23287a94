import { markerLine } from '../../src/render/comment-marker.ts';
import { found, ok, Refusal } from '../github/answer.ts';
import type { Fault, FaultRule } from '../github/faults.ts';
import { allHandlers } from '../github/routes.ts';
import type { GitHubOptions } from '../github/server.ts';
import { actionsBot } from '../github/tokens.ts';
import type { Run } from './publish.fixture.ts';

/** What the pull request looks like before the run. */
export type Scene = 'nothing' | 'one of ours' | 'two of ours' | 'ours on page three' | 'a newer one of ours' | 'two foreign ones';

/** One thing that goes wrong, and what is left in the end. */
export interface FaultCase {
  readonly scene?: Scene;
  readonly rules?: readonly FaultRule[];
  readonly run?: Partial<Run>;
  readonly server?: GitHubOptions;
  readonly annotations?: number;
  readonly comment?: string;
  readonly checkRun?: string;
  /** What the warnings say; left out: nothing is warned of. */
  readonly warns?: RegExp;
  /** Comments of ours in the end; one unless said. */
  readonly left?: number;
}

const create = 'issues/create-comment';
const update = 'issues/update-comment';
const list = 'issues/list-comments';
const on = (operation: string, fault: Fault, more: Partial<FaultRule> = {}): readonly FaultRule[] => [{ operation, fault, ...more }];
const status = (code: number, message?: string): Fault => ({ kind: 'status', status: code, ...(message === undefined ? {} : { message }) });
const always = { times: Number.POSITIVE_INFINITY };
const reset = (applied: boolean): Fault => ({ kind: 'reset', applied });
const truncated: Fault = { kind: 'truncated' };
const noBlock = /^(?![\s\S]*permissions:)/;

const updating = { scene: 'one of ours', comment: 'updated' } as const;
const lost = { comment: 'unavailable', left: 0 } as const;

export const faultCases: Readonly<Record<string, FaultCase>> = {
  'no fault': {},
  'create: no permission': {
    ...lost,
    run: { permissions: { checks: 'write', contents: 'read', pull_requests: 'read' } },
    warns: /permissions:\n {2}checks: write\n {2}contents: read\n {2}pull-requests: write$/,
  },
  'create: locked conversation': {
    ...lost,
    rules: on(create, status(403, 'Unable to create comment because issue is locked.')),
    warns: noBlock,
  },
  'create: 404': { ...lost, rules: on(create, status(404)), warns: /could not write the comment on #1.*404/ },
  'create: 409': { ...lost, rules: on(create, status(409)), warns: /409/ },
  'create: 410': { ...lost, rules: on(create, status(410)), warns: /410/ },
  'create: 422, too long': { ...lost, rules: on(create, status(422, 'Validation Failed: Body is too long')), warns: /422.*too long/ },
  'create: 429 with retry-after': { rules: on(create, { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 2 }) },
  'create: secondary limit by words': { rules: on(create, { kind: 'secondary rate limit' }) },
  'create: hourly limit that ends soon': { rules: on(create, { kind: 'rate limit', resetSeconds: 5 }) },
  'create: hourly limit that does not': { ...lost, rules: on(create, { kind: 'rate limit', resetSeconds: 3000 }), warns: /rate limit/ },
  'create: 500 once': { rules: on(create, status(500)) },
  'create: 500 that took effect': { rules: on(create, { kind: 'status', status: 500, applied: true }) },
  'create: 502 page twice': { rules: on(create, status(502), { times: 2 }) },
  'create: 503 without end': { ...lost, rules: on(create, status(503), always), warns: /503/ },
  'create: reset before': { rules: on(create, reset(false)) },
  'create: reset after': { rules: on(create, reset(true)) },
  'create: half an answer': { rules: on(create, truncated) },
  'create: slow': { rules: on(create, { kind: 'slow', milliseconds: 150 }) },
  'create: no answer at all': { rules: on(create, { kind: 'hang' }) },
  'create, then the list fails': { rules: on(list, status(500), { after: 1, times: 5 }), warns: /list the comments again/ },
  'list: 401': { ...lost, rules: on(list, status(401, 'Bad credentials')), warns: /401: Bad credentials/ },
  'list: 403': { ...lost, run: { permissions: { checks: 'write' } }, warns: /pull-requests: write/ },
  'list: 404': { ...lost, rules: on(list, status(404)), warns: /404/ },
  'list: 500 twice': { rules: on(list, status(500), { times: 2 }) },
  'list: 500 without end': { ...lost, rules: on(list, status(500), always), warns: /500/ },
  'list: reset': { ...updating, rules: on(list, reset(false)) },
  'list: half an answer': { ...updating, rules: on(list, truncated) },
  'list: lags behind the write': { server: lagging() },
  'list: three pages, the second fails once': {
    scene: 'ours on page three',
    comment: 'updated',
    rules: on(list, status(500), { after: 1 }),
  },
  'two foreign ones with our marker': { scene: 'two foreign ones' },
  'a newer run has reported': {
    scene: 'a newer one of ours',
    comment: 'left to newer',
    warns: /later run, \S*\/octo\/project\/actions\/runs\/500\/attempts\/1\./,
  },
  'who are we: 500 once': { ...updating, rules: on('graphql', status(500)) },
  'who are we: 500 without end': {
    ...updating,
    comment: 'unavailable',
    rules: on('graphql', status(500), always),
    warns: /500/,
  },
  'who are we: refused': {
    ...updating,
    comment: 'unavailable',
    server: unknownAccount(),
    warns: /did not say whose token this is.*not accessible.*GraphQL/,
  },
  'update: 403': {
    ...updating,
    comment: 'unavailable',
    rules: on(update, { ...status(403, 'Resource not accessible by integration') }),
    warns: /pull-requests: write/,
  },
  'update: 404, deleted meanwhile': { ...updating, comment: 'posted', server: deletedMeanwhile() },
  'update: 404 while it is listed': {
    ...updating,
    comment: 'unavailable',
    rules: on(update, status(404), always),
    warns: /deleted or overwritten as often as it was written/,
  },
  'update: 422': { ...updating, comment: 'unavailable', rules: on(update, status(422)), warns: /422/ },
  'update: 429 with retry-after': { ...updating, rules: on(update, { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 1 }) },
  'update: no answer at all': { ...updating, rules: on(update, { kind: 'hang' }) },
  'update: no answer at all, but done': { ...updating, rules: on(update, { kind: 'hang', applied: true }) },
  'update: 502 twice': { ...updating, rules: on(update, status(502), { times: 2 }) },
  'update: reset before': { ...updating, rules: on(update, reset(false)) },
  'update: reset after': { ...updating, rules: on(update, reset(true)) },
  'update: half an answer': { ...updating, rules: on(update, truncated) },
  'two of ours': { scene: 'two of ours', comment: 'updated' },
  'two of ours, delete: 500 once': { scene: 'two of ours', comment: 'updated', rules: on('issues/delete-comment', status(500)) },
  'two of ours, delete: reset after': { scene: 'two of ours', comment: 'updated', rules: on('issues/delete-comment', reset(true)) },
  'two of ours, delete: 403': {
    scene: 'two of ours',
    comment: 'updated',
    rules: on('issues/delete-comment', status(403)),
    warns: /delete a second comment/,
    left: 2,
  },
  'another run creates one at the same time': { comment: 'updated', server: rivalled() },
  // The later run keeps the older of the two: were that removed here, it could write into nothing.
  'a later run creates one right after': { comment: 'left to newer', server: overtaken(), left: 2, warns: /runs\/500\// },
  'the token of a person': {
    scene: 'two foreign ones',
    run: { login: 'maintainer' },
    checkRun: 'unavailable',
    warns: /authenticate via a GitHub App/,
  },
  'the token of another app': { run: { login: 'other-app[bot]' } },
  'check: no permission': { run: { permissions: { pull_requests: 'write' } }, checkRun: 'unavailable', warns: /checks: write/ },
  'check: create 422': { rules: on('checks/create', status(422)), checkRun: 'unavailable', warns: /422/ },
  'check: create, reset before': { rules: on('checks/create', reset(false)) },
  'check: create, reset after': { rules: on('checks/create', reset(true)) },
  'check: create, half an answer': { rules: on('checks/create', truncated) },
  'check: create, 429': { rules: on('checks/create', { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 1 }) },
  'check: conclude, 500 twice': { rules: on('checks/update', status(500), { times: 2 }) },
  'check: conclude, half an answer': { rules: on('checks/update', truncated) },
  'check: conclude, 404': { rules: on('checks/update', status(404)), checkRun: 'unavailable', warns: /conclude the check run/ },
  'check: 120 annotations, the second batch reset after': { annotations: 120, rules: on('checks/update', reset(true), { after: 2 }) },
  'check: 120 annotations, the second batch reset before': { annotations: 120, rules: on('checks/update', reset(false), { after: 2 }) },
  'check: 120 annotations, the last batch refused': {
    annotations: 120,
    rules: on('checks/update', status(422), { after: 3 }),
    warns: /^20 of 120 annotations are missing/m,
  },
};

/** The list does not show what was created until it is asked a second time. */
function lagging(): GitHubOptions {
  let hidden: number | null = null;
  return {
    handlers: {
      [create]: async (call) => {
        const answer = await found(allHandlers[create])(call);
        hidden = call.repository.comments.all.at(-1)?.id ?? null;
        return answer;
      },
      [list]: async (call) => {
        const answer = await found(allHandlers[list])(call);
        const [lost, body] = [hidden, answer.body];
        hidden = null;
        return Array.isArray(body) ? { ...answer, body: body.filter(({ id }) => id !== lost) } : answer;
      },
    },
  };
}

/** GraphQL refuses with status 200. */
function unknownAccount(): GitHubOptions {
  return { handlers: { graphql: () => ok({ errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] }) } };
}

/** The comment is deleted between the list and the first update. */
function deletedMeanwhile(): GitHubOptions {
  return {
    handlers: {
      [update]: (call) => {
        call.repository.comments.delete(Number(call.parameters['comment_id']));
        throw new Refusal(404, 'Not Found');
      },
    },
  };
}

/** Before the comment is created, an older run creates one. */
function rivalled(): GitHubOptions {
  let done = false;
  return {
    handlers: {
      [create]: (call) => {
        const { comments, nextId, now } = call.repository;
        if (!done) comments.add({ id: nextId.call(call.repository), issue: 1, login: actionsBot, body: oldBody(50), created: now() });
        done = true;
        return found(allHandlers[create])(call);
      },
    },
  };
}

/** After the comment is created, a later run creates one. */
function overtaken(): GitHubOptions {
  return {
    handlers: {
      [create]: async (call) => {
        const answer = await found(allHandlers[create])(call);
        const { comments, nextId, now } = call.repository;
        comments.add({ id: nextId.call(call.repository), issue: 1, login: actionsBot, body: oldBody(500), created: now() });
        return answer;
      },
    },
  };
}

/** A comment of ours as an earlier run or, for a high number, a later one has written it. */
export const oldBody = (runId: number) => `${markerLine({ name: 'concurrency', runId, attempt: 1, commit: 'd'.repeat(40) })}\nOld.`;
