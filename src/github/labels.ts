import { z } from 'zod';
import type { LabelEvent } from '../model/override.ts';
import { UserError } from '../model/user-error.ts';
import { allPages } from './all-pages.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { isFailedRequest } from './failed-request.ts';

/** Most events that are read of one pull request. */
const mostEvents = 10_000;

const labelActions = ['labeled', 'unlabeled'] as const;
const labelEvent = z.object({
  event: z.enum(labelActions),
  label: z.object({ name: z.string() }),
  // Null for an account that is gone.
  actor: z.object({ login: z.string().regex(/^[^\s@<>`]{1,100}$/), type: z.string() }).nullable(),
  created_at: z.iso.datetime(),
});

/** Names of the labels that are on a pull request. Errors are those of octokit, or a UserError for an answer that is none. */
export async function labelsOn({ client, owner, repo, signal }: ApiRepository, issue: number): Promise<readonly string[]> {
  const { data } = await client().rest.issues.listLabelsOnIssue({ owner, repo, issue_number: issue, per_page: 100, request: { signal } });
  return checkedAnswer(z.array(z.object({ name: z.string() })), data, 'labels').map(({ name }) => name);
}

/**
 * The labels that were put on a pull request or taken off, oldest first, and by whom. Errors are those of octokit.
 *
 * @throws UserError for more than 10,000 events, or for an answer that is none: half a history says nothing
 */
export async function labelEvents({ client, owner, repo, signal }: ApiRepository, issue: number): Promise<readonly LabelEvent[]> {
  const place = { owner, repo, issue_number: issue, request: { signal } };
  const events: LabelEvent[] = [];
  let read = 0;
  for await (const { data } of allPages((query) => client().rest.issues.listEvents({ ...place, ...query }))) {
    const page = checkedAnswer(z.array(z.looseObject({ event: z.string() })), data, 'events');
    events.push(...page.filter(({ event }) => labelActions.some((action) => action === event)).map(labelEventOf));
    read += page.length;
    if (read > mostEvents)
      throw new UserError(
        `More than ${mostEvents} events are on record for #${issue}.`,
        'A label is not read there; accept the cells another way.',
      );
  }
  return events;
}

function labelEventOf(data: unknown): LabelEvent {
  const { event, label, actor, created_at: at } = checkedAnswer(labelEvent, data, 'a label');
  return { action: event, label: label.name, by: actor?.login ?? 'ghost', byPerson: actor?.type === 'User', at };
}

/** Takes a label off; one that is not there is off already. Errors are those of octokit. */
export async function removeLabel({ client, owner, repo, signal }: ApiRepository, issue: number, label: string): Promise<void> {
  try {
    await client().rest.issues.removeLabel({ owner, repo, issue_number: issue, name: label, request: { signal, repeatable: true } });
  } catch (error) {
    if (!isFailedRequest(error) || error.response === undefined || error.status !== 404) throw error;
  }
}
