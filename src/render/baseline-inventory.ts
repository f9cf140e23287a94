import type { StoredRunName } from '../model/baseline-choice.ts';
import { type Block, code, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { counted, listed } from './names.ts';
import { figureText } from './number.ts';
import { shortCommit } from './stored-runs.ts';

/** A file of a baseline, as it is listed. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  /** Oldest first; a run in parts is there once for each. */
  readonly runs: readonly (StoredRunName & { readonly cells: number })[];
  readonly damaged: number;
  readonly unreadable: string | null;
}

/** All of a baseline, as it is listed. */
export interface ListedBaseline {
  readonly where: string;
  readonly files: readonly ListedFile[];
  /** Accepted changes of level. */
  readonly accepted: number;
  readonly bytes: number;
  /** What it may grow to. */
  readonly boundBytes: number;
}

/** What a baseline holds, how large it is, and how large it can get. */
export function inventoryBlocks({ where, files, accepted, bytes, boundBytes }: ListedBaseline): readonly Block[] {
  const title = heading(1, `Baseline in ${where}`);
  if (files.length === 0) return [title, paragraph(text('Nothing is stored yet.'))];
  const shifts = accepted === 0 ? '' : `, ${counted(accepted, 'accepted change')} of level`;
  const summary = `${counted(files.length, 'file')}${shifts}; ${figureText(bytes, 'B')}, at most ${figureText(boundBytes, 'B')} once every file is full.`;
  return [title, paragraph(text(summary)), table(['File', 'Runs', 'From', 'To', 'On', 'Size'], files.map(fileRow))];
}

function fileRow({ name, bytes, runs, damaged, unreadable }: ListedFile): readonly Line[] {
  const count = new Set(runs.map(({ runId }) => runId)).size;
  const cpus = [...new Set(runs.map(({ cpuModel }) => cpuModel))];
  const cells = Math.max(0, ...runs.map((run) => run.cells));
  return [
    [code(name)],
    stacked(
      [text(`${counted(count, 'run')} of ${counted(cells, 'cell')}`)],
      damaged === 0 ? [] : [strong(`${counted(damaged, 'line')} cannot be read`)],
      unreadable === null ? [] : [strong(unreadable)],
    ),
    [text(endText(runs[0]))],
    [text(endText(runs.at(-1)))],
    [text(cpus.length === 0 ? '–' : listed(cpus))],
    [text(figureText(bytes, 'B'))],
  ];
}

function endText(run: StoredRunName | undefined): string {
  if (run === undefined) return '–';
  return `${run.created.slice(0, 10)} ${run.commit === null ? 'no commit' : shortCommit(run.commit)}`;
}
