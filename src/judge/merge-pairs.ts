import type { BaseDescription, NoPairs, PairedRun, PairSeries, PairsOfRun } from '../model/pairs-of-run.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';

/** The pairs of one part of a run, and what the part is called where there are several. */
export interface PartPairs {
  readonly name: string;
  readonly pairs: PairsOfRun;
}

/**
 * The pairs of all parts as those of one run, so that one correction counts the suspects of all of them. A part whose
 * pairs were wanted and could not be had is told in a note on base; where no part has pairs, its reason is the run's.
 *
 * @throws UserError when the parts were measured against different commits
 */
export function mergePairs(parts: readonly PartPairs[]): PairsOfRun {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only.pairs;
  const runs = parts.flatMap(({ name, pairs }) => (pairs.kind === 'pairs' ? [{ name, run: pairs.run }] : []));
  if (runs.length === 0) return whyNone(parts);
  return { kind: 'pairs', run: { ...mergeRuns(runs.map(({ run }) => run)), base: mergeBase(runs, parts) } };
}

function whyNone(parts: readonly PartPairs[]): NoPairs {
  const none = parts.flatMap(({ pairs }) => (pairs.kind === 'none' ? [pairs] : []));
  return none.find(({ pairs }) => pairs === 'asked') ?? none[0] ?? { kind: 'not needed' };
}

function mergeRuns(runs: readonly PairedRun[]): Omit<PairedRun, 'base'> {
  const longest = Math.max(...runs.map(({ series }) => series.length));
  return {
    plan: {
      suspects: runs.flatMap(({ plan }) => plan.suspects),
      lone: runs.flatMap(({ plan }) => plan.lone),
      notComparable: runs.flatMap(({ plan }) => plan.notComparable),
    },
    series: Array.from({ length: longest }, (_, index) => mergeSeries(runs.flatMap(({ series }) => series[index] ?? []))),
    movedFamilies: [...new Set(runs.flatMap(({ movedFamilies }) => movedFamilies))],
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function mergeSeries(series: readonly PairSeries[]): PairSeries {
  return { suspects: series.flatMap(({ suspects }) => suspects), outcome: mergeOutcomes(series.map(({ outcome }) => outcome)) };
}

function mergeOutcomes(outcomes: readonly PairsOutcome[]): PairsOutcome {
  const ends = new Set(outcomes.map(({ endedBy }) => endedBy));
  return {
    pairs: new Map(outcomes.flatMap(({ pairs }) => [...pairs])),
    broken: new Map(outcomes.flatMap(({ broken }) => [...broken])),
    looksTaken: Math.max(...outcomes.map(({ looksTaken }) => looksTaken)),
    processes: outcomes.reduce((sum, { processes }) => sum + processes, 0),
    endedBy: ends.has('interrupt') ? 'interrupt' : ends.has('budget') ? 'budget' : 'schedule',
  };
}

function mergeBase(runs: readonly { readonly name: string; readonly run: PairedRun }[], parts: readonly PartPairs[]): BaseDescription {
  const [first, ...others] = runs;
  if (first === undefined) throw new RangeError('no part has pairs');
  const other = others.find(({ run }) => run.base.commit !== first.run.base.commit);
  if (other !== undefined) {
    throw new UserError(
      `${first.name} was measured in pairs with ${first.run.base.commit ?? first.run.base.origin}, ${other.name} with ${other.run.base.commit ?? other.run.base.origin}.`,
      'The base moved while the shards ran: run the workflow again, or name one commit as "base-ref".',
    );
  }
  const without = parts.flatMap(({ name, pairs }) =>
    pairs.kind === 'none' && pairs.pairs === 'asked' ? [`${name} has no pairs: ${pairs.reason}`] : [],
  );
  return { ...first.run.base, notes: [...new Set([...runs.flatMap(({ run }) => run.base.notes), ...without])] };
}
