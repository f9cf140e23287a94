import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { CellValues } from './cell-values.ts';
import { pyperfSuite, type ValuesOfRun } from './pyperf-suite.ts';

/** What pyperf says of one cell. */
export interface PyperfRow {
  /** Whether `compare_to --table` shows it as significant, and which way. */
  readonly verdict: 'slower' | 'faster' | 'no change' | 'not significant';
  /** Ratio of the means as printed, two decimals, "1.07x slower". */
  readonly ratio: string;
  /** Its Student's t, which it prints of significant ones only; or that computing it failed, which it counts as significant. */
  readonly t: number | 'not shown' | 'failed';
}

/** What pyperf says of all cells. */
export interface PyperfAnswer {
  readonly rows: ReadonlyMap<string, PyperfRow>;
  /** Medians of all its values, by name: base and head, all digits. */
  readonly medians: ReadonlyMap<string, readonly [number, number]>;
  /** Its table as a person sees it. */
  readonly text: string;
}

const mediansProgram = `
import json, pyperf, sys
suites = [pyperf.BenchmarkSuite.load(name) for name in sys.argv[1:]]
print(json.dumps({bench.get_name(): [suite.get_benchmark(bench.get_name()).median() for suite in suites] for bench in suites[0]}))
`;

/** Writes both sides into `scratch` and runs `pyperf compare_to` on them: the table, the scores, and the medians by its library. */
export async function runPyperf(
  python: string,
  cells: readonly CellValues[],
  { scratch, values }: { readonly scratch: string; readonly values: ValuesOfRun },
): Promise<PyperfAnswer> {
  const files = (['base', 'head'] as const).map((side) => {
    const file = `${side}-${values.replaceAll(' ', '-')}.json`;
    writeFileSync(join(scratch, file), pyperfSuite(cells, side, values));
    return file;
  });
  const run = async (...arguments_: readonly string[]) => (await execa(python, [...arguments_, ...files], { cwd: scratch })).stdout;
  const text = await run('-m', 'pyperf', 'compare_to', '--table', '--table-format=md');
  const scores = await run('-m', 'pyperf', 'compare_to', '-v');
  const medians: Readonly<Record<string, readonly [number, number]>> = JSON.parse(await run('-c', mediansProgram));
  const names = cells.map(({ name }) => name);
  return { rows: readPyperf(names, text, scores), medians: new Map(Object.entries(medians)), text };
}

/** Reads `compare_to --table --table-format=md` and `compare_to -v` of two files that hold the benchmarks `names`. */
export function readPyperf(names: readonly string[], tableText: string, scoresText: string): ReadonlyMap<string, PyperfRow> {
  const shown = new Map(
    tableText
      .split('\n')
      .map((line) => line.split('|').map((part) => part.trim()))
      .map(([, name = '', , head = '']) => [name, head]),
  );
  const scores = scoresOf(names, scoresText);
  return new Map(
    names.map((name) => {
      const score = scores.get(name);
      if (score === undefined) throw new Error(`pyperf says nothing of ${name}`);
      return [name, { ...score, verdict: verdictOf(shown.get(name)) }];
    }),
  );
}

function verdictOf(shown: string | undefined): PyperfRow['verdict'] {
  if (shown === undefined || shown === 'not significant') return 'not significant';
  if (shown.endsWith('slower')) return 'slower';
  if (shown.endsWith('faster')) return 'faster';
  return 'no change';
}

/** One benchmark alone has no title. */
function scoresOf(names: readonly string[], text: string): ReadonlyMap<string, Pick<PyperfRow, 'ratio' | 't'>> {
  const scores = new Map<string, Pick<PyperfRow, 'ratio' | 't'>>();
  let name = names.length === 1 ? (names[0] ?? '') : '';
  for (const line of text.split('\n')) {
    if (names.includes(line)) name = line;
    const ratio = / -> .*: (\S+x (?:slower|faster)|no change)$/.exec(line)?.[1];
    if (ratio !== undefined) scores.set(name, { ratio, t: 'not shown' });
    const known = scores.get(name);
    const t = scoreOf(line);
    if (known !== undefined && t !== null) scores.set(name, { ...known, t });
  }
  return scores;
}

function scoreOf(line: string): PyperfRow['t'] | null {
  if (line.startsWith('ERROR when testing')) return 'failed';
  const t = /^Significant \(t=(\S+)\)$/.exec(line)?.[1];
  return t === undefined ? null : Number(t);
}
