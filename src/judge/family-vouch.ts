import type { ScreenedCell } from './baseline-screen.ts';
import type { PairVerdict } from './pair-verdict.ts';

/**
 * The families whose common movement nobody vouches for: they have sentinels, and pairs decided none of them. A movement
 * that was taken out of their cells as the machine's may then as well be the change's.
 *
 * @param said what pairs say of a cell, undefined where they say nothing
 */
export function openFamilies(
  screened: readonly ScreenedCell[],
  said: (id: string) => PairVerdict['verdict'] | undefined,
): ReadonlySet<string> {
  const sentinels = screened.filter(({ outcome }) => outcome.kind === 'suspect' && outcome.sentinel);
  const decided = new Set(sentinels.filter(({ id }) => isDecided(said(id))).map(({ family }) => family));
  return new Set(sentinels.map(({ family }) => family).filter((family) => !decided.has(family)));
}

function isDecided(verdict: PairVerdict['verdict'] | undefined): boolean {
  return verdict === 'no change' || verdict === 'regression' || verdict === 'improvement';
}

/** Whether a cell was cleared only because its family's movement was taken out of it. */
export function restsOnFamily({ screened, threshold }: ScreenedCell): boolean {
  if (screened?.status !== 'cleared') return false;
  const { effect, reach, familyShift } = screened.estimate;
  return effect + (familyShift ?? 0) + reach >= Math.log1p(threshold.target);
}
