import { createHash } from 'node:crypto';

/** Most characters of a workload in the name of its chart. */
const longestName = 80;

/** The page with all charts. */
export const trendIndexName = 'index.html';

/** Name of the chart of a workload, safe as a file name and in an address, and another for every other workload. */
export function trendFileName(workload: string): string {
  const name = workload.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
  if (name === workload && name !== '' && name.length <= longestName) return `trend-${name}.svg`;
  return `trend-${name.slice(0, longestName)}-${createHash('sha256').update(workload).digest('hex').slice(0, 8)}.svg`;
}

/** Whether a file is drawn from the others and holds nothing of its own. */
export function isTrendFile(name: string): boolean {
  return isTrendChart(name) || name === trendIndexName;
}

/** Whether a file is the chart of a workload. */
export function isTrendChart(name: string): boolean {
  return /^trend-[a-z0-9_-]+\.svg$/.test(name);
}
