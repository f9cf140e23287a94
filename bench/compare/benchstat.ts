import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { differenceLevel } from '../../src/judge/two-sample.ts';
import type { CellValues } from './cell-values.ts';
import { goBenchmarks } from './go-benchmark.ts';

/** What benchstat says of one cell. */
export interface BenchstatRow {
  /** Medians in the unit they were given in, all digits. */
  readonly base: number;
  readonly head: number;
  /** As printed: "+6.45%", "~", "?" where base is zero. */
  readonly delta: string;
  /** As printed, three decimals. */
  readonly p: number;
}

/** What benchstat says of all cells. */
export interface BenchstatAnswer {
  readonly rows: ReadonlyMap<string, BenchstatRow>;
  /** The changes of its geometric means, by runtime and unit, as printed. */
  readonly means: ReadonlyMap<string, string>;
  /** Its table as a person sees it. */
  readonly text: string;
}

/** Writes both sides into `scratch` and runs benchstat on them, as CSV for the figures and as text. */
export async function runBenchstat(program: string, cells: readonly CellValues[], scratch: string): Promise<BenchstatAnswer> {
  for (const side of ['base', 'head'] as const) writeFileSync(join(scratch, `${side}.txt`), goBenchmarks(cells, side));
  const options = ['-alpha', String(differenceLevel)];
  const run = async (...more: readonly string[]) =>
    (await execa(program, [...options, ...more, 'base.txt', 'head.txt'], { cwd: scratch })).stdout;
  return { ...readBenchstatCsv(await run('-format', 'csv')), text: await run() };
}

/** The key of a geometric mean. */
export function meanKey(runtime: string, unit: string): string {
  return `${runtime} ${unit}`;
}

/** Reads benchstat's CSV of two files: blocks with a `runtime:` line where it changes, a line of units, and a row a cell. */
export function readBenchstatCsv(csv: string): Omit<BenchstatAnswer, 'text'> {
  const rows = new Map<string, BenchstatRow>();
  const means = new Map<string, string>();
  let [runtime, unit] = ['', ''];
  for (const line of csv.split('\n')) {
    runtime = /^"?runtime: ([^"]+)/.exec(line)?.[1]?.trim() ?? runtime;
    const [name = '', base = '', , head = '', , delta = '', test = ''] = line.split(',');
    if (name === '' && head !== '' && base === head) unit = base;
    else if (name === 'geomean') means.set(meanKey(runtime, unit), delta);
    else if (test !== '' && name !== '') {
      const p = /^p=(\S+) /.exec(test)?.[1];
      rows.set(name, { base: Number(base), head: Number(head), delta, p: Number(p ?? 0) });
    }
  }
  return { rows, means };
}
