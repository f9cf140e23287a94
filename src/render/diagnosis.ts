import { defaultDesign } from '../judge/confirm-design.ts';
import { hostSharing, type MachineLoad, ownLoad } from '../judge/machine-load.ts';
import { type CellSpread, type PairNoise, statedPairs, statedSuspects, visibility } from '../judge/pair-noise.ts';
import { defaultThreshold } from '../judge/threshold.ts';
import type { Machine } from '../model/machine.ts';
import { runtimeColumns } from '../tables/columns.ts';
import { type Block, code, type Document, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { cellName, cellWords, counted, labelOf, listed } from './names.ts';
import { figureText, percentText } from './number.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** What was found out about this machine. */
export interface Diagnosis {
  /** Every interpreter at hand, in order of preference. */
  readonly interpreters: readonly { readonly label: string; readonly source: string; readonly path: string }[];
  /** What looked like an interpreter and is none, one sentence each. */
  readonly refused: readonly string[];
  readonly machine: Machine;
  readonly load: MachineLoad;
  /** Every probe cell, measured against itself. */
  readonly noise: readonly PairNoise[];
  /** Wall seconds of the measuring. */
  readonly seconds: number;
  readonly seed: number;
}

type KnownNoise = Extract<PairNoise, { readonly kind: 'measured' }>;

/** Pairs and slowdown of the sentence that says what this machine is good for. */
const commonPairs = 40;

/** The diagnosis as text for a terminal. */
export function renderDiagnosis(diagnosis: Diagnosis, layout: TerminalLayout): string {
  return terminalOf(diagnosisDocument(diagnosis), layout);
}

/** Machine, interpreters, noise, and what the noise lets a comparison by pairs see. */
export function diagnosisDocument({ interpreters, refused, machine, load, noise, seconds, seed }: Diagnosis): Document {
  return [
    heading(1, 'This machine'),
    ...[machineWords(machine), loadWords(load), hostWords(load)].map((words) => paragraph(text(words))),
    heading(2, 'Interpreters at hand'),
    table(
      ['Python', 'Found by', 'Path'],
      interpreters.map(({ label, source, path }): readonly Line[] => [[text(label)], [text(source)], [code(path)]]),
    ),
    ...refused.map((sentence) => paragraph(text(`Not usable: ${sentence}.`))),
    heading(2, 'Noise'),
    ...noiseBlocks(noise, { seconds, seed }),
  ];
}

function machineWords({ runnerClass, os, kernel, arch, cpuModel, cpus, memoryBytes, peerPython }: Machine): string {
  const memory = figureText(memoryBytes, 'B');
  return `${runnerClass}, ${os}, kernel ${kernel}, ${arch}, ${cpus} × ${cpuModel}, ${memory}. Peers run on Python ${peerPython}.`;
}

function loadWords(load: MachineLoad): string {
  const { average } = load;
  if (average === null) return 'The system keeps no load average.';
  const figures = `Load average ${average.before.toFixed(1)} before measuring and ${average.after.toFixed(1)} after it; the measuring itself adds about one.`;
  return ownLoad(load) === 'busy' ? `${figures} Something else was running here.` : figures;
}

function hostWords(load: MachineLoad): string {
  const stolen = `While measuring, the host gave ${((load.stolen ?? 0) * 100).toFixed(1)} % of the processor time to others`;
  switch (hostSharing(load)) {
    case 'shared':
      return `${stolen}: this machine is shared.`;
    case 'not seen':
      return `${stolen}: nothing shows that it is shared, but not every host says so.`;
    case 'unknown':
      return 'The system does not say how much processor time its host gave to others.';
  }
}

function noiseBlocks(noise: readonly PairNoise[], run: Pick<Diagnosis, 'seconds' | 'seed'>): readonly Block[] {
  const unknown = unknownBlocks(noise);
  const known = noise.filter((each) => each.kind === 'measured').toSorted((a, b) => effectAt(a, commonPairs) - effectAt(b, commonPairs));
  if (known.length === 0) return [paragraph(text('Not measured. Raise the time budget, and see that the workloads run here.')), ...unknown];
  return [spreadTable(known), ...unknown, ...measuredSentences(known, run), ...visibleBlocks(known)];
}

function unknownBlocks(noise: readonly PairNoise[]): readonly Block[] {
  const items = noise.flatMap((each) =>
    each.kind === 'unknown' ? [[text(`Not known: ${cellWords(each.suspect.cell)}, ${each.reason}.`)]] : [],
  );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function spreadTable(known: readonly KnownNoise[]): Block {
  const rows = known.map(({ suspect, center, pairs, spread }): readonly Line[] => [
    nameOf(suspect, known),
    [text(`${suspect.metric.label} ${figureText(center, suspect.metric.unit)}`)],
    [text(spreadText(spread.processes))],
    [text(spreadText(spread.pairs))],
    [text(controlledText(spread))],
    [text(String(pairs))],
  ]);
  return table(['Cell', 'Figure', 'Process to process', 'Pair to pair', 'With control variate', 'Pairs'], rows);
}

/** The cell, with its Python where there are several. */
function nameOf({ cell }: PairNoise['suspect'], known: readonly KnownNoise[]): Line {
  const runtimes = runtimesOf(known);
  return runtimes.length === 1 ? cellName(cell) : [...cellName(cell), text(` on ${labelOf(cell, runtimeColumns(runtimes))}`)];
}

function runtimesOf(known: readonly KnownNoise[]) {
  return [...new Map(known.map(({ suspect: { runtimes } }) => [runtimes.head.id, runtimes.head])).values()];
}

function spreadText(spread: number): string {
  return percentText(1 + spread).replace('+', '± ');
}

function controlledText({ controlled }: CellSpread): string {
  return controlled.kind === 'off' ? 'off' : `${spreadText(controlled.pairs)}, × ${controlled.coefficient.toFixed(2)}`;
}

function measuredSentences(known: readonly KnownNoise[], { seconds, seed }: Pick<Diagnosis, 'seconds' | 'seed'>): readonly Block[] {
  const on = listed(runtimeColumns(runtimesOf(known)).map(({ label }) => label));
  const uncertainty = Math.max(...known.map(({ spread }) => spread.uncertainty));
  const reasons = new Set(known.flatMap(({ spread: { controlled } }) => (controlled.kind === 'off' ? [controlled.reason] : [])));
  const sentences = [
    `Each cell was measured against itself on Python ${on}: two processes of the same code one right after the other, in random order, for ${Math.round(seconds)} s in all. Seed ${seed}.`,
    `A spread is a robust standard deviation; from so few pairs it is itself uncertain by up to ${Math.round(uncertainty * 100)} %. Two processes that share nothing differ by 1.4 times the spread from process to process; pairs that differ by less share the machine's drift, and the control variate takes out what the calibration loop sees of its speed, times the coefficient shown.`,
    ...[...reasons].map((reason) => `The control variate is off where ${reason}.`),
  ];
  return sentences.map((sentence) => paragraph(text(sentence)));
}

function visibleBlocks(known: readonly KnownNoise[]): readonly Block[] {
  const rows = known.map((each): readonly Line[] => [
    nameOf(each.suspect, known),
    ...statedPairs.map((pairs): Line => [text(percentText(1 + effectAt(each, pairs)))]),
  ]);
  const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
  return [
    heading(2, 'Smallest slowdown seen'),
    table(['Cell', ...statedPairs.map((pairs) => `${pairs} pairs`)], rows),
    paragraph(strong(conclusion(known))),
    paragraph(
      text(
        `Seen is what a confirmation of so many pairs flags nine times of ten, where ${statedSuspects} cells are suspects and any false flag has a chance of ${percent(defaultDesign.alpha)} a pull request. Nothing below the margin of ${percent(defaultThreshold.margin)} is ever flagged.`,
      ),
    ),
  ];
}

function conclusion(known: readonly KnownNoise[]): string {
  const slowdown = defaultThreshold.target;
  const seenWith = (pairs: number) => visibility(known, { slowdown, pairs }).seen;
  const others = statedPairs.filter((pairs) => pairs !== commonPairs).map((pairs) => `${seenWith(pairs)} with ${pairs}`);
  const cells = counted(known.length, 'probe cell');
  const said = `On this machine a slowdown of ${Math.round(slowdown * 100)} % in ${seenWith(commonPairs)} of ${cells} can be seen with ${commonPairs} pairs (${others.join(', ')}).`;
  return seenWith(commonPairs) === known.length ? said : `${said} In the others it ends as inconclusive more often.`;
}

function effectAt({ visible }: KnownNoise, pairs: number): number {
  const found = visible.find((each) => each.pairs === pairs);
  if (found === undefined) throw new RangeError(`no effect is stated for ${pairs} pairs`);
  return found.effect;
}
