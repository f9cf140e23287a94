import { studentQuantile } from './student-t.ts';

/** Values by level and degrees of freedom: a run asks for the same few thousands of times, and each is a bisection. */
const known = new Map<number, Map<number, number>>();

/** The t with P(T <= t) = p for p in (0, 1) and `df` > 0, remembered: for levels that repeat. */
export function criticalValue(p: number, df: number): number {
  let ofLevel = known.get(p);
  if (ofLevel === undefined) {
    ofLevel = new Map();
    known.set(p, ofLevel);
  }
  let value = ofLevel.get(df);
  if (value === undefined) {
    value = studentQuantile(p, df);
    ofLevel.set(df, value);
  }
  return value;
}
