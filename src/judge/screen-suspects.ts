import type { Screened, Suspect } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import type { EstimatedCell } from './screen-family.ts';

/** Fewest cells a family that are always measured again. */
const sentinelsPerFamily = 2;

/**
 * The cells that are always measured again, by id: in each family the one of every stratum that resolves most, two at
 * least. Only where a common movement was taken out: there a slowdown of most of the family is invisible to the screen,
 * elsewhere every cell shows its own.
 */
export function sentinelsOf(estimated: readonly EstimatedCell[]): ReadonlySet<string> {
  const candidates = estimated.flatMap(({ prepared, estimate }) =>
    estimate === null || estimate.familyShift === null ? [] : [{ ...prepared.cell, error: estimate.error }],
  );
  const families = Map.groupBy(candidates, ({ family }) => family);
  return new Set([...families.values()].flatMap(sentinelsOfFamily));
}

function sentinelsOfFamily(members: readonly (ScreenCell & { readonly error: number })[]): readonly string[] {
  const ordered = members.toSorted((a, b) => a.error - b.error);
  const ofStratum = [...Map.groupBy(ordered, ({ stratum = '' }) => stratum).values()].flatMap(([best]) => best ?? []);
  const others = ordered.filter((cell) => !ofStratum.includes(cell));
  const chosen = [...ofStratum, ...others.slice(0, Math.max(0, sentinelsPerFamily - ofStratum.length))];
  return chosen.map(({ id }) => id);
}

/** Keeps the sentinels and the suspects of the largest effect for their error; says of the others that they are left out. */
export function keepWithinCap(screened: readonly Screened[], maxSuspects: number | null): readonly Screened[] {
  if (maxSuspects === null) return screened;
  const suspects = screened.filter((each) => each.status === 'suspect').toSorted((a, b) => priority(b) - priority(a));
  const left = new Set(suspects.slice(Math.max(0, maxSuspects)).map(({ id }) => id));
  return screened.map((each) =>
    each.status === 'suspect' && left.has(each.id)
      ? { status: 'not re-measured', id: each.id, why: each.why, estimate: each.estimate }
      : each,
  );
}

/** Sentinels first, then evidence, then cells without stored runs in the order given; last what never varied, of which pairs can say least. */
function priority({ sentinel, estimate, why }: Suspect): number {
  if (sentinel) return Number.POSITIVE_INFINITY;
  if (estimate !== null) return Math.abs(estimate.effect) / estimate.error;
  return why === 'no spread' ? -2 : -1;
}
