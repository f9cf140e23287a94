import { join } from 'node:path';
import type { Options } from '../config/options.ts';
import { baseOfShard, headOfShard } from '../config/shard-choice.ts';
import type { ScreenedCell } from '../judge/baseline-screen.ts';
import { movedFamilies } from '../judge/confirm-family.ts';
import { planSuspects } from '../judge/pair-suspects.ts';
import { type PairRules, pairVerdicts } from '../judge/pair-verdict.ts';
import { ownerTag } from '../measure/program-process.ts';
import { cellId } from '../model/cell.ts';
import type { PairSuspect, SuspectPlan } from '../model/pair-suspect.ts';
import type { PairSeries, PairsOfRun } from '../model/pairs-of-run.ts';
import type { Comparison } from '../model/results.ts';
import type { BothSides } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import type { PreparedRuntimes } from '../runtimes/prepare.ts';
import { openSides, type Sides } from '../sides/side.ts';
import type { BaseRuntimes, OpenBase } from './base.ts';
import type { Head } from './head.ts';
import { measureSeries } from './pair-series.ts';
import { chooseOnBothSides, itemsOfTree, type ReadySide, readySide } from './pair-sides.ts';
import { seriesDigest } from './plan-digest.ts';
import type { RunJournal } from './run-journal.ts';
import type { SeriesJournal } from './series-journal.ts';
import { likeHead, prepareSide, type SideRequest } from './side-runtimes.ts';
import { stateFolder } from './surroundings.ts';

/** What a confirmation is made of. */
export interface ConfirmRequest {
  readonly head: Head;
  readonly screened: readonly ScreenedCell[];
  readonly base: OpenBase;
  readonly rules: PairRules;
  readonly seed: number;
  /** When the whole step must end, in seconds since the run began. */
  readonly budgetSeconds: number;
  readonly journal: RunJournal;
  /** What the results say of these pairs. */
  readonly compared: (pairs: PairsOfRun) => Comparison;
}

/**
 * Measures the suspects of a screen in pairs of base and head. Where a sentinel turns out to have moved, the rest of its
 * family follows as a second confirmation at its own alpha: a movement of the whole family is invisible to the screen.
 */
export async function confirmSuspects(request: ConfirmRequest): Promise<PairsOfRun> {
  const { head, base } = request;
  const began = performance.now();
  const sides = await openSides(
    { base: base.tree, head: head.folder },
    { cwd: head.folder, environments: join(head.folder, stateFolder, 'environments'), owner: ownerTag() },
  );
  try {
    const ready = await readySides(request, sides);
    if (!('head' in ready)) return ready;
    const plan = planSuspects({ base: ready.base.plan, head: ready.head.plan }, base.match);
    const { series, moved } = await measureAll(request, ready, plan);
    const seconds = (performance.now() - began) / 1000;
    return { kind: 'pairs', run: { base: base.description, plan: concerned(plan, request), series, movedFamilies: moved, seconds } };
  } finally {
    await sides.close();
  }
}

/** Both sides, or why base cannot be measured: what does not install there is no verdict on head. */
async function readySides({ head, base }: ConfirmRequest, sides: Sides): Promise<BothSides<ReadySide> | NoPairs> {
  const { options, surroundings, folder, executor, shard } = head;
  const links = { base: sides.base.link, head: sides.head.link };
  const found = await chooseOnBothSides(itemsOfTree(options.workloads, folder), links, surroundings.workloadsFolder);
  const choices = { base: baseOfShard(found.base, found.head, shard), head: headOfShard(found.head, shard) };
  const side = { name: 'base', tree: sides.base.link, environments: sides.base.environments } as const;
  const like = likeHead(head.prepared.runtimes, { options, packages: choices.base.packages });
  const baseOptions: Options = { ...options, ...like.options, ...base.runtimes.options };
  const prepared = await prepareBase({ options: baseOptions, surroundings, folder, side, packages: like.packages }, base.runtimes);
  if (prepared instanceof UserError) return { kind: 'none', pairs: 'asked', reason: `Base could not be made ready: ${prepared.message}` };
  const shared = { options, surroundings, executor };
  return {
    base: await readySide({ ...shared, prepared, choice: choices.base }),
    head: await readySide({ ...shared, prepared: head.prepared, choice: choices.head }),
  };
}

