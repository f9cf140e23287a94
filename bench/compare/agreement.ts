import type { TwoSampleCell } from '../../src/judge/two-sample.ts';
import type { BenchstatRow } from './benchstat.ts';
import type { PyperfRow } from './pyperf.ts';

/** Which way a program says that the figure moved, whatever is better; `chance`: it does not tell the two sides apart. */
export type Direction = 'up' | 'down' | 'chance';

/** How two programs stand to each other on one cell. */
export type Agreement =
  /** The same word. */
  | 'same'
  /** One sees a difference, the other does not. */
  | 'one sees chance'
  /** Both see a difference, in opposite directions. */
  | 'opposite';

/** Our word for a cell. A difference whose medians are equal has no direction. */
export function ourDirection({ outcome, base, head }: TwoSampleCell): Direction {
  if (outcome.kind !== 'different' && outcome.kind !== 'exact') return 'chance';
  return directionOf(head.value - base.value);
}

/** benchstat's word: "~" is chance. */
export function benchstatDirection({ delta, base, head }: BenchstatRow): Direction {
  return delta === '~' ? 'chance' : directionOf(head - base);
}

/** pyperf's word; "no change" is significant to it, without a direction. */
export function pyperfDirection({ verdict }: PyperfRow): Direction {
  switch (verdict) {
    case 'slower':
      return 'up';
    case 'faster':
      return 'down';
    case 'no change':
    case 'not significant':
      return 'chance';
  }
}

/** How two words stand to each other. */
export function agreementOf(one: Direction, other: Direction): Agreement {
  if (one === other) return 'same';
  return one === 'chance' || other === 'chance' ? 'one sees chance' : 'opposite';
}

function directionOf(difference: number): Direction {
  if (difference === 0) return 'chance';
  return difference > 0 ? 'up' : 'down';
}
