import { type Block, code, type Document, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { listed } from './names.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** How often something happened among so many, and the ends of the 95 % interval of that share. */
interface Share {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** What one rule made of the pull requests of one machine. */
interface Rule {
  readonly name: string;
  readonly rule: string;
  readonly falselyFlagged: Share;
  /** At each slowdown of the simulation. */
  readonly caught: readonly Share[];
  readonly allCells: Share;
  readonly processRuns: number;
}

/** Simulated pull requests as they are shown. */
export interface ShownSimulation {
  readonly machines: readonly { readonly name: string; readonly means: string; readonly ours: Rule; readonly peers: readonly Rule[] }[];
  readonly cells: number;
  /** Cells that a pull request slows. */
  readonly slowedCells: number;
  readonly slowdowns: readonly number[];
  /** Pull requests that change nothing, on each machine. */
  readonly pullRequests: number;
  /** Pull requests of each kind that change something. */
  readonly changing: number;
  readonly seed: string;
  readonly seconds: number;
  readonly bounds: { readonly kind: 'checked' } | { readonly kind: 'not stated'; readonly statedFor: number };
  readonly missed: readonly string[];
}

/** Pull requests from which shares of a percent can be told apart. */
const fineFrom = 1000;

/** Simulated pull requests as text for a terminal. */
export function renderSimulationTerminal(simulation: ShownSimulation, layout: TerminalLayout): string {
  return terminalOf(simulationDocument(simulation), layout);
}

/** What was simulated, how our rule did, how others did on the same draws, and whether the bounds hold. */
export function simulationDocument(simulation: ShownSimulation): Document {
  return [
    heading(1, 'Simulated pull requests'),
    paragraph(text(simulatedWords(simulation))),
    { kind: 'list', items: simulation.machines.map(({ name, means }) => [code(name), text(`: ${means}`)]) },
    heading(2, 'The rule as shipped'),
    oursTable(simulation),
    paragraph(text('In brackets the 95 % interval of the share (Wilson): what so few pull requests leave open.')),
    heading(2, 'The same draws, judged by the rules of others'),
    ...peerBlocks(simulation),
    heading(2, 'Bounds'),
    ...boundBlocks(simulation),
  ];
}

function simulatedWords({ cells, slowedCells, slowdowns, pullRequests, changing, seed, seconds }: ShownSimulation): string {
  const kinds = slowdowns.map((slowdown) => `${changing} that slow ${slowedCells} of them by ${whole(slowdown)} %`);
  return `Projects of ${cells} cells, judged by the functions that judge real pull requests. On each machine ${listed([`${pullRequests} that change nothing`, ...kinds, `${changing} that slow all by 10 %`])}. Seed "${seed}"; took ${Math.round(seconds)} s.`;
}

function oursTable({ machines, slowdowns }: ShownSimulation): Block {
  const rows = machines.map(({ name, ours }): readonly Line[] => [
    [code(name)],
    [text(shareText(ours.falselyFlagged))],
    ...ours.caught.map((share): Line => [text(shareText(share))]),
    [text(shareText(ours.allCells))],
    [text(ours.processRuns.toFixed(0))],
  ]);
  const caught = slowdowns.map((slowdown) => `+${whole(slowdown)} % caught`);
  return table(['Machine', 'Nothing changed: flagged', ...caught, 'All cells slower: flagged', 'Process runs'], rows);
}

function peerBlocks({ machines, slowdowns }: ShownSimulation): readonly Block[] {
  const [first] = machines;
  const rules = first === undefined ? [] : [first.ours, ...first.peers];
  const rows = rules.map(({ name, rule }, which): readonly Line[] => [
    [which === 0 ? strong(name) : text(name), text(`: ${rule}`)],
    ...machines.map(({ ours, peers }): Line => [text(recordText(which === 0 ? ours : peers[which - 1]))]),
  ]);
  const at = slowdowns.map((slowdown) => `+${whole(slowdown)}`).join(' / ');
  const sentences = [
    `Each entry in %: pull requests flagged though nothing changed · slowed cells caught at ${at} % · pull requests flagged that slow all cells.`,
    'The others judge one more run against stored runs, by the rules and thresholds of their sources, cell by cell. Of theirs only slowdowns count as flags, of ours both directions.',
    `Ours measures pairs besides. Process runs a pull request, ours and theirs: ${machines.map(runsText).join('; ')}.`,
  ];
  return [table(['Rule', ...machines.map(({ name }) => name)], rows), ...sentences.map((sentence) => paragraph(text(sentence)))];
}

function runsText({ name, ours, peers }: ShownSimulation['machines'][number]): string {
  return `${name} ${ours.processRuns.toFixed(0)} and ${peers[0]?.processRuns ?? 0}`;
}

function recordText(rule: Rule | undefined): string {
  if (rule === undefined) throw new RangeError('a machine lacks a rule that another one has');
  const { falselyFlagged, caught, allCells } = rule;
  return `${percentOf(falselyFlagged)} · ${caught.map(percentOf).join(' / ')} · ${percentOf(allCells)}`;
}

function boundBlocks({ pullRequests, bounds, missed }: ShownSimulation): readonly Block[] {
  const fine =
    pullRequests >= fineFrom
      ? []
      : [
          paragraph(
            text(
              `Shares of a percent need ${fineFrom.toLocaleString('en')} pull requests; with ${pullRequests} a bound is called missed only where the whole interval lies beyond it.`,
            ),
          ),
        ];
  if (bounds.kind === 'not stated')
    return [paragraph(text(`The bounds are stated for projects of ${bounds.statedFor} cells; none was checked.`))];
  if (missed.length === 0) return [paragraph(strong('No bound is missed.')), ...fine];
  return [paragraph(strong('Missed:')), { kind: 'list', items: missed.map((sentence) => [text(sentence)]) }, ...fine];
}

function shareText(share: Share): string {
  return `${share.count} of ${share.of} (${fine(share.low)} to ${fine(share.high)} %)`;
}

function fine(share: number): string {
  return (share * 100).toFixed(1).replace(/\.0$/, '');
}

function percentOf({ count, of }: Share): string {
  return whole(count / of);
}

function whole(share: number): string {
  return (share * 100).toFixed(0);
}
