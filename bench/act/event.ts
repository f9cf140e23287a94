import type { SampleProject } from './sample-project.ts';

/** The events that the recipes are run for. */
export const eventNames = ['pull_request', 'push'] as const;

/** One of {@link eventNames}. */
export type EventName = (typeof eventNames)[number];

const repository = { id: 1, name: 'project', full_name: 'octo/project', default_branch: 'main', owner: { login: 'octo' }, fork: false };

/** What GitHub sends with an event, as far as act and the action read it. */
export function eventPayload(event: EventName, { base, head }: SampleProject): Readonly<Record<string, unknown>> {
  if (event === 'push') return { ref: 'refs/heads/main', before: base, after: head, repository };
  const side = (ref: string, sha: string) => ({ ref, sha, repo: repository });
  const pullRequest = { number: 1, state: 'open', labels: [], head: side('topic', head), base: side('main', base) };
  return { action: 'synchronize', number: 1, pull_request: pullRequest, repository };
}
