import { familyOf } from '../judge/cell-family.ts';
import type { JudgedCell } from '../judge/cell-verdict.ts';
import type { Metric } from '../model/metric.ts';
import type { VerdictWord } from './verdicts.ts';

/** A family of cells that moved as one, so that all of it was measured in pairs. */
export interface FamilyMove {
  readonly family: string;
  /** Which way most of its confirmed cells went. */
  readonly direction: 'regression' | 'improvement';
  /** Cells of the family that were confirmed to have gone that way, >= 1. */
  readonly moved: number;
  /** All cells of the family. */
  readonly cells: number;
  /** The smallest and the largest of their changes, as shares > 0 of the figure before. */
  readonly least: number;
  readonly most: number;
}

/**
 * What the families came to that a sentinel showed to have moved; one of which no cell was confirmed is left out.
 *
 * @param families names as `familyOf` gives them
 */
export function familyMoves(rows: readonly JudgedCell[], families: readonly string[]): readonly FamilyMove[] {
  return families.flatMap((family) => {
    const members = rows.filter(({ metric, cell }) => metric !== null && familyOf(metric, cell.model) === family);
    const [slower, faster] = [changesAs(members, 'regression'), changesAs(members, 'improvement')];
    const [direction, moved] = faster.length > slower.length ? (['improvement', faster] as const) : (['regression', slower] as const);
    if (moved.length === 0) return [];
    return [{ family, direction, moved: moved.length, cells: members.length, least: Math.min(...moved), most: Math.max(...moved) }];
  });
}

function changesAs(members: readonly JudgedCell[], word: VerdictWord): readonly number[] {
  return members.flatMap(({ metric, verdict }) => {
    const changed = verdict.verdict === 'regression' || verdict.verdict === 'improvement';
    return changed && verdict.verdict === word && metric !== null ? [sizeOf(verdict.pairs.ratio.value, metric)] : [];
  });
}

/** How far a cell moved, whichever direction of its metric is good. */
function sizeOf(ratio: number, { better }: Metric): number {
  return Math.abs((better === 'lower' ? ratio : 1 / ratio) - 1);
}
