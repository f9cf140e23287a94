import { median } from '../../src/stats/quantiles.ts';
import type { CellFigures } from './cell-figures.ts';
import { controlSection, cpuBoundPairs } from './control-section.ts';
import type { LiveComparison } from './live-file.ts';
import { isRight } from './live-file.ts';
import { liveSection } from './live-section.ts';
import { countText, countWithInterval, markdownTable, percent } from './markdown-table.ts';
import type { CellSets } from './pair-sets.ts';
import { fewestPairs } from './pair-sets.ts';
import { type RealFigures, target } from './real-figures.ts';
import type { PairRecord, RecipeLine } from './record-file.ts';

/** What the document is made from. */
export interface DocumentInput {
  readonly record: PairRecord & { readonly recipe: RecipeLine };
  /** Cells with too few pairs to draw from. */
  readonly tooFew: readonly string[];
  readonly figures: RealFigures;
  readonly live: readonly LiveComparison[];
  readonly draws: number;
  readonly seed: number;
}

/** docs/real.md. */
export function realDocument(input: DocumentInput): string {
  const sections = [introduction(input), goals(input), cellSection(input), pullRequestSection(input)];
  return `${[...sections, controlSection(input.figures), liveSection(input.live), method(input)].join('\n\n')}\n`;
}

function introduction({ record, figures, tooFew }: DocumentInput): string {
  const { machine, runtime } = record.recipe;
  const packages = Object.entries(runtime.packages).map((entry) => entry.join(' '));
  const loads = record.pairs.map(({ load }) => load);
  const steal = record.pairs.map((pair) => pair.steal);
  const [first = '', last = ''] = [record.pairs[0]?.at, record.pairs.at(-1)?.at];
  const broken =
    record.broken.length === 0
      ? 'No process broke.'
      : `${record.broken.length} processes broke: ${[...new Set(record.broken.map(({ cell }) => cell))].join(', ')}; their pairs were measured again.`;
  const missing =
    tooFew.length === 0
      ? ''
      : ` Left out, with fewer than ${fewestPairs.null} null or ${fewestPairs.planted} planted pairs: ${tooFew.join(', ')}.`;
  return `# The verdicts on real pairs

How often are the verdicts of this program right on a real machine? [acceptance.md](acceptance.md) simulates the noise; here it was measured. For every cell, pairs in which
**nothing changed** and pairs in which head was made **10 % slower** on purpose were recorded, mixed and in turns. From this record pull requests were drawn and judged by the
functions that judge real ones. Then a small project was compared live, end to end, by the program itself.

Written by \`npm run bench:real\` from \`bench/real/record.jsonl\` and \`bench/real/live.jsonl\`; the same files give the same text.

- **Machine.** ${machine.cpus} × ${machine.cpuModel}, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, ${machine.os}, kernel ${machine.kernel}. Load average ${median(loads).toFixed(1)} in the
  median (this measurement itself is about 1), ${Math.max(...loads).toFixed(1)} at most; the host took ${percent(median(steal))} of processor time in the median pair, ${percent(Math.max(...steal))} at most.
- **Python.** ${runtime.python}, ${packages.join(', ')}; an environment for each side.
- **Pairs.** ${record.pairs.length} of ${figures.cells.length} cells, from ${first.slice(0, 16).replace('T', ' ')} to ${last.slice(0, 16).replace('T', ' ')} UTC, in ${record.sittings.length === 1 ? 'one sitting' : `${record.sittings.length} sittings`}. ${broken}${missing}`;
}

function goals(input: DocumentInput): string {
  const { nothing, one, every } = input.figures;
  const { caught } = one.on.resolving;
  const share = ({ count, of }: { readonly count: number; readonly of: number }) => (of === 0 ? Number.NaN : count / of);
  const live = (kind: LiveComparison['kind']) => input.live.filter((comparison) => comparison.kind === kind);
  const right = (kind: LiveComparison['kind']) => live(kind).filter(isRight).length;
  const needed = cpuBoundPairs(input.figures);
  const liveRow = (kind: LiveComparison['kind']): readonly [string, boolean] => [
    live(kind).length === 0 ? 'not run yet' : `${right(kind)} of ${live(kind).length}`,
    live(kind).length > 0 && right(kind) === live(kind).length,
  ];
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    ['pull requests that change nothing, flagged', '≤ 1 %', countWithInterval(nothing.on), share(nothing.on) <= 0.01],
    ['10 % in one cell that states it can see 10 % or less, caught', '≥ 95 %', countWithInterval(caught), share(caught) >= 0.95],
    ['10 % in every cell, caught', '≥ 99 %', countWithInterval(every.on), share(every.on) >= 0.99],
    ['pairs of CPU-bound cells with the control variate, at equal power', '≤ 50 %', `${percent(needed, 0)} (median)`, needed <= 0.5],
    ['live: nothing changed, nothing flagged', 'all', ...liveRow('null')],
    ['live: slowed by 10 %, caught and named', 'all', ...liveRow('planted')],
  ];
  return `## In short

${markdownTable(
  ['', 'goal', 'here', 'reached'],
  rows.map(([what, goal, here, reached]) => [what, goal, here, reached ? 'yes' : '**no**']),
)}

In brackets the exact 95 % interval in percent, of drawing from this record: it does not speak for another machine.`;
}

