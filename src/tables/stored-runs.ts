import { runNames } from '../judge/baseline-choice.ts';
import type { RuntimeHistory, WhyUnused } from '../judge/history-use.ts';
import { windowRuns } from '../judge/screen-history.ts';
import type { BaselineChoice, StoredRunName } from '../model/baseline-choice.ts';
import type { RunContext } from '../model/run.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';

/** A stored run, and how old it is. */
export interface AgedRun extends StoredRunName {
  /** Seconds from its begin to that of this run; below 0 for one that began later. */
  readonly ageSeconds: number;
}

/** A stored run that cells were compared with. */
export interface StoredRunRow extends AgedRun {
  /** Kinds of runner it ran on, each once. */
  readonly runnerClasses: readonly string[];
  /** Labels of the runtimes it was compared on; empty where that is not known. */
  readonly runtimes: readonly string[];
}

/** Stored runs that were left out for one reason. */
export interface StoredRunGroup {
  /** The end of a sentence whose subject is the run. */
  readonly reason: string;
  /** Labels of the runtimes it concerns; null when it concerns all of them. */
  readonly runtimes: readonly string[] | null;
  /** The newest first. */
  readonly runs: readonly AgedRun[];
}

/** The stored runs of a report: each that was used, and every reason why others were not. */
export interface StoredRunTable {
  /** The newest first. */
  readonly used: readonly StoredRunRow[];
  readonly leftOut: readonly StoredRunGroup[];
}

/** What the table of stored runs is made from. */
export interface StoredRunSources {
  readonly results: Pick<RunContext, 'created' | 'runtimes'>;
  readonly choice: BaselineChoice;
  readonly baselineRuns: readonly RunContext[];
  /** What the runs of each runtime served for; empty where that is not known, and every chosen run counts as used. */
  readonly histories: readonly RuntimeHistory[];
}

/** Tabulates the stored runs: those that were not chosen, and those that no cell of a runtime was compared with. */
export function storedRunTable({ results, choice, baselineRuns, histories }: StoredRunSources): StoredRunTable {
  const aged = (run: StoredRunName): AgedRun => ({ ...run, ageSeconds: (Date.parse(results.created) - Date.parse(run.created)) / 1000 });
  const columns = runtimeColumns(results.runtimes);
  const records = Map.groupBy(baselineRuns, ({ runId }) => runId);
  const unused = unusedOnly(histories);
  const used = choice.used.filter(({ runId }) => !unused.has(runId));
  return {
    used: used.toReversed().map((run) => ({
      ...aged(run),
      runnerClasses: [...new Set((records.get(run.runId) ?? []).map(({ machine }) => machine.runnerClass))],
      runtimes: labelsOf(
        histories.flatMap((history) => (history.used.includes(run.runId) ? [history.runtime] : [])),
        columns,
      ),
    })),
    leftOut: [
      ...byReason(choice.leftOut.map((run) => ({ reason: run.reason, run: aged(run) }))),
      ...passedOver(histories, { names: new Map(runNames(baselineRuns).map((run) => [run.runId, aged(run)])), columns }),
    ],
  };
}

/** The choice where nobody made one: every run that is given. */
export function everyRun(baselineRuns: readonly RunContext[]): BaselineChoice {
  return { used: runNames(baselineRuns).map((run) => ({ ...run, distance: null })), leftOut: [], accepted: [] };
}

/** Runs that some runtime passed over and none used. */
function unusedOnly(histories: readonly RuntimeHistory[]): ReadonlySet<string> {
  const used = new Set(histories.flatMap((history) => history.used));
  return new Set(histories.flatMap(({ unused }) => unused.map(({ run }) => run)).filter((run) => !used.has(run)));
}

function labelsOf(runtimes: readonly string[], columns: readonly RuntimeColumn[]): readonly string[] {
  return columns.filter(({ runtime }) => runtimes.includes(runtime.id)).map(({ label }) => label);
}

function byReason(entries: readonly { readonly reason: string; readonly run: AgedRun }[]): readonly StoredRunGroup[] {
  return [...Map.groupBy(entries, ({ reason }) => reason)].map(([reason, members]) => ({
    ...{ reason, runtimes: null },
    runs: members.map(({ run }) => run).toReversed(),
  }));
}

interface RunNames {
  readonly names: ReadonlyMap<string, AgedRun>;
  readonly columns: readonly RuntimeColumn[];
}

/** One group for each reason and the runs it holds for; runtimes that share both share the group. */
function passedOver(histories: readonly RuntimeHistory[], { names, columns }: RunNames): readonly StoredRunGroup[] {
  const groups = histories.flatMap((history) => {
    const entries = history.unused.flatMap(({ run, why }) => {
      const name = names.get(run);
      return name === undefined ? [] : [{ reason: reasonOf(why, name, history.used, names), run: name }];
    });
    return byReason(entries).map((group) => ({ ...group, runtime: history.runtime }));
  });
  const alike = Map.groupBy(groups, ({ reason, runs }) => JSON.stringify([reason, runs.map(({ runId }) => runId)]));
  return [...alike.values()].flatMap((members) => {
    const [first] = members;
    const labels = labelsOf(
      members.map(({ runtime }) => runtime),
      columns,
    );
    return first === undefined
      ? []
      : [{ reason: first.reason, runs: first.runs, runtimes: labels.length === columns.length ? null : labels }];
  });
}

function reasonOf(why: WhyUnused, { cpuModel }: AgedRun, used: readonly string[], names: RunNames['names']): string {
  switch (why) {
    case 'other CPU model': {
      const same = used.filter((run) => names.get(run)?.cpuModel !== cpuModel).length;
      return `ran on another CPU model (${cpuModel}); ${same} on this one suffice`;
    }
    case 'older level':
      return 'is of a level before the last lasting shift';
    case 'beyond the window':
      return `is older than the ${windowRuns} runs that are looked back on`;
    case 'nothing comparable':
      return 'has no cell that can be compared with this run';
  }
}
