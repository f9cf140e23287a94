import { causeWords, type DisturbanceCause } from '../model/disturbance.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { SamplePair } from '../model/sample-pair.ts';

/**
 * The largest share of a suspect's pairs that may have been disturbed. What is left of more would no longer be what was to
 * be compared. Up to here the trimmed mean would have left as many out of account.
 */
const mostDisturbed = 0.2;

const disturbancesOf = ({ disturbances = [] }: MeasuredSample) => disturbances;

/** With those of the starts that it was measured instead of, so that measuring anew hides nothing. */
const allDisturbancesOf = ({ disturbances = [], setAside = [] }: MeasuredSample) => [...disturbances, ...setAside];

/** Whether a process of a pair stayed disturbed, so that the pair neither convicts nor clears. */
export function isDisturbedPair({ base, head }: SamplePair): boolean {
  return [base, head].some((sample) => disturbancesOf(sample).length > 0);
}

/** Whether so many of these pairs were disturbed that the others decide nothing. */
export function areTooMany(disturbed: number, pairs: number): boolean {
  return disturbed > mostDisturbed * pairs;
}

/**
 * The pairs that may convict and clear: those of which neither process was disturbed. The choice looks at the counters of
 * the machine and never at what was measured, and at both sides alike. So where base and head are the same, the pairs
 * that are kept are as likely to lean to one side as to the other, and the rate of false alarms stays what it was.
 */
export function undisturbedPairs(pairs: readonly SamplePair[]): readonly SamplePair[] {
  return pairs.filter((pair) => !isDisturbedPair(pair));
}

/** Why so many pairs were disturbed, those that were measured anew too, that no verdict is given; null when one may be. */
export function whyWithheld(pairs: readonly SamplePair[]): string | null {
  const disturbed = pairs.filter(({ base, head }) => [base, head].some((sample) => allDisturbancesOf(sample).length > 0));
  if (!areTooMany(disturbed.length, pairs.length)) return null;
  const causes = causesOf(disturbed).map(causeWords).join('; ');
  return `the machine disturbed ${disturbed.length} of ${pairs.length} pairs, counting those that were measured anew: while they ran, ${causes}`;
}

function causesOf(pairs: readonly SamplePair[]): readonly DisturbanceCause[] {
  const all = pairs.flatMap(({ base, head }) => [base, head].flatMap(allDisturbancesOf));
  return [...new Set(all.map(({ cause }) => cause))];
}
