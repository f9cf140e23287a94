import type { TrendLine, TrendPanel, WorkloadTrend } from '../../tables/trend.ts';
import { counted } from '../names.ts';
import { shareText } from '../number.ts';
import { shortened } from '../plain-text.ts';
import { colourStyle } from './trend-colours.ts';
import { bandShare, runScale } from './trend-scale.ts';
import { columns, stripHeight, stripSvg, tidy } from './trend-strip.ts';
import { lineWords, panelPlace, panelTitle, runLabel, trendTitle } from './trend-words.ts';
import { element, escapeXml } from './xml-escape.ts';

const width = 800;

/** Pixels between the parts of the chart. */
const space = { top: 74, panelHead: 44, axis: 40, betweenPanels: 18, footLine: 17, bottom: 14 } as const;

/** Commits on the axis stand at least so far apart, in pixels. */
const labelWidth = 60;

const fonts = 'font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif';
const style = [
  colourStyle(':root'),
  `text{${fonts};font-size:12px;fill:var(--text)}`,
  '.frame{fill:var(--ground);stroke:var(--rule)}',
  '.head{font-size:16px;font-weight:600}.panel{font-size:13px;font-weight:600}.small,.note{font-size:11px;fill:var(--muted)}',
  '.commit{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--muted);text-anchor:middle}.end{text-anchor:end}',
  '.figure{font-variant-numeric:tabular-nums}.band{fill:var(--band)}.rule{stroke:var(--rule);fill:none}',
  'path{fill:none}.line{stroke:var(--line);stroke-width:1.5;stroke-linejoin:round}',
  '.dots,.ring,.hole{stroke:var(--line);stroke-width:4.5;stroke-linecap:round}.ring{stroke-width:6}.hole{stroke:var(--ground);stroke-width:3.4}',
  '.broken{stroke:var(--worse);stroke-width:1.6}.shift{stroke-width:1.5}.accepted{stroke-dasharray:3 3}',
  '.mark{font-size:11px;font-weight:600;paint-order:stroke;stroke:var(--ground);stroke-width:3px}',
  '.shift.worse{stroke:var(--worse)}.shift.better{stroke:var(--better)}.mark.worse{fill:var(--worse)}.mark.better{fill:var(--better)}',
].join('');

/**
 * The trend of a workload as one SVG that needs nothing else: a panel for each runtime and machine, a strip for each model.
 * It follows the reader's colour scheme, and says all of it in words too.
 */
export function trendSvg(trend: WorkloadTrend): string {
  const title = trendTitle(trend);
  const parts = trend.panels.map((panel) => ({ panel, height: panelHeight(panel) }));
  let top: number = space.top;
  const panels = parts.map(({ panel, height }) => {
    const own = panelSvg(panel, trend, top);
    top += height + space.betweenPanels;
    return own;
  });
  const notes = noteLines(trend);
  const height = top + notes.length * space.footLine + space.bottom;
  const lines = [
    element('title', { id: 'title' }, escapeXml(`Trend of ${title}`)),
    element('desc', { id: 'words' }, descriptionOf(trend)),
    `<style>${style}</style>`,
    element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 6, class: 'frame' }),
    element('text', { x: columns.names, y: 32, class: 'head' }, escapeXml(shortened(title, 60))),
    element('text', { x: columns.names, y: 52, class: 'small' }, escapeXml(shortened(trend.title, 110))),
    ...panels,
    ...notes.map((note, index) =>
      element('text', { x: columns.names, y: top + (index + 1) * space.footLine - 4, class: 'note' }, escapeXml(note)),
    ),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title words',
  };
  return `${element('svg', root, `\n${lines.join('\n')}\n`)}\n`;
}

function panelHeight({ lines }: TrendPanel): number {
  return space.panelHead + lines.length * stripHeight + space.axis;
}

/** Every line in words, a sentence for each panel. */
function descriptionOf(trend: WorkloadTrend): string {
  const sentences = trend.panels.map((panel) => {
    const lines = panel.lines.map((line) => lineWords(line, panel));
    return [`${panelTitle(panel, trend)}, ${panelPlace(panel)}.`, ...lines.map((line) => `${line}.`)].map(escapeXml).join(' ');
  });
  return sentences.join(' ');
}

