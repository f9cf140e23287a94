import { type ConcurrencyModel, isSingleThreaded } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';

/** Cells whose figures a machine moves together. */
export const cellFamilies = ['computing', 'hand-off', 'waiting', 'size'] as const;

/** One of {@link cellFamilies}. */
export type CellFamily = (typeof cellFamilies)[number];

/**
 * The family of a cell: what a slower processor slows down alike (`computing`), what the kernel's scheduler moves
 * (`hand-off` between threads or processes: measured, such cells correlate with nothing else), what mostly waits
 * (`waiting`), and what is no time at all (`size`).
 */
export function familyOf({ family, id }: Metric, model: ConcurrencyModel): CellFamily {
  switch (family) {
    case 'latency':
    case 'event loop':
      return 'waiting';
    case 'memory':
    case 'scheduling':
    case 'concurrency':
    case 'custom':
      return 'size';
    case 'time':
      if (id === 'overhead_per_unit') return 'waiting';
      return isSingleThreaded(model) ? 'computing' : 'hand-off';
  }
}