type NoPairs = Extract<PairsOfRun, { readonly kind: 'none' }>;

async function prepareBase(request: SideRequest, { ids }: BaseRuntimes): Promise<PreparedRuntimes | UserError> {
  try {
    const prepared = await prepareSide(request);
    const runtimes = prepared.runtimes.filter(({ runtime }) => ids === null || ids.has(runtime.id));
    if (runtimes.length > 0) return { ...prepared, runtimes };
    return new UserError('The stored runtimes cannot be had here any more.', 'The next run of the base branch stores the new ones.');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function measureAll(request: ConfirmRequest, ready: BothSides<ReadySide>, plan: SuspectPlan) {
  const { screened, rules } = request;
  const wanted = new Set(screened.filter(({ outcome }) => outcome.kind === 'suspect').map(({ id }) => id));
  const suspects = plan.suspects.filter(({ id }) => wanted.has(id));
  const first = await measure({ request, ready, plan, before: [], moved: [] }, suspects);
  const verdicts = new Map([...pairVerdicts({ ...rules, ...first })].map(([id, { verdict }]) => [id, { kind: verdict }]));
  const moved = movedFamilies(
    screened.flatMap((each) => each.screened ?? []),
    verdicts,
  );
  const rest = new Set(screened.filter(({ family, outcome }) => moved.includes(family) && outcome.kind === 'cleared').map(({ id }) => id));
  const others = plan.suspects.filter(({ id }) => rest.has(id));
  if (others.length === 0 || first.outcome.endedBy === 'interrupt') return { series: [first], moved };
  return { series: [first, await measure({ request, ready, plan, before: [first], moved }, others)], moved };
}

/** A series in its place among the others. */
interface SeriesPlace {
  readonly request: ConfirmRequest;
  readonly ready: BothSides<ReadySide>;
  readonly plan: SuspectPlan;
  readonly before: readonly PairSeries[];
  readonly moved: readonly string[];
}

async function measure(place: SeriesPlace, suspects: readonly PairSuspect[]): Promise<PairSeries> {
  const { head, rules, seed, budgetSeconds } = place.request;
  const { executor, surroundings, options, started } = head;
  const outcome = await measureSeries({
    ...{ suspects, ready: place.ready, rules, seed, executor, surroundings, started, budgetSeconds },
    journal: beginSeries(place, suspects),
    values: options.values,
    timeoutSeconds: options.timeout,
  });
  return { suspects, outcome };
}

/** Writes down what is about to be measured, as the results will say it, so that a killed run can be reported on. */
function beginSeries({ request, ready, plan, before, moved }: SeriesPlace, suspects: readonly PairSuspect[]): SeriesJournal {
  const { base, journal, compared } = request;
  const series = [...before, { suspects, outcome: notBegun }].map((each) => ({ suspects: each.suspects, outcome: notBegun }));
  const run = { base: base.description, plan: concerned(plan, request), series, movedFamilies: moved, seconds: 0 };
  return journal.beginSeries({
    ...{ kind: 'series', series: before.length, plan: seriesDigest(request, ready.base, suspects) },
    comparison: compared({ kind: 'pairs', run }),
  });
}

const notBegun: PairSeries['outcome'] = { pairs: new Map(), broken: new Map(), looksTaken: 0, processes: 0, endedBy: 'interrupt' };

/** What the plan says of the cells that were to be measured in pairs, and of those that head lacks. */
function concerned({ suspects, lone, notComparable }: SuspectPlan, { screened }: ConfirmRequest): SuspectPlan {
  const wanted = new Set(screened.filter(({ outcome }) => outcome.kind === 'suspect').map(({ id }) => id));
  return {
    suspects,
    lone: lone.filter(({ cell, lacks }) => lacks === 'head' || wanted.has(cellId(cell))),
    notComparable: notComparable.filter(({ cell }) => wanted.has(cellId(cell))),
  };
}
