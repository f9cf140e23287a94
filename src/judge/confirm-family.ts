import type { Screened } from './screen.ts';

/**
 * The families of which a sentinel was confirmed to have moved: their cells were compared after the common movement
 * was taken out, so the cells that were cleared have to be measured in pairs as well. As a second confirmation of its
 * own, at its own alpha: while nothing changed it is entered no more often than the first one flags.
 */
export function movedFamilies(screened: readonly Screened[], decisions: ReadonlyMap<string, { readonly kind: string }>): readonly string[] {
  const moved = screened.flatMap((each) => {
    if (each.status !== 'suspect' || !each.sentinel) return [];
    const kind = decisions.get(each.id)?.kind;
    return kind === 'regression' || kind === 'improvement' ? [each.family] : [];
  });
  return [...new Set(moved)];
}
