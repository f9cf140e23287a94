import type { ConcurrencyModel } from '../../src/model/concurrency-model.ts';

/**
 * What a cell spends its time on, decided before anything was measured: CPU-bound ones keep one processor computing and
 * wait for nobody, so that the calibration loop should feel what they feel.
 */
export type CellKind = 'CPU-bound' | 'input and output' | 'thread hand-off' | 'processes';

/** A cell of the core set that is recorded. */
export interface RecordedCell {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  readonly kind: CellKind;
  /** Processors that share its units where it is judged by wall time: so much more work is needed for the same slowdown. */
  readonly lanes?: number;
}

/** The recorded cells, cheap ones first: all kinds are there, and one process of each takes at most 0.6 s on a quiet machine. */
export const recordedCells: readonly RecordedCell[] = [
  { workload: 'data_crunching', model: 'processes', kind: 'processes', lanes: 2 },
  { workload: 'spawn', model: 'uvloop', kind: 'CPU-bound' },
  { workload: 'context_switch', model: 'threads', kind: 'thread hand-off' },
  { workload: 'spawn', model: 'threads', kind: 'thread hand-off' },
  { workload: 'spawn', model: 'thread_pool', kind: 'thread hand-off' },
  { workload: 'data_crunching', model: 'sequential', kind: 'CPU-bound' },
  { workload: 'data_crunching', model: 'threads', kind: 'CPU-bound' },
  { workload: 'echo', model: 'uvloop', kind: 'input and output' },
  { workload: 'lock', model: 'asyncio', kind: 'CPU-bound' },
  { workload: 'spawn', model: 'asyncio', kind: 'CPU-bound' },
  { workload: 'context_switch', model: 'asyncio', kind: 'CPU-bound' },
  { workload: 'context_switch', model: 'uvloop', kind: 'CPU-bound' },
  { workload: 'cancel', model: 'asyncio', kind: 'CPU-bound' },
  { workload: 'file_reading', model: 'sequential', kind: 'input and output' },
  { workload: 'web_scraping', model: 'asyncio', kind: 'input and output' },
  { workload: 'fan_out', model: 'asyncio', kind: 'CPU-bound' },
  { workload: 'chat_server', model: 'asyncio', kind: 'input and output' },
  { workload: 'chat_server', model: 'threads', kind: 'thread hand-off' },
];

/** The name of a cell in the record: one Python, so workload and model say it all. */
export function cellName({ workload, model }: Pick<RecordedCell, 'workload' | 'model'>): string {
  return `${workload}/${model}`;
}

/**
 * The recorded cells of those names, in the order of `recordedCells`; all of them where none is named.
 *
 * @throws RangeError for a name that is none of theirs
 */
export function cellsNamed(names: readonly string[]): readonly RecordedCell[] {
  const known = new Set(recordedCells.map(cellName));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new RangeError(`${unknown.join(', ')} is not recorded; recorded are ${[...known].join(', ')}`);
  return names.length === 0 ? recordedCells : recordedCells.filter((cell) => names.includes(cellName(cell)));
}
