import { mean, median } from '../../src/stats/quantiles.ts';
import type { CellFigures } from './cell-figures.ts';
import { countWithInterval, markdownTable, offToOn, percent } from './markdown-table.ts';
import type { RealFigures } from './real-figures.ts';

/** Pairs that CPU-bound cells need with the calibration loop for each one without, at equal power: the median over them. */
export function cpuBoundPairs({ cells }: Pick<RealFigures, 'cells'>): number {
  const ratios = cells.filter(({ cell }) => cell.kind === 'CPU-bound').map(({ pairsForOne }) => pairsForOne);
  return ratios.length === 0 ? Number.NaN : median(ratios);
}

/** What the calibration loop is worth on real pairs. */
export function controlSection(figures: RealFigures): string {
  const rows = figures.cells.map((each): readonly string[] => [
    each.cell.name.replace('/', ' '),
    each.cell.kind,
    offToOn(each.spread),
    offToOn(each.smallestEffect),
    percent(each.pairsForOne, 0),
    `${each.pairs.off.null.toFixed(1)} → ${each.pairs.on.null.toFixed(1)}`,
    `${each.pairs.off.planted.toFixed(1)} → ${each.pairs.on.planted.toFixed(1)}`,
    `${percent(each.caught.off, 0)} → ${percent(each.caught.on, 0)}`,
  ]);
  const heads = [
    'cell',
    'kind',
    'noise of a pair',
    'states it can see',
    'pairs needed at equal power',
    'pairs until decided, nothing changed',
    'slowed by 10 %',
    'caught',
  ];
  return `## The control variate

The calibration loop around each value explains part of what a shared processor does to it. Off → on, on the same pairs. "Pairs needed at equal power" is the ratio of squared standard
errors over all null pairs: 50 % means that half the process runs tell as much. "Until decided" counts whole looks: 10, 20 or 40 pairs, and 20 at least for a flag.

${markdownTable(heads, rows)}

False alarms, nothing changed: ${countWithInterval(figures.nothing.off)} without, ${countWithInterval(figures.nothing.on)} with it.

${verdict(figures)}`;
}

function verdict(figures: RealFigures): string {
  const needed = cpuBoundPairs(figures);
  const cpuBound = figures.cells.filter(({ cell }) => cell.kind === 'CPU-bound');
  const halved = cpuBound.filter(({ pairsForOne }) => pairsForOne <= 0.5).length;
  const worst = figures.cells.toSorted((one, other) => other.pairsForOne - one.pairsForOne)[0];
  const runs = (of: readonly CellFigures[], which: 'null' | 'planted') => mean(of.map(({ pairs }) => pairs.on[which] / pairs.off[which]));
  const most =
    worst === undefined
      ? ''
      : ` Where it explains nothing it costs at most ${percent(Math.max(0, worst.pairsForOne - 1), 0)} more pairs (${worst.cell.name.replace('/', ' ')}).`;
  return `**${needed <= 0.5 ? 'Half the process runs or fewer' : 'Not half the process runs'}:** CPU-bound cells need ${percent(needed, 0)} of the pairs at equal power (median; ${halved} of ${cpuBound.length} cells need half or fewer). Until
decided they take ${percent(runs(cpuBound, 'null'), 0)} of the pairs where nothing changed and ${percent(runs(cpuBound, 'planted'), 0)} where they are slowed.${most}`;
}
