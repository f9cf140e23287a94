import { line as lineShape } from 'd3-shape';
import { modelLabel } from '../../model/concurrency-model.ts';
import type { TrendLevel, TrendLine, TrendPanel, TrendShift } from '../../tables/trend.ts';
import { percentText } from '../number.ts';
import { runScale, type StripScale, stripScale } from './trend-scale.ts';
import { joinedLevels, newestText, shiftWords, sinceFirstText, trendEnds } from './trend-words.ts';
import { element, escapeXml } from './xml-escape.ts';

/** Pixels from the left: the names, the runs, the newest figure and the change, both set flush right. */
export const columns = { names: 20, runs: [168, 596], newest: 690, change: 780 } as const;

/** Height of one line with the air around it, pixels. */
export const stripHeight = 36;

/** Air above and below the levels. */
const air = 5;

/** Room for the words of a shift, pixels. */
const shiftWordsWidth = 110;

/** One model as a strip at `top`, with a scale of its own. */
export function stripSvg(
  line: TrendLine,
  panel: TrendPanel,
  { top, showsMetric }: { readonly top: number; readonly showsMetric: boolean },
): string {
  const [left, right] = columns.runs;
  const x = runScale(panel.runs.length, columns.runs);
  const scale = stripScale(line, [top + air, top + stripHeight - air]);
  const middle = top + stripHeight / 2;
  const band = {
    x: left - 6,
    y: tidy(scale.bandTop),
    width: right - left + 12,
    height: tidy(scale.bandBottom - scale.bandTop),
    class: 'band',
  };
  return element(
    'g',
    {},
    [
      element('rect', band),
      nameSvg(line, middle, showsMetric),
      ...line.shifts.map((shift) => shiftRule(shift, x, top)),
      runsSvg(line, panel, { x, scale, bottom: top + stripHeight - air }),
      ...line.shifts.map((shift) => shiftSvg(shift, { line, panel, x, top })),
      figuresSvg(line, panel, middle),
    ].join(''),
  );
}

/** At most a tenth of a pixel: more digits would be bytes that nobody sees. */
export function tidy(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function nameSvg({ model, metric }: TrendLine, middle: number, showsMetric: boolean): string {
  const name = element('text', { x: columns.names, y: middle + (showsMetric ? -1 : 4), class: 'name' }, escapeXml(modelLabel(model)));
  const judged = showsMetric
    ? element('text', { x: columns.names, y: middle + 12, class: 'small' }, escapeXml(shortLabel(metric.label)))
    : '';
  return name + judged;
}

/** The labels of the registry fit; a workload's own metric may be called anything. */
function shortLabel(label: string): string {
  const most = 26;
  const characters = Array.from(label);
  return characters.length <= most ? label : `${characters.slice(0, most - 1).join('')}…`;
}

interface Drawn {
  readonly x: (place: number) => number;
  readonly scale: StripScale;
  readonly bottom: number;
}

function runsSvg(line: TrendLine, panel: TrendPanel, { x, scale: { y }, bottom }: Drawn): string {
  const joined = joinedLevels(line, panel);
  const places = joined.map((level, place) => ({ level, place }));
  const path = lineShape<(typeof places)[number]>()
    .defined(({ level }) => level !== null)
    .x(({ place }) => x(place))
    .y(({ level }) => y(level ?? line.center))
    .digits(1)(places.filter(({ level, place }) => level !== null || typeof line.levels[place] !== 'number'));
  const dots = places.flatMap(({ level, place }) => (level === null ? [] : [dot(x(place), y(level))]));
  const others = line.levels.flatMap((level, place) =>
    typeof level === 'number' && joined[place] === null ? [dot(x(place), y(level))] : [],
  );
  return [
    ...(path === null ? [] : [element('path', { d: path, class: 'line' })]),
    ...(dots.length === 0 ? [] : [element('path', { d: dots.join(''), class: 'dots' })]),
    ...(others.length === 0
      ? []
      : [element('path', { d: others.join(''), class: 'ring' }), element('path', { d: others.join(''), class: 'hole' })]),
    brokenSvg(line.levels, x, bottom),
  ].join('');
}

/** A stroke without length and with round ends: the shortest dot there is. */
function dot(x: number, y: number): string {
  return `M${tidy(x)},${tidy(y)}h0`;
}

function brokenSvg(levels: readonly TrendLevel[], x: (place: number) => number, bottom: number): string {
  const crosses = levels.flatMap((level, place) => (level === 'broken' ? [`M${tidy(x(place) - 3)},${bottom - 6}l6,6m0,-6l-6,6`] : []));
  return crosses.length === 0 ? '' : element('path', { d: crosses.join(''), class: 'broken' });
}

/** A shift lies between the last run of the old level and the first of the new one. */
function shiftRule({ at, direction, accepted }: TrendShift, x: (place: number) => number, top: number): string {
  const place = tidy(x(at - 0.5));
  const kind = `shift ${direction}${accepted === null ? '' : ' accepted'}`;
  return element('path', { d: `M${place},${top + 2}V${top + stripHeight - 2}`, class: kind });
}

interface ShiftPlace {
  readonly line: TrendLine;
  readonly panel: TrendPanel;
  readonly x: (place: number) => number;
  readonly top: number;
}

/** Says how far a level shifted, above the lower of the two levels, where the line is not. */
function shiftSvg(shift: TrendShift, { line, panel, x, top }: ShiftPlace): string {
  const [left, right] = columns.runs;
  const place = x(shift.at - 0.5);
  const isLeft = shift.ratio > 1 ? place > left + shiftWordsWidth : place > right - shiftWordsWidth;
  const words = `${percentText(shift.ratio)}${shift.accepted === null ? '' : ' accepted'}`;
  return element(
    'text',
    { x: tidy(place + (isLeft ? -5 : 5)), y: top + 12, class: `mark ${shift.direction}${isLeft ? ' end' : ''}` },
    `${element('title', {}, escapeXml(shiftWords(shift, line, panel)))}${escapeXml(words)}`,
  );
}

function figuresSvg(line: TrendLine, panel: TrendPanel, middle: number): string {
  const ends = trendEnds(line, panel);
  return [
    element('text', { x: columns.newest, y: middle + 4, class: 'figure end' }, escapeXml(newestText(ends, line))),
    element('text', { x: columns.change, y: middle + 4, class: 'small end' }, escapeXml(sinceFirstText(ends))),
  ].join('');
}
