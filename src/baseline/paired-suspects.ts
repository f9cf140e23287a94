import { type Cell, cellId } from '../model/cell.ts';

/** A suspect whose own fields are as they should be; its runtimes are places in a table. */
interface Suspect {
  readonly id: string;
  readonly cell: Cell;
  readonly runtimes: { readonly base: number; readonly head: number };
}

type OfCell = { readonly cell: Cell };
type EntriesOf<Value> = readonly (readonly [id: string, value: Value])[];

interface Series {
  readonly suspects: readonly Suspect[];
  readonly outcome: {
    readonly pairs: EntriesOf<readonly { readonly base: OfCell; readonly head: OfCell }[]>;
    readonly broken: EntriesOf<{ readonly sample: OfCell }>;
  };
}

/** Pairs as JSON can hold them, as far as suspects are concerned. */
interface Pairs {
  readonly runtimes: readonly { readonly id: string }[];
  readonly plan: { readonly suspects: readonly Suspect[] };
  readonly series: readonly Series[];
}

/**
 * What does not fit together in pairs each of whose parts is as it should be, or null: a figure must not count for another
 * cell than the one it was measured of, nor twice.
 */
export function suspectFault(pairs: Pairs): string | null {
  const { runtimes, plan, series } = pairs;
  const measured = series.flatMap(({ suspects }) => suspects);
  const planned = new Set(plan.suspects.map(({ id }) => id));
  for (const { id, cell, runtimes: places } of [...plan.suspects, ...measured]) {
    if (id !== cellId(cell)) return 'a suspect has an id that is not of its cell';
    if (Math.max(places.base, places.head) >= runtimes.length) return 'a suspect names a runtime that is not in the table';
  }
  if (planned.size < plan.suspects.length) return 'a suspect is planned twice';
  if (measured.some(({ id }) => !planned.has(id))) return 'a suspect was measured that is not planned';
  if (new Set(measured.map(({ id }) => id)).size < measured.length) return 'a suspect was measured in two series';
  return series.some((each) => !isOfItsSuspects(each, runtimes)) ? 'a sample is not of a suspect of its series' : null;
}

/** Both sides are measured under the cell of head; base may have it on a runtime of its own. */
function isOfItsSuspects({ suspects, outcome }: Series, runtimes: Pairs['runtimes']): boolean {
  const byId = new Map(suspects.map((suspect) => [suspect.id, suspect]));
  const isOf = (id: string, { cell }: OfCell) => {
    const suspect = byId.get(id);
    return suspect !== undefined && isOfSuspect(cell, suspect, runtimes);
  };
  return (
    outcome.pairs.every(([id, pairs]) => byId.has(id) && pairs.every(({ base, head }) => isOf(id, base) && isOf(id, head))) &&
    outcome.broken.every(([id, { sample }]) => isOf(id, sample))
  );
}

function isOfSuspect(cell: Cell, { id, cell: own, runtimes: places }: Suspect, runtimes: Pairs['runtimes']): boolean {
  if (cellId({ ...cell, runtime: own.runtime }) !== id) return false;
  return cell.runtime === own.runtime || cell.runtime === runtimes[places.base]?.id;
}
