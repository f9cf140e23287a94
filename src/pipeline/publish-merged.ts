import type { ApiRepository } from '../github/client.ts';
import type { WorkflowContext } from '../github/context.ts';
import { labelEvents } from '../github/labels.ts';
import { type MergedPullRequest, mergedPullRequests } from '../github/pull-requests.ts';
import { attempt, isUnavailable } from '../github/unavailable.ts';
import { acceptanceOf } from '../judge/override.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { readRecords, recordOf } from './publish-override.ts';

/** Where accepted cells of merged pull requests are looked for. */
export interface MergedPlace {
  readonly repository: ApiRepository;
  readonly context: Pick<WorkflowContext, 'commit' | 'pushed' | 'defaultBranch'>;
  /** The option `name`. */
  readonly name: string;
  readonly label: string;
}

/** Changes of level that a push brought and somebody had accepted. */
export interface MergedReading {
  readonly shifts: readonly AcceptedShift[];
  /** What could not be read, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Reads what was accepted on the pull requests that a push to the default branch merged, as change points for the
 * baseline. What happened to a label after the merge does not count. The same push gives the same, however often it is
 * run. API faults are remarks.
 */
export async function acceptedShifts(place: MergedPlace): Promise<MergedReading> {
  const { repository, context } = place;
  const { commit, pushed, defaultBranch } = context;
  if (commit === null || defaultBranch === null || pushed.length === 0) return { shifts: [], remarks: [] };
  const asked = { wanted: 'read what was accepted on the pull requests of this push', permission: 'pull-requests: read' } as const;
  const found = await attempt(asked, repository, async () => {
    const merged = await mergedPullRequests(repository, pushed, defaultBranch);
    const shifts: AcceptedShift[] = [];
    for (const each of merged) shifts.push(...(await shiftsOf(place, each, commit)));
    return { shifts };
  });
  return isUnavailable(found) ? { shifts: [], remarks: [found.reason] } : { shifts: found.shifts, remarks: [] };
}

/** The pushed commit is the first that was measured with the change in it. */
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
