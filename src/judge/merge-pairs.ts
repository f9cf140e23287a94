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

/** A part whose base is no commit, because only its toolchain moved, was compared with this very tree. */
function mergeBase(runs: readonly { readonly name: string; readonly run: PairedRun }[], parts: readonly PartPairs[]): BaseDescription {
  const [first] = runs;
  if (first === undefined) throw new RangeError('no part has pairs');
  const [commit = null, ...more] = [...new Set(runs.flatMap(({ run }) => run.base.commit ?? []))];
  if (more.length > 0) throw movedBase(runs);
  const others = runs.filter(({ run }) => run.base.origin !== first.run.base.origin);
  const notes = [
    ...runs.flatMap(({ run }) => run.base.notes),
    ...others.map(({ name, run }) => `${name} was measured in pairs with ${run.base.origin}.`),
    ...parts.flatMap(({ name, pairs }) =>
      pairs.kind === 'none' && pairs.pairs === 'asked' ? [`${name} has no pairs: ${pairs.reason}`] : [],
    ),
  ];
  return { commit, origin: first.run.base.origin, notes: [...new Set(notes)] };
}

function movedBase(runs: readonly { readonly name: string; readonly run: PairedRun }[]): UserError {
  const named = runs.flatMap(({ name, run }) => (run.base.commit === null ? [] : [`${name} with ${run.base.commit}`]));
  return new UserError(
    `The parts of this run were measured in pairs with different commits: ${named.join(', ')}.`,
    'The base moved while the shards ran: run the workflow again, or name one commit as "base-ref".',
  );
}
