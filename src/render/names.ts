import type { Cell } from '../model/cell.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import { code, type Line, text } from './document.ts';

/** "`spawn` threads", with the scale of a scaled workload: "`fan_out` n=100 threads". */
export function cellName({ workload, params, model }: Pick<Cell, 'workload' | 'params' | 'model'>): Line {
  return [code(workload), text(params === '' ? ` ${modelLabel(model)}` : ` ${params} ${modelLabel(model)}`)];
}

/** "spawn threads" as plain words, for sentences. */
export function cellWords({ workload, params, model }: Pick<Cell, 'workload' | 'params' | 'model'>): string {
  return [workload, ...(params === '' ? [] : [params]), modelLabel(model)].join(' ');
}

/** The column label of a cell's runtime. */
export function labelOf({ runtime: id }: Pick<Cell, 'runtime'>, columns: readonly RuntimeColumn[]): string {
  return columns.find(({ runtime }) => runtime.id === id)?.label ?? id;
}

/** "1 cell", "2 cells". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** An expected number in words: "about 5", "less than 1". */
export function aboutText(expected: number): string {
  return expected < 0.5 ? 'less than 1' : `about ${Math.round(expected)}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** The most cells that are named in one sentence, and the most characters of their names. */
const namedCells = 12;
const namesLength = 320;

/** "spawn threads (3.9.18, 3.13.0) and echo asyncio (3.13.0).": cells that differ only in the runtime are named once. */
export function cellList(cells: readonly Cell[], columns: readonly RuntimeColumn[]): string {
  const names = Map.groupBy(cells, cellWords);
  const entries = [...names].map(([name, members]) => `${name} (${members.map((cell) => labelOf(cell, columns)).join(', ')})`);
  const named = fitting(entries.slice(0, namedCells));
  const rest = entries.length - named.length;
  return rest > 0 ? `${named.join('; ')}; and ${rest} more.` : `${listed(named)}.`;
}

/** The first entries, at least one, as far as a sentence of them stays readable. */
function fitting(entries: readonly string[]): readonly string[] {
  let length = 0;
  return entries.filter((entry, index) => {
    length += entry.length;
    return index === 0 || length <= namesLength;
  });
}
