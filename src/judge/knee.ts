import { fewestForInterval, intervalLevel } from '../model/change.ts';
import { mean } from '../stats/quantiles.ts';
import { type Point, theilSenSlope } from '../stats/theil-sen.ts';
import { meanInterval } from '../stats/welch.ts';
import { ratioBetween } from './effect.ts';
import { completeRounds, type ScalingCurve } from './scaling-curve.ts';

/** Where a curve bends, as far as the measurements show it. */
export type Knee =
  /** From that size on, one more unit costs clearly more, or less, than before. */
  | { readonly kind: 'dearer' | 'cheaper'; readonly size: number; readonly before: number; readonly after: number }
  /** The work is fixed, and no larger size is a tenth better. */
  | { readonly kind: 'levels off'; readonly size: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly reason: string };

/** A bend is worth a word when one more unit costs this many times more, or less, than before. */
const notableBend = 1.5;

/** A larger size must be this many times better to count as a gain. */
const notableGain = 1.1;

/**
 * Finds the knee of a curve. Where the work grows: at each inner size, the marginal cost of the sizes up to it is set
 * against that of the sizes from it on, round by round (Theil and Sen), and a knee is declared only where Student's
 * interval over rounds, corrected for the number of inner sizes (Bonferroni), shows a change by more than a half; of
 * several, the one whose two lines pass closest by the totals, relative to these. Where the work is fixed: the smallest size against which the whole interval of
 * every larger size's gain stays below a tenth.
 */
export function kneeOf(curve: ScalingCurve): Knee {
  return curve.work === 'fixed' ? levellingOff(curve) : bend(curve);
}

type Bend = Extract<Knee, { readonly kind: 'dearer' | 'cheaper' }>;

type Round = readonly Point[];

function bend(curve: ScalingCurve): Knee {
  const inner = curve.points.slice(1, -1);
  if (inner.length === 0) return { kind: 'undecided', reason: 'a knee needs three sizes' };
  const rounds = completeRounds(curve);
  if (rounds.length < fewestForInterval) {
    return { kind: 'undecided', reason: `${rounds.length} of the ${fewestForInterval} rounds that an interval needs` };
  }
  const level = 1 - (1 - intervalLevel) / inner.length;
  const candidates = inner.flatMap(({ size }, offset) => {
    const found = bendAt(size, offset + 1, { rounds, level });
    return found === null ? [] : [{ found, misfit: misfit(found, offset + 1, rounds) }];
  });
  return candidates.sort((one, other) => one.misfit - other.misfit)[0]?.found ?? { kind: 'none' };
}

function bendAt(size: number, at: number, { rounds, level }: { readonly rounds: readonly Round[]; readonly level: number }): Bend | null {
  const slopes = rounds.map((points) => ({ before: theilSenSlope(points.slice(0, at + 1)), after: theilSenSlope(points.slice(at)) }));
  const [before, after] = [mean(slopes.map((slope) => slope.before)), mean(slopes.map((slope) => slope.after))];
  const more = meanInterval(
    slopes.map((slope) => slope.after - notableBend * slope.before),
    level,
  );
  if (more.low > 0) return { kind: 'dearer', size, before, after };
  const less = meanInterval(
    slopes.map((slope) => slope.after - slope.before / notableBend),
    level,
  );
  return less.high < 0 ? { kind: 'cheaper', size, before, after } : null;
}

/** How far two lines that meet at the knee pass by the mean totals, each relative to its total; the sum over sizes. */
function misfit({ before, after }: Bend, at: number, rounds: readonly Round[]): number {
  const totals = (rounds[0] ?? []).map(({ x }, index) => ({ x, y: mean(rounds.map((points) => points[index]?.y ?? 0)) }));
  const knee = totals[at] ?? { x: 0, y: 0 };
  const off = totals.map(({ x, y }, index) => Math.abs(knee.y + (x - knee.x) * (index < at ? before : after) - y) / Math.abs(y));
  return off.reduce((sum, each) => sum + each, 0);
}

function levellingOff({ points, metric }: ScalingCurve): Knee {
  const few = points.find(({ values }) => values.length < fewestForInterval);
  if (few !== undefined)
    return { kind: 'undecided', reason: `${few.values.length} of the ${fewestForInterval} processes that an interval needs` };
  const flat = points.slice(0, -1).find(({ values }, index) =>
    points.slice(index + 1).every((larger) => {
      const gain =
        metric.better === 'lower'
          ? ratioBetween({ head: values, base: larger.values })
          : ratioBetween({ head: larger.values, base: values });
      return gain !== null && gain.bounds.kind === 'interval' && gain.bounds.high < notableGain;
    }),
  );
  return flat === undefined ? { kind: 'none' } : { kind: 'levels off', size: flat.size };
}