function panelSvg(panel: TrendPanel, trend: WorkloadTrend, top: number): string {
  const strips = top + space.panelHead;
  const showsMetric = new Set(trend.panels.flatMap(({ lines }) => lines.map(({ metric }) => metric.id))).size > 1;
  const [first] = panel.lines;
  const heads = showsMetric || first === undefined ? 'newest' : first.metric.label;
  return [
    element('path', { d: `M${columns.names},${top}H${columns.change}`, class: 'rule' }),
    element('text', { x: columns.names, y: top + 22, class: 'panel' }, escapeXml(shortened(panelTitle(panel, trend), 60))),
    element('text', { x: columns.names, y: top + 38, class: 'small' }, escapeXml(shortened(panelPlace(panel), 80))),
    element('text', { x: columns.newest, y: top + 38, class: 'small end' }, escapeXml(shortened(heads, 30))),
    element('text', { x: columns.change, y: top + 38, class: 'small end' }, 'since first'),
    ...panel.lines.map((line, index) => stripSvg(line, panel, { top: strips + index * stripHeight, showsMetric })),
    axisSvg(panel, strips + panel.lines.length * stripHeight),
  ].join('\n');
}

function axisSvg({ runs, lines }: TrendPanel, top: number): string {
  const x = runScale(runs.length, columns.runs);
  const [left, right] = columns.runs;
  const shown = labelledPlaces({ runs, lines }, x);
  const labels = shown.flatMap((place) => {
    const run = runs[place];
    return run === undefined ? [] : [element('text', { x: tidy(x(place)), y: top + 17, class: 'commit' }, escapeXml(runLabel(run)))];
  });
  const ticks = shown.map((place) => `M${tidy(x(place))},${top}v4`).join('');
  return [
    element('path', { d: `M${left - 6},${top}H${right + 6}${ticks}`, class: 'rule' }),
    ...labels,
    ...dayLabels(runs, x, top + 32),
  ].join('');
}

/** The newest and the oldest run, then those with which a level began, then as many others as there is room for. */
function labelledPlaces({ runs, lines }: Pick<TrendPanel, 'runs' | 'lines'>, x: (place: number) => number): readonly number[] {
  const shifts = lines.flatMap((line) => line.shifts.map(({ at }) => at));
  const wanted = [runs.length - 1, 0, ...shifts, ...runs.keys()];
  const chosen: number[] = [];
  for (const place of wanted) if (chosen.every((other) => Math.abs(x(place) - x(other)) >= labelWidth)) chosen.push(place);
  return chosen.toSorted((one, other) => one - other);
}

function dayLabels(runs: TrendPanel['runs'], x: (place: number) => number, y: number): readonly string[] {
  const ends = runs.length < 2 ? [0] : [0, runs.length - 1];
  return ends.flatMap((place) => {
    const run = runs[place];
    return run === undefined ? [] : [element('text', { x: tidy(x(place)), y, class: 'commit' }, escapeXml(run.created.slice(0, 10)))];
  });
}

function noteLines({ panels, leftOutPanels }: WorkloadTrend): readonly string[] {
  const lines = panels.flatMap((panel) => panel.lines.map((line): readonly [TrendPanel, TrendLine] => [panel, line]));
  const isOther = ([{ runs, cpuModel }, { levels }]: readonly [TrendPanel, TrendLine]) =>
    levels.some((level, place) => typeof level === 'number' && runs[place]?.cpuModel !== cpuModel);
  const isBroken = ([, { levels }]: readonly [TrendPanel, TrendLine]) => levels.includes('broken');
  const hasGap = ([, { levels }]: readonly [TrendPanel, TrendLine]) => levels.includes(null);
  const hasShift = ([, { shifts }]: readonly [TrendPanel, TrendLine]) => shifts.length > 0;
  const share = shareText(bandShare);
  return [
    `Median of each stored run, every line on a scale of its own. The grey band is ${share} above and below the median of its runs.`,
    [
      ...(lines.some(hasShift) ? ['Upright rule: a lasting change of level; dashed where it was accepted.'] : []),
      ...(lines.some(isOther) ? ['Ring: another CPU model, not joined.'] : []),
      ...(lines.some(isBroken) ? ['Cross: the cell was broken.'] : []),
    ].join(' '),
    lines.some(hasGap) ? 'Gap: not measured, or measured with another version of the workload.' : '',
    leftOutPanels === 0 ? '' : `${counted(leftOutPanels, 'runtime or machine', 'runtimes or machines')} with older runs not shown.`,
  ].filter((note) => note !== '');
}
