import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { BaselineChoice, StoredRunName } from '../model/baseline-choice.ts';
import { type CommitHistory, mostCommits } from '../model/commit-history.ts';
import type { Run, RunContext } from '../model/run.ts';
import { placesOf } from './history-shifts.ts';

/** What stored runs are chosen by. */
export interface BaselineQuery {
  /** Of the merge base, or of the commit itself on the base branch; null where there is no checkout to ask, which uses every run. */
  readonly history: CommitHistory | null;
  /** Of the run that is to be compared: what it stored itself, when it is repeated, is passed over. */
  readonly runId: string;
  /** Every accepted change of level that the store knows. */
  readonly accepted: readonly AcceptedShift[];
}

/** The stored runs to compare with. */
export interface ChosenBaseline {
  /** Records of the runs that are used, as they were given; in the order of their commits, then of time, the oldest first. */
  readonly runs: readonly Run[];
  /** Its accepted changes of level can lie behind the base: one that is known to come later leaves its history alone. */
  readonly choice: BaselineChoice;
}

/**
 * Chooses the runs of the base branch that are not newer than what the change was made from. A run may have several
 * records, one for each runtime and part: each is judged by itself, and the run is named once, as used if any of them is.
 *
 * @param stored complete or not, of any runtimes
 */
export function chooseBaseline(stored: readonly Run[], query: BaselineQuery): ChosenBaseline {
  const { history, accepted } = query;
  const judged = stored.map((run) => ({ run, reason: whyLeftOut(run, query) }));
  const runs = inOrder(
    judged.flatMap(({ run, reason }) => (reason === null ? [run] : [])),
    history,
  );
  const distances = placesOf(history);
  const used = runNames(runs).map((run) => ({ ...run, distance: run.commit === null ? null : (distances.get(run.commit) ?? null) }));
  const known = new Set(used.map(({ runId }) => runId));
  const leftOut = judged.flatMap(({ run, reason }) => (reason === null || known.has(run.runId) ? [] : [{ ...nameOf(run), reason }]));
  return {
    runs,
    choice: {
      used,
      leftOut: inTime([...new Map(leftOut.map((each) => [each.runId, each])).values()]),
      accepted: accepted.filter((shift) => mayLieBehind(shift, history, runs)),
    },
  };
}

/** The records of the runs that were chosen before, by whoever measured; a part that was left out then is left out again. */
export function chosenRuns(stored: readonly Run[], { used }: BaselineChoice): readonly Run[] {
  const places = new Map(used.map(({ runId, commit }, place) => [JSON.stringify([runId, commit]), place]));
  const placeOf = ({ runId, commit }: RunContext) => places.get(JSON.stringify([runId, commit]));
  return stored
    .filter((run) => !run.partial && placeOf(run) !== undefined)
    .toSorted((one, other) => (placeOf(one) ?? 0) - (placeOf(other) ?? 0));
}

/** The choices of several parts of one run as one: a run that some part used is used. */
export function mergedChoice(choices: readonly BaselineChoice[]): BaselineChoice {
  const used = new Map(choices.flatMap((choice) => choice.used).map((run) => [run.runId, run]));
  const leftOut = new Map(choices.flatMap((choice) => choice.leftOut).map((run) => [run.runId, run]));
  const accepted = new Map(choices.flatMap((choice) => choice.accepted).map((shift) => [JSON.stringify(shift), shift]));
  return {
    used: inTime([...used.values()]),
    leftOut: inTime([...leftOut.values()].filter(({ runId }) => !used.has(runId))),
    accepted: inTime([...accepted.values()]),
  };
}

/** Each run once, in the order in which its first record comes; a run of several machines with the CPU models of all. */
export function runNames(runs: readonly RunContext[]): readonly StoredRunName[] {
  return [...Map.groupBy(runs, ({ runId }) => runId).values()].flatMap((records) => {
    const [first] = records;
    const models = [...new Set(records.map(({ machine }) => machine.cpuModel))];
    return first === undefined ? [] : [{ ...nameOf(first), cpuModel: models.join(' and ') }];
  });
}

function nameOf({ runId, commit, created, machine: { cpuModel } }: RunContext): StoredRunName {
  return { runId, commit, created, cpuModel };
}

/** The end of a sentence whose subject is the run, or null where it is used. */
function whyLeftOut({ runId, partial, commit }: RunContext, query: BaselineQuery): string | null {
  if (runId === query.runId) return 'is this run';
  if (partial) return 'is partial';
  const { history } = query;
  if (history === null) return null;
  if (commit === null) return 'has no commit';
  if (history.commits.has(commit)) return null;
  if (history.complete) return 'is newer than the merge base, or no ancestor of it';
  return `is older than ${lookedThrough(history)}, newer than the merge base, or no ancestor of it`;
}

function lookedThrough({ commits: { size } }: CommitHistory): string {
  const looked = size === 1 ? 'the one commit that was looked through' : `the ${size} commits that were looked through`;
  return size < mostCommits ? `${looked} (“fetch-depth: 0” at actions/checkout gives all of them)` : looked;
}

/** By the place of their commits: a job that is repeated measures an old commit late. */
function inOrder(runs: readonly Run[], history: CommitHistory | null): readonly Run[] {
  const places = new Map([...(history?.commits ?? [])].map((commit, place) => [commit, place]));
  const placeOf = ({ commit }: RunContext) => (commit === null ? 0 : (places.get(commit) ?? 0));
  return inTime(runs).toSorted((one, other) => placeOf(other) - placeOf(one));
}

function inTime<T extends { readonly created: string }>(runs: readonly T[]): readonly T[] {
  return runs.toSorted((one, other) => Date.parse(one.created) - Date.parse(other.created));
}

/** Where the history is not known to the end, a shift outside it may be older than what is known. */
function mayLieBehind({ commit, created }: AcceptedShift, history: CommitHistory | null, runs: readonly RunContext[]): boolean {
  if (history === null || !history.complete || history.commits.has(commit)) return true;
  // A commit that was squashed into another is in no history; runs that follow its acceptance are of the new level all the same.
  return runs.some((run) => Date.parse(run.created) > Date.parse(created));
}
