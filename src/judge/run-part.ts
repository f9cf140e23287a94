import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Run } from '../model/run.ts';
import { type ScreenedCell, screenBaseline } from './baseline-screen.ts';
import { indexCells } from './cell-index.ts';
import type { ThresholdRules } from './threshold.ts';

/** What one machine measured of a run: the whole of it, or one shard. */
export interface RunPart {
  readonly results: Run;
  /** The stored runs it is compared with, of any of its runtimes, oldest first, and complete. */
  readonly baselineRuns: readonly Run[];
  /** Accepted changes of level that lie behind its base; none when left out. */
  readonly accepted?: readonly AcceptedShift[];
}

/** What parts are screened by. */
export interface PartScreen {
  readonly thresholds: ThresholdRules;
  readonly maxSuspects: number | null;
  /** Whether pairs follow, which lets sentinels watch over what the stored runs clear. */
  readonly sentinels: boolean;
}

/**
 * Screens one part against its stored runs. Each part by itself: how fast a machine was as a whole is learnt from the
 * cells that it measured.
 */
export function screenPart({ results, baselineRuns, accepted = [] }: RunPart, options: PartScreen): readonly ScreenedCell[] {
  return screenBaseline({ ...options, accepted, index: indexCells(results), baselineRuns, seed: results.seed });
}