function cellSection({ figures }: DocumentInput): string {
  const rows = figures.cells.map((each): readonly string[] => {
    const { cell, planted } = each;
    return [
      `${cell.name.replace('/', ' ')}`,
      cell.kind,
      cell.metric.label,
      percent(each.spread.on),
      percent(each.smallestEffect.on),
      `${percent(planted.share)} [${(planted.low * 100).toFixed(1)}, ${(planted.high * 100).toFixed(1)}]`,
      percent(each.caught.on, 0),
      percent(Math.max(0, 1 - each.caught.on - each.cleared.on), 0),
      percent(each.cleared.on, 0),
    ];
  });
  const heads = [
    'cell',
    'kind',
    'judged by',
    'noise of a pair',
    'states it can see',
    'planted, as measured',
    'caught',
    'inconclusive',
    'missed',
  ];
  return `## What each cell can resolve

A cell *states* the slowdown that 40 of its pairs would flag nine times of ten, among ${figures.cells.length} cells. "Caught" is what became of the planted slowdown in draws of 40
pairs; "missed" is a cell called unchanged although it was slowed. The planted slowdown aims at 10 %; what it came to is measured like any other, without the control variate.

${markdownTable(heads, rows)}

${resolvingSentence(figures.cells)}`;
}

function resolvingSentence(cells: readonly CellFigures[]): string {
  const blind = cells.filter(({ smallestEffect }) => smallestEffect.on > target);
  const [first, ...rest] = blind.toSorted((one, other) => other.smallestEffect.on - one.smallestEffect.on);
  if (first === undefined) return `Every cell, those with threads too, can see ${percent(target)} on this machine in 40 pairs.`;
  const named = [first, ...rest].map(({ cell, smallestEffect }) => `${cell.name.replace('/', ' ')} (${percent(smallestEffect.on)})`);
  return `**${blind.length} of ${cells.length} cells cannot see ${percent(target)} here in 40 pairs:** ${named.join(', ')}. For them *inconclusive* is the honest word, and a slowdown must be as
large as stated before it is found nine times of ten. More pairs, a quieter machine or a longer workload help; a lower threshold does not.`;
}

function pullRequestSection({ figures }: DocumentInput): string {
  const { nothing, nothingAsMeasured, one, every } = figures;
  const rows = (['on', 'off'] as const).map((control): readonly string[] => {
    const { all, resolving, others } = one[control];
    return [
      control === 'on' ? 'as shipped' : 'without the control variate',
      countWithInterval(nothing[control]),
      countText(nothingAsMeasured[control]),
      countWithInterval(resolving.caught),
      countText(resolving.missed),
      `${countText(others.caught)}; missed ${others.missed.count}`,
      countText(all.falselyFlagged),
      countText(every[control]),
    ];
  });
  const heads = [
    'rule',
    'nothing changed: flagged',
    'the same, sides as measured: flagged',
    '10 % in one cell that can see it: caught',
    'missed',
    '10 % in one of the other cells: caught',
    'a cell that did not change flagged beside it',
    '10 % in every cell: any flag',
  ];
  return `## Drawn pull requests

Each pull request holds every cell, 40 pairs of each, looked at after 10, 20 and 40; alpha 1 % for the whole pull request, margin 5 %, target 10 %, no stored runs.

${markdownTable(heads, rows)}

"Sides as measured" keeps which tree a process really ran in: were one tree slower than its equal copy by its place alone, it would show there and not in the column before.`;
}

function method({ record, figures, draws, seed }: DocumentInput): string {
  const { seed: recordSeed, values, warmups, digest } = record.recipe;
  const [most] = figures.cells.toSorted((one, other) => Math.abs(other.planted.share - target) - Math.abs(one.planted.share - target));
  const corrected = figures.cells.filter(({ cell }) => isCorrected(cell)).map(({ cell }) => cell.name.replace('/', ' '));
  return `## How it was made

- **Process.** ${values} values after ${warmups} warm-up, as by default. Two trees of copies with paths of one length, an environment for each, bytecode compiled on both.
- **Planting.** A copy of the workload file ends with a wrapper that does extra work in each unit (every few units where it is little), or at the beginning of each value where the workload
  writes its own \`run_…\`: turns of the calibration loop, so that a slow machine slows them too. The other tree has the same wrapper with no turns. The number of turns comes from five processes of the cell and was
  corrected once where eight pairs showed another slowdown than noise explains (${corrected.length === 0 ? 'nowhere' : corrected.join(', ')}).${most === undefined ? '' : ` Farthest from 10 %: ${most.cell.name.replace('/', ' ')}, ${percent(most.planted.share)}.`}
- **Order.** Rounds that visit every cell once in shuffled order, null and planted pairs mixed, a coin for the order of the sides; all from seed ${recordSeed}, before the first process.
- **Draws.** ${draws} pull requests of each kind, seed ${seed}. Null pairs without replacement, which side is called base drawn for each pair, as the random order permits; planted pairs with
  replacement. "Per cell" figures are ${draws} draws of a cell beside as many others.
- **What it does not show.** One machine, one Python, one hour: draws share their pairs, so their number makes the shares exact for this record and for no other. Real slowdowns may
  add noise of their own; planted ones add hardly any.
- **Recipe.** \`${digest.slice(0, 16)}\`: workloads, worker, wrapper, Python, machine and seed; the recorder refuses to mix two.`;
}

function isCorrected({ planting: { amount, firstAmount } }: CellSets): boolean {
  return amount !== firstAmount;
}
