import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellName, type RecordedCell } from './cells.ts';
import { type MilliTurns, plantedFunction, plantedSource } from './planting.ts';

/** The trees of a cell: two that are the same, and the one that carries extra work. Names of one length. */
export const copyNames = ['base', 'head', 'slow'] as const;

/** One of {@link copyNames}. */
export type CopyName = (typeof copyNames)[number];

/** Copies of the bundled workloads, so that no bundled file is ever edited. */
export interface WorkloadCopies {
  /** Absolute path of the workload file of a cell in one of its trees; all of one length for a cell. */
  path(cell: RecordedCell, copy: CopyName): string;
  /** Writes the workload file of a tree with that much extra work. */
  plant(cell: RecordedCell, copy: CopyName, amount: MilliTurns): void;
}

/** Makes three trees of every cell below `folder`, none with extra work yet. */
export function copyWorkloads(
  cells: readonly RecordedCell[],
  { from, to }: { readonly from: string; readonly to: string },
): WorkloadCopies {
  const numbers = new Map(cells.map((cell, index) => [cellName(cell), String(index).padStart(2, '0')]));
  const folder = (cell: RecordedCell, copy: CopyName) => join(to, copy, numbers.get(cellName(cell)) ?? '');
  const path = (cell: RecordedCell, copy: CopyName) => join(folder(cell, copy), `${cell.workload}.py`);
  const plant = (cell: RecordedCell, copy: CopyName, amount: MilliTurns) => {
    const source = readFileSync(join(from, `${cell.workload}.py`), 'utf8');
    writeFileSync(path(cell, copy), plantedSource(source, { name: plantedFunction(source, cell), amount }));
    // Bytecode is told apart by length and whole seconds only, and every amount has the same length.
    rmSync(join(folder(cell, copy), '__pycache__'), { recursive: true, force: true });
  };
  for (const cell of cells) {
    for (const copy of copyNames) {
      copyTree(from, folder(cell, copy));
      plant(cell, copy, 0);
    }
  }
  return { path, plant };
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const file of workloadFiles(from)) cpSync(join(from, file), join(to, file));
}

/** The workloads and their peers, without the worker: what a tree of its own holds. */
function workloadFiles(folder: string): readonly string[] {
  const python = (below: string) => readdirSync(join(folder, below)).filter((name) => name.endsWith('.py'));
  return [...python('.'), ...python('peers').map((name) => join('peers', name))].sort();
}

/** Digest of the workloads, their peers and the worker below `folder`, and of what is added to them. */
export function sourcesDigest(folder: string, recipe: unknown): string {
  const worker = readdirSync(join(folder, 'worker'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.py') && !name.startsWith('tests'),
  );
  const digest = createHash('sha256');
  for (const file of [...workloadFiles(folder), ...worker.sort().map((name) => join('worker', name))]) {
    digest
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  digest.update(plantedSource('def unit(work, i):\n    return i\n', { name: 'unit', amount: 0 }));
  return digest.update(JSON.stringify(recipe)).digest('hex');
}
