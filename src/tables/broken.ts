import type { CellIndex } from '../judge/cell-index.ts';
import type { Cell } from '../model/cell.ts';
import type { BrokenCell } from '../model/run.ts';
import type { BrokenKind } from '../model/sample.ts';
import type { SideName } from '../model/sample-pair.ts';
import type { JudgedAs } from './verdicts.ts';

/** A broken cell: among the processes of this run, or in a pair, of which either side may be the broken one. */
export type BrokenRow =
  | (Omit<BrokenCell, 'status'> & { readonly where: 'run' })
  | {
      readonly where: 'pair';
      readonly side: SideName;
      readonly cell: Cell;
      readonly kind: BrokenKind;
      readonly message: string;
      readonly output: string;
    };

/** Broken cells of a judged run. What broke in the run itself is told with its share of broken processes. */
export function brokenRows(broken: readonly JudgedAs<'broken'>[], { states }: CellIndex): readonly BrokenRow[] {
  return broken.map(({ id, cell, verdict: { side, kind, message, output } }) => {
    const state = states.get(id);
    return state?.status === 'broken' ? rowOf(state) : { where: 'pair', side, cell, kind, message, output };
  });
}

/** Broken cells of a run that nothing was compared with. */
export function brokenInRun({ states }: CellIndex): readonly BrokenRow[] {
  return [...states.values()].flatMap((state) => (state.status === 'broken' ? [rowOf(state)] : []));
}

function rowOf({ cell, kind, message, output, broken, processes }: BrokenCell): BrokenRow {
  return { where: 'run', cell, kind, message, output, broken, processes };
}
