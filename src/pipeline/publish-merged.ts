import type { ApiRepository } from '../github/client.ts';
import { commitHistory } from '../github/commit-history.ts';
import type { WorkflowContext } from '../github/context.ts';
import { labelEvents } from '../github/labels.ts';
import { type MergedPullRequest, mergedPullRequests } from '../github/pull-requests.ts';
import { attempt, isUnavailable } from '../github/unavailable.ts';
import { acceptanceOf } from '../judge/override.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Permission } from '../model/publication.ts';
import { type MergedCommits, mergedCommits } from './merged-commits.ts';
import { readRecords, recordOf } from './publish-override.ts';

/** Where accepted cells of merged pull requests are looked for. */
export interface MergedPlace {
  readonly repository: ApiRepository;
  readonly context: Pick<WorkflowContext, 'commit' | 'pushed' | 'defaultBranch'>;
  /** The option `name`. */
  readonly name: string;
  readonly label: string;
  /** Commit of the newest stored run; null where none is known: what an earlier push brought is looked at then by its own run only. */
  readonly since: string | null;
}

/** Changes of level that a run of the default branch is the first with and somebody had accepted. */
export interface MergedReading {
  readonly shifts: readonly AcceptedShift[];
  /** What could not be read or was not looked at, a sentence each. */
  readonly remarks: readonly string[];
  /** What the token lacks for it. */
  readonly missing: readonly Permission[];
}

/**
 * Reads what was accepted on the pull requests that were merged since the newest stored run of the default branch, as
 * change points for the baseline. What happened to a label after the merge does not count. API faults are remarks.
 */
export async function acceptedShifts(place: MergedPlace): Promise<MergedReading> {
  const { repository, context } = place;
  const { commit, defaultBranch } = context;
  if (commit === null || defaultBranch === null) return nothing;
  const { commits, remarks } = await newCommits(place, commit);
  if (commits.length === 0) return { shifts: [], remarks, missing: [] };
  const asked = { wanted: 'read what was accepted on merged pull requests', permission: 'pull-requests: read' } as const;
  const found = await attempt(asked, repository, async () => {
    const merged = await mergedPullRequests(repository, commits, defaultBranch);
    const shifts: AcceptedShift[] = [];
    for (const each of merged) shifts.push(...(await shiftsOf(place, each, commit)));
    return { shifts };
  });
  if (!isUnavailable(found)) return { shifts: found.shifts, remarks, missing: [] };
  return { shifts: [], remarks: [...remarks, found.reason], missing: found.missing === null ? [] : [found.missing] };
}

const nothing: MergedReading = { shifts: [], remarks: [], missing: [] };

/** A history that cannot be read leaves what the push itself brought. */
async function newCommits({ repository, context: { pushed }, since }: MergedPlace, commit: string): Promise<MergedCommits> {
  if (since === null || since === commit) return mergedCommits({ pushed, since: null, history: null });
  const asked = { wanted: 'list the commits since the newest stored run', permission: 'contents: read' } as const;
  const history = await attempt(asked, repository, () => commitHistory(repository, commit));
  if (!isUnavailable(history)) return mergedCommits({ pushed, since, history });
  const known = mergedCommits({ pushed, since: null, history: null });
  return { commits: known.commits, remarks: [...known.remarks, history.reason] };
}

/** The commit of this run is the first that was measured with the change in it. */
async function shiftsOf(place: MergedPlace, merged: MergedPullRequest, commit: string): Promise<readonly AcceptedShift[]> {
  const { repository, label } = place;
  const { number, headSha, mergedAt } = merged;
  const { own } = await readRecords({ ...place, pullRequest: number });
  const record = recordOf(own, headSha);
  if (record === null) return [];
  const history = { label, events: await labelEvents(repository, number) };
  const acceptance = acceptanceOf(record, headSha, history, mergedAt);
  if (acceptance === null) return [];
  const { cells, by, at } = acceptance;
  return [{ cells, commit, by, why: `label "${label}" on #${number}`, created: at }];
}
