import { calibrationWarnings } from '../judge/calibration.ts';
import { indexCells } from '../judge/cell-index.ts';
import { findingsOf } from '../judge/findings.ts';
import { compareTwoSamples, differenceLevel, type TwoSampleCell } from '../judge/two-sample.ts';
import { cellId } from '../model/cell.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Results } from '../model/results.ts';
import { type Runtime, runtimeLabel } from '../model/runtime.ts';
import type { Warning } from '../model/warning.ts';
import { type ChangeTable, changeTable } from './changes.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';
import { type ComparedCells, comparedCells } from './comparison-cells.ts';
import { packageChanges, packageChangeText } from './package-changes.ts';
import { withPooledMedians } from './pooled-medians.ts';

/** One of two results, by what tells them apart. */
export interface ComparedSide {
  readonly created: string;
  readonly commit: string | null;
  readonly runId: string;
  readonly partial: boolean;
}

/** A runtime of the second results and the runtime of the first that it is compared with. */
export interface RuntimePair {
  readonly base: RuntimeColumn;
  readonly head: RuntimeColumn;
  /** What differs between them, each as "uvloop 0.21.0 → 0.22.1"; empty when they are the same. */
  readonly differences: readonly string[];
}

/** Two results, cell by cell. */
export interface ResultsComparison {
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  readonly pairs: readonly RuntimePair[];
  /** Labels of runtimes that only one side has. */
  readonly onlyBase: readonly string[];
  readonly onlyHead: readonly string[];
  /** Every cell that both measured alike, process by process. */
  readonly cells: ComparedCells;
  /** Every cell of both by its interval, in the order of the second results; a figure of zero leaves none. */
  readonly changes: readonly Change[];
  /** What is found beside the cells, and those that could not be compared. */
  readonly table: ChangeTable;
  readonly warnings: readonly Warning[];
}

/**
 * Compares two results, `base` first. Runtimes pair by identity, then by version, then, when one is left on each side,
 * with each other; what differs between a pair is said.
 *
 * @param level the chance of calling two equal sides of one cell different, in (0, 1)
 */
export function compareResults(base: Results, head: Results, level = differenceLevel): ResultsComparison {
  const pairs = pairRuntimes(base, head);
  const paired = new Set(pairs.flatMap((pair) => [pair.base.runtime.id, pair.head.runtime.id]));
  const aligned = alignRuntimes(base, pairs);
  const index = indexCells(head);
  const cells = withPooledMedians(compareTwoSamples(index, indexCells(aligned), level), { base: aligned, head });
  const found = findingsOf(index, [aligned]);
  const changes = withoutRanked(found.changes, cells);
  const left = (results: Results) => runtimeColumns(results.runtimes).filter(({ runtime }) => !paired.has(runtime.id));
  return {
    base: side(base),
    head: side(head),
    pairs,
    onlyBase: left(base).map(({ label }) => label),
    onlyHead: left(head).map(({ label }) => label),
    cells: comparedCells(
      cells,
      pairs.map((pair) => pair.head),
      level,
    ),
    changes,
    table: changeTable(changes, found),
    warnings: [
      ...pyperfWarnings(base, head),
      ...machineWarnings(base.machine, head.machine),
      { code: 'same-run interval', runs: 1 },
      ...calibrationWarnings(index, [aligned]),
    ],
  };
}

/** Ranks compare figures of zero too, which leave no ratio: such a cell is not said to be not comparable as well. */
function withoutRanked(changes: readonly Change[], cells: readonly TwoSampleCell[]): readonly Change[] {
  const ranked = new Set(cells.map(({ cell }) => cellId(cell)));
  return changes.filter(({ status, cell }) => status !== 'not comparable' || !ranked.has(cellId(cell)));
}

function side({ created, commit, runId, partial }: Results): ComparedSide {
  return { created, commit, runId, partial };
}

function pairRuntimes(base: Results, head: Results): readonly RuntimePair[] {
  const bases = [...runtimeColumns(base.runtimes)];
  const heads = [...runtimeColumns(head.runtimes)];
  const pairs: RuntimePair[] = [];
  const take = (matches: (one: Runtime, other: Runtime) => boolean) => {
    for (const column of [...heads]) {
      const match = bases.find(({ runtime }) => matches(runtime, column.runtime));
      if (match === undefined) continue;
      pairs.push({ base: match, head: column, differences: runtimeDifferences(match.runtime, column.runtime) });
      bases.splice(bases.indexOf(match), 1);
      heads.splice(heads.indexOf(column), 1);
    }
  };
  take((one, other) => one.id === other.id);
  take((one, other) => runtimeLabel(one) === runtimeLabel(other));
  if (bases.length === 1 && heads.length === 1) take(() => true);
  return pairs;
}

function runtimeDifferences(base: Runtime, head: Runtime): readonly string[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['Python', runtimeLabel(base), runtimeLabel(head)],
    ['build', base.build, head.build],
  ];
  const own = pairs.filter(([, one, other]) => one !== other).map(([what, one, other]) => `${what} ${one} → ${other}`);
  return [...own, ...packageChanges(base, head).map(packageChangeText)];
}

/** The first results under the runtime ids of the second, so that their cells meet. */
function alignRuntimes(base: Results, pairs: readonly RuntimePair[]): Results {
  const ids = new Map(pairs.map((pair) => [pair.base.runtime.id, pair.head.runtime.id]));
  const renamed = (id: string) => ids.get(id) ?? id;
  return {
    ...base,
    runtimes: base.runtimes.map((runtime) => ({ ...runtime, id: renamed(runtime.id) })),
    samples: base.samples.map((sample) => ({ ...sample, cell: { ...sample.cell, runtime: renamed(sample.cell.runtime) } })),
  };
}

/** Two files of one name may be told apart by nothing; what would be said twice is said once. */
function pyperfWarnings(...sides: readonly Results[]): readonly Warning[] {
  const said = sides.flatMap(({ warnings }) => warnings.filter(({ code }) => code === 'pyperf file'));
  return [...new Map(said.map((warning) => [JSON.stringify(warning), warning])).values()];
}

function machineWarnings(base: Machine, head: Machine): readonly Warning[] {
  const parts: readonly (readonly [string, string, string])[] = [
    ['runner', base.runnerClass, head.runnerClass],
    ['OS', base.os, head.os],
    ['architecture', base.arch, head.arch],
    ['CPU', base.cpuModel, head.cpuModel],
    ['CPUs', String(base.cpus), String(head.cpus)],
    ['peers’ Python', base.peerPython, head.peerPython],
  ];
  const differing = parts.filter(([, one, other]) => one !== other).map(([what, one, other]) => `${what} ${one} → ${other}`);
  return differing.length === 0 ? [] : [{ code: 'other machine', difference: differing.join(', ') }];
}
