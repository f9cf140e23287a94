import { proportionUpperBound } from '../../src/stats/proportion-bound.ts';
import type { WithAndWithout } from './cell-figures.ts';
import type { Count } from './real-figures.ts';

/** Rows of text under their heads. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** "12.4 %", "100 %". */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits).replace(/\.0+$/, '')} %`;
}

/** "3 of 1000 (0.3 %)". */
export function countText({ count, of }: Count): string {
  return of === 0 ? 'none drawn' : `${count} of ${of} (${percent(count / of)})`;
}

/** "3 of 1000 (0.3 % [0.1, 0.9])": with the exact 95 % interval of Clopper and Pearson. */
export function countWithInterval({ count, of }: Count): string {
  if (of === 0) return 'none drawn';
  const bound = (some: number) => proportionUpperBound({ count: some, trials: of, level: 0.975 });
  const ends = [1 - bound(of - count), bound(count)].map((end) => (end * 100).toFixed(1));
  return `${count} of ${of} (${percent(count / of)} [${ends.join(', ')}])`;
}

/** "8.1 → 5.2 %": without the calibration loop, then with it. */
export function offToOn({ on, off }: WithAndWithout<number>, digits = 1): string {
  return `${(off * 100).toFixed(digits)} → ${(on * 100).toFixed(digits)} %`;
}
