import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Machine } from '../model/machine.ts';
import type { CellHistoryPoint, CellHistoryTable } from '../tables/cell-history.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { ShiftTable } from '../tables/shifts.ts';
import { type Block, heading, type Line, paragraph, table, text } from './document.ts';
import { cellWords, counted, labelOf } from './names.ts';
import { changeText, figureText } from './number.ts';
import { renderShiftsTerminal } from './shifts.ts';
import { shortCommit } from './stored-runs.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** The stored runs of one kind of machine, as they are shown. */
export interface ShownMachine {
  readonly machine: Machine;
  readonly columns: readonly RuntimeColumn[];
  /** Distinct runs. */
  readonly runs: number;
  readonly shifts: ShiftTable;
  /** Of the cells that were asked for. */
  readonly cells: readonly CellHistoryTable[];
}

/** The base branch over time, as it is shown. */
export interface ShownHistory {
  readonly where: string;
  readonly machines: readonly ShownMachine[];
  readonly accepted: readonly AcceptedShift[];
}

/** The most cells whose runs are listed one by one. */
const mostCells = 12;

/** What shifted on the base branch, and run by run what was asked for. */
export function renderHistoryTerminal({ where, machines, accepted }: ShownHistory, layout: TerminalLayout): string {
  const title = heading(1, `History in ${where}`);
  if (machines.length === 0) return terminalOf([title, paragraph(text('Nothing is stored yet.'))], layout);
  const parts = machines.flatMap((machine) => [
    terminalOf([heading(2, machineText(machine)), ...cellBlocks(machine)], layout),
    renderShiftsTerminal(machine.shifts, machine.columns, layout),
  ]);
  const end = accepted.length === 0 ? [] : [terminalOf(acceptedBlocks(accepted), layout)];
  return [terminalOf([title], layout), ...parts, ...end].join('\n');
}

function machineText({ machine: { runnerClass, os, arch, cpus }, runs }: ShownMachine): string {
  return `${counted(runs, 'run')} on ${runnerClass}, ${os}, ${arch}, ${counted(cpus, 'CPU')}`;
}

function cellBlocks({ cells, columns }: ShownMachine): readonly Block[] {
  const rest = cells.length - mostCells;
  const blocks = cells.slice(0, mostCells).flatMap((history): readonly Block[] => {
    const { cell, metric, points } = history;
    const title = heading(3, `${cellWords(cell)} on ${labelOf(cell, columns)}: ${metric.label}`);
    const first = points.find(({ level }) => level !== null && level > 0)?.level ?? null;
    return [
      title,
      table(
        ['Run', 'Level', 'Against the first', 'Processes', 'On'],
        points.map((point) => pointRow(point, history, first)),
      ),
    ];
  });
  return rest > 0 ? [...blocks, paragraph(text(`And ${counted(rest, 'more cell')}; name fewer, or use --json.`))] : blocks;
}

function pointRow(point: CellHistoryPoint, { metric }: CellHistoryTable, first: number | null): readonly Line[] {
  const { created, commit, run, level, processes, cpuModel } = point;
  const name = `${created.slice(0, 10)} ${commit === null ? `run ${run}` : shortCommit(commit)}`;
  const figures =
    level === null
      ? ['broken', '–', '–']
      : [figureText(level, metric.unit), first === null ? '–' : changeText(level / first, metric), String(processes)];
  return [name, ...figures, cpuModel].map((cell) => [text(cell)]);
}

function acceptedBlocks(accepted: readonly AcceptedShift[]): readonly Block[] {
  const rows = accepted.map(({ cells, commit, by, why, created }) =>
    [cells.join(', '), shortCommit(commit), `${by}, ${created.slice(0, 10)}`, why].map((cell): Line => [text(cell)]),
  );
  return [heading(2, 'Accepted changes of level'), table(['Cells', 'Since', 'By', 'Why'], rows)];
}
