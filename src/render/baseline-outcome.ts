import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Warning, warningText } from '../model/warning.ts';
import { renderHistoryTerminal, type ShownHistory } from './baseline-history.ts';
import { inventoryBlocks, type ListedBaseline } from './baseline-inventory.ts';
import { type Block, code, type Line, paragraph, strong, text } from './document.ts';
import { counted, listed } from './names.ts';
import { figureText } from './number.ts';
import { shortCommit } from './stored-runs.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** Something of a baseline that is not as it should be. */
export interface ShownFault {
  readonly file: string;
  /** From 1; null for the whole file. */
  readonly line: number | null;
  readonly reason: string;
}

/** What a baseline command came to, as it is told. */
export type ShownOutcome = {
  readonly where: string;
  /** What is not as it should be although everything was written; left out for nothing. */
  readonly warnings?: readonly Warning[];
} & (
  | { readonly kind: 'list'; readonly inventory: ListedBaseline }
  | ({ readonly kind: 'show'; readonly faults: readonly ShownFault[] } & ShownHistory)
  | { readonly kind: 'export'; readonly file: string; readonly bytes: number; readonly leftOut: readonly ShownFault[] }
  | {
      readonly kind: 'import';
      readonly added: number;
      readonly passedOver: number;
      readonly accepted: number;
      readonly faults: readonly ShownFault[];
    }
  | {
      readonly kind: 'accept';
      readonly shift: AcceptedShift;
      readonly known: boolean;
      readonly cells: readonly string[];
      readonly measured: boolean;
    }
  | {
      readonly kind: 'prune';
      readonly runs: readonly { readonly runId: string }[];
      readonly damagedLines: number;
      readonly unreadable: readonly string[];
    }
  | { readonly kind: 'verify'; readonly faults: readonly ShownFault[] }
);

/** What a baseline command came to, for a terminal. */
export function renderBaselineOutcome(outcome: ShownOutcome, layout: TerminalLayout): string {
  const warnings = (outcome.warnings ?? []).map((warning) => paragraph(text(warningText(warning))));
  if (outcome.kind !== 'show') return terminalOf([...outcomeBlocks(outcome), ...warnings], layout);
  const faults = faultBlocks(outcome.faults, 'is not in it');
  const history = renderHistoryTerminal(outcome, layout);
  return faults.length === 0 ? history : `${history}\n${terminalOf(faults, layout)}`;
}

function outcomeBlocks(outcome: Exclude<ShownOutcome, { readonly kind: 'show' }>): readonly Block[] {
  switch (outcome.kind) {
    case 'list':
      return inventoryBlocks(outcome.inventory);
    case 'export':
      return exportBlocks(outcome);
    case 'import':
      return importBlocks(outcome);
    case 'accept':
      return acceptBlocks(outcome);
    case 'prune':
      return pruneBlocks(outcome);
    case 'verify':
      return outcome.faults.length === 0
        ? [paragraph(text(`Everything in ${outcome.where} can be read.`))]
        : [
            ...faultBlocks(outcome.faults, 'does not count'),
            paragraph(text('Repair these lines, or remove them with "baseline prune --damaged".')),
          ];
  }
}

type Told<Kind extends ShownOutcome['kind']> = Extract<ShownOutcome, { readonly kind: Kind }>;

function exportBlocks({ where, file, bytes, leftOut }: Told<'export'>): readonly Block[] {
  return [paragraph(text(`Written from ${where}: ${file}, ${figureText(bytes, 'B')}.`)), ...faultBlocks(leftOut, 'is not in it')];
}

function importBlocks({ where, added, passedOver, accepted, faults }: Told<'import'>): readonly Block[] {
  const parts = [
    counted(added, 'run of one runtime', 'runs of one runtime'),
    ...(accepted === 0 ? [] : [`${counted(accepted, 'accepted change')} of level`]),
  ];
  const rest =
    passedOver === 0
      ? ''
      : ` ${counted(passedOver, 'run')} ${passedOver === 1 ? 'was' : 'were'} there already, or older than what is kept.`;
  return [paragraph(text(`Added to ${where}: ${listed(parts)}.${rest}`)), ...faultBlocks(faults, 'was not added')];
}

function acceptBlocks({ where, shift, known, cells, measured }: Told<'accept'>): readonly Block[] {
  const since = `since ${shortCommit(shift.commit)}`;
  const said = known
    ? `This change ${since} was accepted in ${where} before; nothing was changed.`
    : `Accepted in ${where} by ${shift.by} for ${counted(cells.length, 'stored cell')} ${since}: ${shift.why}`;
  const later = measured ? [] : [paragraph(text('No run of that commit is stored: the new level counts from the next run on.'))];
  return [paragraph(text(said)), ...later, { kind: 'list', items: namedCells(cells) }];
}

/** The most cells that are listed one by one. */
const mostCells = 20;

function namedCells(cells: readonly string[]): readonly Line[] {
  const rest = cells.length - mostCells;
  return [...cells.slice(0, mostCells).map((id): Line => [code(id)]), ...(rest > 0 ? [[text(`and ${rest} more`)]] : [])];
}

function pruneBlocks({ where, runs, damagedLines, unreadable }: Told<'prune'>): readonly Block[] {
  const count = new Set(runs.map(({ runId }) => runId)).size;
  const lines = damagedLines === 0 ? [] : [`${counted(damagedLines, 'line')} that could not be read`];
  const nothing = count === 0 && damagedLines === 0;
  const removed = `Removed from ${where}: ${listed([`${counted(count, 'run')} in ${counted(runs.length, 'record')}`, ...lines])}.`;
  const said = nothing ? `Nothing in ${where} is to go.` : removed;
  const left = unreadable.map((name): Line => [code(name), text(' cannot be read and stays as it is.')]);
  return [paragraph(text(said)), ...(left.length === 0 ? [] : [{ kind: 'list', items: left } as const])];
}

/** @param fate the end of a sentence whose subject is what is at fault */
function faultBlocks(faults: readonly ShownFault[], fate: string): readonly Block[] {
  if (faults.length === 0) return [];
  const title = paragraph(strong(`${counted(faults.length, 'fault')}: what cannot be read ${fate} and stays as it is.`));
  const items = faults.map(({ file, line, reason }): Line => [code(file), text(`${line === null ? '' : ` line ${line}`}: ${reason}`)]);
  return [title, { kind: 'list', items }];
}
