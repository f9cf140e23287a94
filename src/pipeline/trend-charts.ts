import { machineFingerprint } from '../baseline/fingerprint.ts';
import type { DrawTrend } from '../baseline/trend-files.ts';
import { trendFileName, trendIndexName } from '../baseline/trend-names.ts';
import type { Options } from '../config/options.ts';
import { branchShifts, type CellHistory, type Shift } from '../judge/history-shift.ts';
import { placesOf, type ShiftOptions, stepHistories } from '../judge/history-shifts.ts';
import { thresholdFor } from '../judge/threshold.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { cellId } from '../model/cell.ts';
import type { Run } from '../model/run.ts';
import { trendIndex } from '../render/charts/trend-index.ts';
import { trendSvg } from '../render/charts/trend-svg.ts';
import { trendTable } from '../tables/trend.ts';
import { type ChosenPanel, chooseTrend, type TrendChoice, type TrendHistory } from '../tables/trend-choice.ts';
import { pairRules } from './rules.ts';

/** What is shown: a page that is looked at, and files of which every change of a baseline writes new ones. */
export const trendLimits = { workloads: 40, panels: 6 } as const;

/**
 * Draws a chart for each workload, and the page that shows them all. A change of a branch that was overtaken draws again:
 * steps that were looked for in a file are looked for anew only where the file is another one.
 */
export function drawTrend(options: Options): DrawTrend {
  const { threshold: fallback, rules = [] } = pairRules(options);
  const historiesOf = rememberedHistories({
    thresholdOf: (cell, metric) => thresholdFor(cell, metric, { rules, fallback }),
    seed: options.seed ?? 0,
  });
  return ({ files, accepted, ...left }) => {
    const choice = chooseTrend(files, trendLimits);
    const table = trendTable(choice, shiftsIn(choice, accepted, historiesOf));
    const pages = table.workloads.map((trend) => ({ trend, file: trendFileName(trend.workload) }));
    if (pages.length === 0) return new Map();
    return new Map([
      ...pages.map(({ trend, file }) => [file, trendSvg(trend)] as const),
      [trendIndexName, trendIndex(pages, { ...table, ...left })],
    ]);
  };
}

/** The histories of the cells of a file that are shown. */
type HistoriesOf = (shown: ShownHistory) => readonly CellHistory[];

interface ShownHistory extends Pick<TrendHistory, 'file' | 'indexes'> {
  readonly cells: ChosenPanel['cells'];
}

function rememberedHistories(options: Pick<ShiftOptions, 'thresholdOf' | 'seed'>): HistoriesOf {
  const known = new WeakMap<readonly Run[], { readonly ids: string; readonly histories: readonly CellHistory[] }>();
  return ({ file, indexes, cells }) => {
    const ids = JSON.stringify(cells.map(({ cell }) => cellId(cell)));
    const before = known.get(file);
    if (before?.ids === ids) return before.histories;
    const histories = stepHistories(cells, indexes, options);
    known.set(file, { ids, histories });
    return histories;
  };
}

/** Each kind of machine by itself, as `baseline show` does; corrected over what is shown, and not over what is left out. */
function shiftsIn({ workloads }: TrendChoice, accepted: readonly AcceptedShift[], historiesOf: HistoriesOf): readonly Shift[] {
  const panels = workloads.flatMap((workload) => workload.panels);
  const shown = [...Map.groupBy(panels, ({ history }) => history)].map(([{ file, indexes, machine }, own]) => ({
    key: machineKey(machine),
    histories: historiesOf({ file, indexes, cells: own.flatMap(({ cells }) => cells) }),
  }));
  return [...Map.groupBy(shown, ({ key }) => key).values()].flatMap((same) => {
    const histories = same.flatMap((each) => each.histories);
    return branchShifts(histories, { accepted, places: placesOf(null) }).shifts;
  });
}

function machineKey(machine: TrendHistory['machine']): string {
  const { before, after } = machineFingerprint(machine);
  return before + after;
}
