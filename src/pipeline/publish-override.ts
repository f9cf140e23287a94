import type { ApiRepository } from '../github/client.ts';
import { readOwnComments } from '../github/comment-list.ts';
import { labelEvents, labelsOn, removeLabel } from '../github/labels.ts';
import { openHead } from '../github/pull-requests.ts';
import { type Attempt, attempt, isUnavailable } from '../github/unavailable.ts';
import { acceptanceOf, hasExpired, type LabelHistory, sameLabel } from '../judge/override.ts';
import type { Acceptance, OverrideRecord } from '../model/override.ts';
import type { Permission, Unavailable } from '../model/publication.ts';
import { readMarker } from '../render/comment-marker.ts';
import { recordIn } from './publish-comment.ts';

/** What a label on a pull request accepts, and where it is read. */
export interface OverridePlace {
  readonly repository: ApiRepository;
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** What is to be reported on, 40 hex digits. */
  readonly commit: string;
  /** The option `name`. */
  readonly name: string;
  readonly label: string;
}

/** What a label accepts. */
export interface OverrideReading {
  readonly acceptance: Acceptance | null;
  /** What the reader should know of it, a sentence each. */
  readonly remarks: readonly string[];
  /** Permissions that the reading lacked; none when left out. */
  readonly missing?: readonly Permission[];
}

/** The records of our comments, told apart by whether they are of the same `name`. */
export interface Records {
  readonly own: readonly OverrideRecord[];
  readonly all: readonly OverrideRecord[];
}

const nothing: OverrideReading = { acceptance: null, remarks: [] };

/**
 * Reads what the label on a pull request accepts of a commit, and takes it off where it was put on for another one. API
 * faults are remarks, and nothing is accepted then.
 */
export async function readOverride(place: OverridePlace): Promise<OverrideReading> {
  const reading = await attempt(askedOf(place), place.repository, () => readLabel(place));
  return isUnavailable(reading) ? refusedReading(reading) : reading;
}

/**
 * What the label accepts of a merge group: that of the pull request which the group ends with, as it is when it is
 * merged. The label is left as it is.
 */
export async function readQueuedOverride(place: Omit<OverridePlace, 'commit'>): Promise<OverrideReading> {
  const { repository, pullRequest } = place;
  const reading = await attempt(askedOf(place), repository, async () => {
    const commit = await openHead(repository, pullRequest);
    return commit === null ? nothing : { acceptance: (await readHistory({ ...place, commit })).acceptance, remarks: [] };
  });
  return isUnavailable(reading) ? refusedReading(reading) : reading;
}

function askedOf({ label, pullRequest }: Pick<OverridePlace, 'label' | 'pullRequest'>): Attempt {
  return { wanted: `read what the label "${label}" on #${pullRequest} accepts`, permission: 'pull-requests: read' };
}

function refusedReading({ reason, missing }: Unavailable): OverrideReading {
  return { acceptance: null, remarks: [`${reason} So nothing was accepted.`], ...(missing === null ? {} : { missing: [missing] }) };
}

async function readLabel(place: OverridePlace): Promise<OverrideReading> {
  const label = (await labelsOn(place.repository, place.pullRequest)).find((name) => sameLabel(name, place.label));
  if (label === undefined) return nothing;
  const { acceptance, records, history } = await readHistory({ ...place, label });
  return acceptance === null
    ? { acceptance, remarks: [await uselessLabel({ ...place, label }, records, history)] }
    : { acceptance, remarks: [] };
}

async function readHistory(place: OverridePlace) {
  const { repository, pullRequest, label, commit } = place;
  const records = await readRecords(place);
  const history = { label, events: await labelEvents(repository, pullRequest) };
  return { records, history, acceptance: acceptanceOf(recordOf(records.own, commit), commit, history) };
}

/** The records of all our comments on a pull request. Errors are those of octokit. */
export async function readRecords({ repository, pullRequest, name }: Omit<OverridePlace, 'commit' | 'label'>): Promise<Records> {
  const { comments } = await readOwnComments(repository, pullRequest, (body) => readMarker(body) !== null);
  const recordsIn = (some: typeof comments) => some.flatMap((comment) => recordIn(comment) ?? []);
  return { all: recordsIn(comments), own: recordsIn(comments.filter(({ body }) => readMarker(body)?.name === name)) };
}

/** The record on a commit; null where it was not reported on. */
export function recordOf(records: readonly OverrideRecord[], commit: string): OverrideRecord | null {
  return records.find((record) => record.commit === commit) ?? null;
}

/**
 * A label that does nothing must not look as if it did. What was put on for a later commit than that of this run is none of
 * its business.
 */
async function uselessLabel(place: OverridePlace, { all }: Records, history: LabelHistory): Promise<string> {
  const { repository, pullRequest, label, commit } = place;
  if (!hasExpired(all, commit, history))
    return `The label "${label}" on #${pullRequest} accepts nothing: an app put it on, or no slower cell had been listed by then.`;
  const told = `The label "${label}" on #${pullRequest} is older than the first report on ${commit.slice(0, 12)}, so it accepts nothing of it`;
  if ((await openHead(repository, pullRequest)) !== commit)
    return `The label "${label}" on #${pullRequest} accepts nothing of ${commit.slice(0, 12)}, which is not the head of an open pull request any more; it was left there.`;
  const asked = { wanted: `take the label off #${pullRequest}`, permission: 'pull-requests: write' } as const;
  const removal = await attempt(asked, repository, async () => {
    await removeLabel(repository, pullRequest, label);
    return {};
  });
  return isUnavailable(removal) ? `${told}. ${removal.reason}` : `${told}, and was taken off.`;
}
