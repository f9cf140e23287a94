import { confirmLook, type Decision, type Decisions } from '../judge/confirm.ts';
import type { PairControl } from '../judge/confirm-pairs.ts';
import { type Screened, screen } from '../judge/screen.ts';
import type { ScreenCell } from '../judge/screen-cell.ts';
import { comparableHistory } from '../judge/screen-history.ts';
import { suspectedFromStored } from '../judge/screen-stored-only.ts';
import { defaultThreshold } from '../judge/threshold.ts';
import type { Draws } from './draws.ts';
import { type DrawnPairs, pairSource } from './pairs.ts';
import type { PullRequest } from './pull-request.ts';
import type { SimulatedRun } from './world.ts';

/** Variants of our own rule. */
export interface RuleOptions {
  readonly alpha: number;
  readonly sentinels: boolean;
  readonly control: boolean;
  /** Stored runs given to the screen; 0 measures every cell in pairs. */
  readonly baselineRuns: number;
}

/** What our rule said of one pull request, cells by index. */
export interface Judged {
  readonly regressions: ReadonlySet<number>;
  readonly improvements: ReadonlySet<number>;
  /** Open at the last look. */
  readonly inconclusive: ReadonlySet<number>;
  /** What the stored runs alone would have suspected. */
  readonly suspectedOnly: ReadonlySet<number>;
  readonly suspects: number;
  /** The smallest slowdown, as a share, that the stored runs exclude at 97.5 %, for each cell that they say something of. */
  readonly excluded: readonly number[];
  /** Processes started: the run's own and two a pair. */
  readonly processRuns: number;
  /** Of those: spent on cells that were measured again only as sentinels. */
  readonly sentinelRuns: number;
  /** Pairs of the suspects, by index. */
  readonly pairs: ReadonlyMap<number, number>;
}

/** Screens, confirms and concludes, with the functions that judge real pull requests. */
export function judgePullRequest(pull: PullRequest, options: RuleOptions, draws: Draws): Judged {
  const screened = screen(screenCells(pull, options.baselineRuns), { maxSuspects: null, sentinels: options.sentinels });
  const indexes = new Map(pull.world.cells.map(({ id }, index) => [id, index]));
  const drawn = new Map(screened.flatMap((each) => (each.status === 'suspect' ? [[each.id, emptyPairs(pull, indexes.get(each.id))]] : [])));
  const decisions = confirmAll(pull, drawn, options, draws);
  const ofKind = (kind: Decision['kind']) =>
    new Set([...decisions].flatMap(([id, decision]) => (decision.kind === kind ? [indexes.get(id) ?? -1] : [])));
  const pairs = new Map([...drawn].map(([id, { differences }]) => [indexes.get(id) ?? -1, differences.length]));
  const onlySentinels = new Set(screened.flatMap((each) => (each.status === 'suspect' && each.why === 'sentinel' ? [each.id] : [])));
  const { scenario, cells } = pull.world;
  return {
    regressions: ofKind('regression'),
    improvements: ofKind('improvement'),
    inconclusive: ofKind('open'),
    suspectedOnly: new Set(suspectedOnly(screened, options.alpha).map((id) => indexes.get(id) ?? -1)),
    suspects: drawn.size,
    excluded: screened.flatMap(excludedBy),
    processRuns: cells.length * scenario.processes + 2 * totalOf(pairs.values()),
    sentinelRuns: 2 * totalOf([...pairs].flatMap(([index, count]) => (onlySentinels.has(cells[index]?.id ?? '') ? [count] : []))),
    pairs,
  };
}

function excludedBy(screened: Screened): readonly number[] {
  if (screened.status === 'not judged' || screened.estimate === null) return [];
  return [Math.expm1(screened.estimate.effect + screened.estimate.reach)];
}

function totalOf(counts: Iterable<number>): number {
  return [...counts].reduce((sum, count) => sum + count, 0);
}

function suspectedOnly(screened: readonly Screened[], alpha: number): readonly string[] {
  return suspectedFromStored(screened, { alpha, thresholdOf: () => defaultThreshold }).map(({ id }) => id);
}

function screenCells({ world, stored, head }: PullRequest, baselineRuns: number): readonly ScreenCell[] {
  const values = stored.slice(stored.length - baselineRuns).map((run) => processValues(run, world.scenario));
  const next = processValues(head, world.scenario);
  const runs = stored.slice(stored.length - baselineRuns);
  return world.cells.map(({ id, family }, index) => ({
    id,
    family: family.name,
    threshold: defaultThreshold,
    next: next(index),
    earlier: comparableHistory({
      runs: runs.map(({ cpuModel }, run) => ({ run: `run ${run}`, cpuModel, values: values[run]?.(index) ?? [] })),
      cpuModel: head.cpuModel,
    }),
  }));
}

/** The medians of the processes of a cell, base units. */
function processValues({ inner }: SimulatedRun, size: { readonly processes: number; readonly values: number }) {
  const scratch = new Float64Array(size.values);
  return (cell: number): readonly number[] =>
    Array.from({ length: size.processes }, (_, process) => {
      const at = (cell * size.processes + process) * size.values;
      scratch.set(inner.subarray(at, at + size.values));
      scratch.sort();
      return Math.exp(scratch[size.values >> 1] ?? 0);
    });
}

function emptyPairs({ world }: PullRequest, index: number | undefined): DrawnPairs {
  const cell = world.cells[index ?? -1];
  if (cell === undefined) throw new RangeError(`there is no cell ${index}`);
  return { cell, differences: [], calibration: [] };
}

function confirmAll(pull: PullRequest, drawn: ReadonlyMap<string, DrawnPairs>, options: RuleOptions, draws: Draws): Decisions<Decision> {
  const { cells, scenario } = pull.world;
  const effects = new Map(cells.flatMap((cell, index) => (pull.effects.has(index) ? [[cell, pull.effects.get(index) ?? 0]] : [])));
  const source = pairSource(pull.world, effects, draws);
  const design = { alpha: options.alpha, looks: scenario.looks };
  let decisions: Decisions<Decision> = new Map();
  let measured = 0;
  for (const [look, pairs] of design.looks.entries()) {
    const open = [...drawn].filter(([id]) => (decisions.get(id)?.kind ?? 'open') === 'open').map(([, each]) => each);
    for (; measured < pairs; measured += 1) source.round(open);
    const suspects = [...drawn].map(([id, { differences, calibration }]) => ({
      id,
      threshold: defaultThreshold,
      differences,
      control: controlOf(calibration, options.control),
    }));
    decisions = confirmLook({ suspects, before: decisions, look, design });
  }
  return decisions;
}

function controlOf(differences: readonly number[], on: boolean): PairControl {
  return on ? { kind: 'on', differences } : { kind: 'off', reason: 'left off in this study' };
}
