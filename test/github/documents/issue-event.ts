import type { Call } from '../call.ts';
import type { PullRequestEvent } from '../pull-requests.ts';
import { apiAddress, instant, nodeId } from '../wire-format.ts';
import { gitCommitDocument } from './commit.ts';
import { labelDocument } from './label.ts';
import { appDocument, userDocument } from './user.ts';

/** An event as the timeline tells it. */
export function timelineDocument(call: Call, event: PullRequestEvent) {
  return event.kind === 'committed' ? { event: event.kind, ...gitCommitDocument(call, event.sha) } : issueEventDocument(call, event);
}

/** An event that someone made. */
export function issueEventDocument(call: Call, event: Exclude<PullRequestEvent, { kind: 'committed' }>) {
  const { id, kind, login, time } = event;
  const { name, color } = labelDocument(call, 'label' in event ? event.label : '');
  return {
    ...{ id, node_id: nodeId('Event', id), url: apiAddress(call, 'issues/events', id), event: kind, created_at: instant(time) },
    actor: userDocument(call, login),
    ...{ commit_id: null, commit_url: null, performed_via_github_app: appDocument(call, login) },
    ...('label' in event ? { label: { name, color } } : {}),
  };
}
