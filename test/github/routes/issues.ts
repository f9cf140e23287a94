import { z } from 'zod';
import { created, found, gone, ok, Refusal } from '../answer.ts';
import { type Call, type Handlers, parameter } from '../call.ts';
import { commentDocument } from '../documents/comment.ts';
import { issueEventDocument, timelineDocument } from '../documents/issue-event.ts';
import { labelDocument } from '../documents/label.ts';
import { pageOf } from '../pagination.ts';
import { labelsOf, type PullRequest } from '../pull-requests.ts';
import { apiAddress } from '../wire-format.ts';

const commentBody = z.object({ body: z.string() });

/** The conversation of a pull request, which the API takes for an issue. */
export const issueHandlers: Handlers = {
  'issues/list-comments': (call) => {
    const since = new Date(call.query['since'] ?? 0);
    const comments = call.repository.comments.of(pullOf(call).number).filter(({ updated }) => updated >= since);
    return listed(call, comments, commentDocument);
  },
  'issues/get-comment': (call) => ok(commentDocument(call, call.repository.comments.get(commentId(call)))),
  'issues/create-comment': (call) => {
    const { number: issue, locked } = pullOf(call);
    if (locked) throw new Refusal(403, 'Unable to create comment because issue is locked.');
    const { comments, now } = call.repository;
    const { body } = commentBody.parse(call.body);
    const comment = comments.add({ id: call.repository.nextId(), issue, login: writer(call), body, created: now() });
    return created(commentDocument(call, comment), apiAddress(call, 'issues/comments', comment.id));
  },
  'issues/update-comment': (call) => {
    const { comments, now } = call.repository;
    return ok(commentDocument(call, comments.change(commentId(call), commentBody.parse(call.body).body, now())));
  },
  'issues/delete-comment': (call) => {
    call.repository.comments.delete(commentId(call));
    return gone;
  },
  'issues/list-labels-on-issue': (call) => listed(call, labelsOf(pullOf(call)), labelDocument),
  'issues/remove-label': (call) => {
    const pull = pullOf(call);
    const label = found(
      labelsOf(pull).find((name) => name === parameter(call, 'name')),
      'Label does not exist',
    );
    const { repository } = call;
    const time = repository.now();
    const event = { kind: 'unlabeled', id: repository.nextId(), login: writer(call), label, time } as const;
    const changed = repository.pullRequests.change(pull.number, { updated: time, events: [...pull.events, event] });
    return ok(labelsOf(changed).map((name) => labelDocument(call, name)));
  },
  'issues/list-events': (call) =>
    listed(
      call,
      pullOf(call).events.filter((event) => event.kind !== 'committed'),
      issueEventDocument,
    ),
  'issues/list-events-for-timeline': (call) => listed(call, pullOf(call).events, timelineDocument),
};

function pullOf(call: Call): PullRequest {
  return call.repository.pullRequests.get(Number(parameter(call, 'issue_number')));
}

function commentId(call: Call): number {
  return Number(parameter(call, 'comment_id'));
}

/** Who writes. A write without a token has been refused before. */
function writer({ token }: Call): string {
  if (token === null) throw new Error('a write without a token');
  return token.login;
}

function listed<Item>(call: Call, all: readonly Item[], document: (call: Call, item: Item) => unknown) {
  const { items, headers } = pageOf(call, all);
  return ok(
    items.map((item) => document(call, item)),
    headers,
  );
}
