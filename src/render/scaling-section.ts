import type { Crossover } from '../judge/crossover.ts';
import type { Knee } from '../judge/knee.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { CurveCell, OptionCell, OptionTable, ScalingTable, SizeTable } from '../tables/scaling.ts';
import { type Block, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import type { NoteBook } from './notes.ts';
import { differenceText, figureText, ratioWithInterval } from './number.ts';

const howToReadCurves =
  'One more unit: the slope of a value’s total over its units, by Theil and Sen within each round of processes, then the mean over rounds with Student’s 95 % interval. A knee is declared only where that slope changes by more than a half, with its whole interval (corrected for the number of sizes). Then the figure per unit at each size.';

const howToReadFixed =
  'The size does not set the amount of work but how it is spread, so a unit of it is compared. Levels off: with 95 % confidence no larger size is a tenth better. Then the figure per unit at each size.';

const howToReadCrossovers =
  'Between two sizes at which the 95 % intervals of the ratio (Welch) lie on different sides of equality; in brackets the sizes between which the two cannot be told apart. Straight between the sizes on logarithmic scales.';

/** What was varied: a curve for each parameter of numbers, rows for each parameter of options; nothing when nothing was. */
export function scalingBlocks({ columns, axes }: ScalingTable, notes: NoteBook): readonly Block[] {
  if (axes.length === 0) return [];
  const blocks = axes.flatMap((axis) => (axis.kind === 'sizes' ? sizeBlocks(axis, columns, notes) : optionBlocks(axis, columns)));
  return [{ kind: 'fold', summary: 'Scaling', blocks, elsewhere: 'shown' }];
}

function sizeBlocks(sizes: SizeTable, columns: readonly RuntimeColumn[], notes: NoteBook): readonly Block[] {
  const { axis, metric, rows } = sizes;
  const range = `${axis.points[0] ?? ''} to ${axis.points.at(-1) ?? ''}`;
  const lines = rows.map(({ model, cells }): readonly Line[] => [
    [strong(modelLabel(model))],
    ...cells.map((cell) => curveLine(cell, metric, notes)),
  ]);
  return [
    heading(3, `${axis.workload}: ${axis.axis} from ${range}, ${metric.label}`),
    table(['Model', ...columns.map(({ label }) => label)], lines),
    ...crossoverBlocks(sizes, columns, notes),
  ];
}

function curveLine(cell: CurveCell | null, metric: Metric, notes: NoteBook): Line {
  if (cell === null) return [text('fewer than two sizes')];
  const { marginal, knee, points, span } = cell;
  const figures: Line = [text(points.map(({ size, figure }) => `${size}: ${figureText(figure, metric.unit)}`).join(', '))];
  if (marginal === null) {
    const ratio: Line = span === null ? [] : [text(`${ratioWithInterval(span)} from the smallest to the largest`)];
    return stacked(ratio, [text(kneeText(knee, metric)), notes.mark(howToReadFixed)], figures);
  }
  const { bounds, value } = marginal;
  const interval = bounds.kind === 'none' ? '' : ` (${signedText(bounds.low, metric)} to ${signedText(bounds.high, metric)})`;
  const cost: Line = [text(`one more: ${signedText(value, metric)}${interval}`), notes.mark(howToReadCurves)];
  return stacked(cost, [text(kneeText(knee, metric))], figures);
}

/** A slope may be below zero, which is a figure with a sign. */
function signedText(value: number, { unit }: Metric): string {
  return value < 0 ? differenceText(value, unit) : figureText(value, unit);
}

function kneeText(knee: Knee, metric: Metric): string {
  switch (knee.kind) {
    case 'dearer':
    case 'cheaper':
      return `knee at ${knee.size}: one more ${signedText(knee.before, metric)} before, ${signedText(knee.after, metric)} after`;
    case 'levels off':
      return `levels off at ${knee.size}`;
    case 'none':
      return 'no knee in the range';
    case 'undecided':
      return `knee not decided: ${knee.reason}`;
  }
}

function crossoverBlocks({ axis, crossovers }: SizeTable, columns: readonly RuntimeColumn[], notes: NoteBook): readonly Block[] {
  const items = crossovers.flatMap((found, column) => found.map((each) => crossoverLine(each, axis.axis, columns[column]?.label ?? '')));
  if (items.length === 0) return [paragraph(text('No model clearly overtakes another in the range.'), notes.mark(howToReadCrossovers))];
  return [paragraph(text('Crossovers:'), notes.mark(howToReadCrossovers)), { kind: 'list', items }];
}

function crossoverLine({ overtaking, overtaken, size, low, high }: Crossover, axis: string, label: string): Line {
  const at = `${axis} = ${figureText(Math.round(size), 'count')}`;
  const between = `${figureText(Math.round(low), 'count')} to ${figureText(Math.round(high), 'count')}`;
  return [text(`${label}: `), strong(modelLabel(overtaking)), text(` overtakes ${modelLabel(overtaken)} at ${at} (${between})`)];
}

function optionBlocks({ axis, rows }: OptionTable, columns: readonly RuntimeColumn[]): readonly Block[] {
  const lines = rows.map(({ model, option, metric, cells }): readonly Line[] => [
    stacked([strong(modelLabel(model)), text(` ${option}`)], [text(metric.label)]),
    ...cells.map((cell) => optionLine(cell, metric, axis.plain[model] ?? null)),
  ]);
  return [heading(3, `${axis.workload}: ${axis.axis}`), table([axis.axis, ...columns.map(({ label }) => label)], lines)];
}

function optionLine(cell: OptionCell | null, metric: Metric, plain: string | null): Line {
  if (cell === null) return [text('not measured')];
  const against: Line = cell.ratio === null ? [] : [text(`${ratioWithInterval(cell.ratio)} of ${plain ?? 'the plain cell'}`)];
  return stacked([text(figureText(cell.figure, metric.unit))], against);
}
