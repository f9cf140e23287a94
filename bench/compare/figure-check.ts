import type { ComparedCells } from '../../src/tables/comparison-cells.ts';
import { agreementOf, benchstatDirection, ourDirection } from './agreement.ts';
import { type BenchstatAnswer, type BenchstatRow, meanKey } from './benchstat.ts';
import type { CellValues } from './cell-values.ts';
import { goUnit } from './go-benchmark.ts';
import type { PyperfAnswer } from './pyperf.ts';

/** Up to this many values a side benchstat's test is exact where values tie; ours is to 50. */
const benchstatTiesExactUntil = 25;

/** What the same figures must give in every program. */
export interface FigureCheck {
  /** Medians that were compared, two a cell and program. */
  readonly medians: number;
  /** Of those, how many are the same to the last of their 17 digits. */
  readonly identical: number;
  /** Largest relative difference of the others. */
  readonly farthest: number;
  /** p-values that must be benchstat's. */
  readonly pValues: number;
  /** Those that benchstat approximates and we count out. */
  readonly approximated: number;
  /** One line for each figure that is not what it must be. */
  readonly faults: readonly string[];
}

/** Two medians of the same values differ by the rounding of one interpolation, if at all. */
const roundingOfMedian = 1e-15;

/** Half a unit of the last decimal that is printed, and the rounding of the difference itself. */
const half = (decimals: number) => 0.5 * 10 ** -decimals + 1e-9;

/** Holds our figures against what the other two computed from the same process values. */
export function checkFigures(
  cells: readonly CellValues[],
  { benchstat, pyperf, compared }: { readonly benchstat: BenchstatAnswer; readonly pyperf: PyperfAnswer; readonly compared: ComparedCells },
): FigureCheck {
  const medians = cells.flatMap((cell) => medianPairs(cell, benchstat, pyperf));
  const tested = cells.filter(({ ours }) => 'p' in ours.outcome);
  const distances = medians.map(({ ours, theirs }) => (ours === theirs ? 0 : Math.abs(theirs / ours - 1)));
  return {
    medians: medians.length,
    identical: distances.filter((distance) => distance === 0).length,
    farthest: Math.max(0, ...distances),
    pValues: tested.filter((cell) => !isApproximated(cell)).length,
    approximated: tested.filter(isApproximated).length,
    faults: [
      ...medians.flatMap(({ what, ours, theirs }, index) =>
        (distances[index] ?? 0) <= roundingOfMedian ? [] : [`median of ${what}: ${theirs}, ours ${ours}`],
      ),
      ...cells.flatMap((cell) => rowFaults(cell, benchstat.rows.get(cell.name))),
      ...meanFaults(compared, benchstat),
    ],
  };
}

function medianPairs({ name, ours }: CellValues, benchstat: BenchstatAnswer, pyperf: PyperfAnswer) {
  const stat = benchstat.rows.get(name);
  const perf = pyperf.medians.get(name);
  const pairs: readonly (readonly [string, number | undefined, number])[] = [
    [`${name} before, benchstat`, stat?.base, ours.base.value],
    [`${name} now, benchstat`, stat?.head, ours.head.value],
    [`${name} before, pyperf`, perf?.[0], ours.base.value],
    [`${name} now, pyperf`, perf?.[1], ours.head.value],
  ];
  return pairs.flatMap(([what, theirs, mine]) => (theirs === undefined ? [] : [{ what, theirs, ours: mine }]));
}

function rowFaults(cell: CellValues, row: BenchstatRow | undefined): readonly string[] {
  const { name, ours } = cell;
  if (row === undefined) return [`benchstat says nothing of ${name}`];
  if (!('p' in ours.outcome)) return [];
  const faults: string[] = [];
  if (Math.abs(row.p - ours.outcome.p) > half(3) && !isApproximated(cell)) faults.push(`p of ${name}: ${row.p}, ours ${ours.outcome.p}`);
  const agreement = agreementOf(ourDirection(ours), benchstatDirection(row));
  if (agreement !== 'same' && !isApproximated(cell)) faults.push(`${name}: benchstat says ${row.delta}, ours is ${ours.outcome.kind}`);
  const percent = /^[+-][\d.]+(?=%$)/.exec(row.delta)?.[0];
  const mine = ours.ratio === null ? null : (ours.ratio - 1) * 100;
  if (percent !== undefined && mine !== null && Math.abs(Number(percent) - mine) > half(2)) {
    faults.push(`change of ${name}: ${row.delta}, ours ${mine} %`);
  }
  return faults;
}

/** Whether benchstat leaves the exact distribution where we do not: then p may differ in the third decimal. */
function isApproximated({ base, head }: Pick<CellValues, 'base' | 'head'>): boolean {
  const all = [...base.processes, ...head.processes];
  const most = Math.max(base.processes.length, head.processes.length);
  return most > benchstatTiesExactUntil && new Set(all).size < all.length;
}

/** benchstat makes no geometric mean where a figure is zero, and ours then leaves that cell out. */
function meanFaults({ groups }: ComparedCells, benchstat: BenchstatAnswer): readonly string[] {
  return groups.flatMap(({ column, metric, mean, rows }) => {
    const theirs = benchstat.means.get(meanKey(column.label, goUnit(metric)));
    if (mean === null || theirs === undefined || mean.cells < rows.length) return [];
    const mine = (mean.ratio - 1) * 100;
    const wrong = Math.abs(Number(theirs.replace('%', '')) - mine) > half(2);
    return wrong ? [`geometric mean of ${metric.label}, ${column.label}: ${theirs}, ours ${mine} %`] : [];
  });
}
