import { isAbsolute, normalize, relative } from 'node:path';
import type { Options } from '../config/options.ts';
import { chooseWorkloads, depthOf, refusedOn, type WorkloadChoice } from '../config/workload-choice.ts';
import { findWorkloadFiles, type WorkloadPlaces } from '../config/workload-files.ts';
import type { SidePlan } from '../judge/pair-suspects.ts';
import { describeWorkloads } from '../measure/describe-workloads.ts';
import type { Executor } from '../measure/executor.ts';
import type { BothSides, SideName } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import type { WorkloadDescription } from '../model/workload.ts';
import { planMatrix } from '../plan/matrix.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import type { PreparedRuntimes } from '../runtimes/prepare.ts';
import type { Surroundings } from './surroundings.ts';

/** One side, ready to be measured. */
export interface ReadySide {
  readonly plan: SidePlan;
  readonly prepared: PreparedRuntimes;
  /** Descriptions by runtime id and workload id. */
  readonly described: ReadonlyMap<string, ReadonlyMap<string, WorkloadDescription>>;
}

/** What a side measures when it knows nothing of what was asked for. */
const nothing: WorkloadChoice = { chosen: [], packages: [], unusable: [] };

/**
 * The workload files of each side, found in its own tree. An item that only one tree knows is that side's alone.
 *
 * @throws UserError for an item that neither tree knows
 */
export async function chooseOnBothSides(
  items: readonly string[],
  folders: BothSides<string>,
  bundled: string,
): Promise<BothSides<WorkloadChoice>> {
  const places = { base: { bundled, workingDirectory: folders.base }, head: { bundled, workingDirectory: folders.head } };
  const known = { base: new Set<string>(), head: new Set<string>() };
  for (const item of items) {
    const [inBase, inHead] = await Promise.all([whyUnknown(item, places.base), whyUnknown(item, places.head)]);
    if (inBase !== null && inHead !== null) throw inHead;
    if (inBase === null) known.base.add(item);
    if (inHead === null) known.head.add(item);
  }
  const choose = (side: SideName) => {
    const left = items.filter((item) => known[side].has(item));
    const negated = (item: string) => item.startsWith('!');
    return left.every(negated) && !items.every(negated) ? nothing : chooseWorkloads(left, places[side]);
  };
  return { base: await choose('base'), head: await choose('head') };
}

/**
 * The workloads of head as both sides can look for them: a path that leads into the tree of head is told from its folder,
 * or base would measure head's file.
 *
 * @param folder absolute path of the working directory of head
 * @throws UserError for a path that leads out of the folder step by step: what it means depends on where a tree lies
 */
export function itemsOfTree(items: readonly string[], folder: string): readonly string[] {
  return items.map((item) => (item.includes('/') ? itemOfTree(item, folder) : item));
}

function itemOfTree(item: string, folder: string): string {
  const [negation, path] = item.startsWith('!') ? ['!', item.slice(1)] : ['', item];
  const within = isAbsolute(path) ? relative(folder, path) : normalize(path);
  if (within !== '..' && !within.startsWith('../')) return isAbsolute(path) ? `${negation}./${within}` : item;
  if (isAbsolute(path)) return item;
  throw new UserError(
    `The workload ${item} leads out of ${folder}, so base has no such file.`,
    'Start from a folder that holds it, such as the root of the repository, or give its absolute path to measure one file on both sides.',
  );
}

/** Why no file of a tree is meant by an item of the option `workloads`, or null when there is one. */
async function whyUnknown(item: string, places: WorkloadPlaces): Promise<UserError | null> {
  try {
    await findWorkloadFiles([item.replace(/^!/, '')], places);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** What the workloads of one side are asked with. */
export interface ReadyRequest {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly executor: Executor;
  readonly prepared: PreparedRuntimes;
  readonly choice: WorkloadChoice;
}

/** Asks every runtime of a side what it can measure of that side's workloads. */
export async function readySide({ options, surroundings, executor, prepared, choice }: ReadyRequest): Promise<ReadySide> {
  const { described, refused } = await describeWorkloads({
    executor,
    runtimes: prepared.runtimes,
    files: choice.chosen.map(({ file }) => file),
    timeoutSeconds: options.timeout,
    signal: surroundings.signal,
  });
  const { cells, leftOut } = planMatrix(described, options.models, depthOf(choice.chosen));
  const runtimes = prepared.runtimes.map(({ runtime }) => runtime);
  const unusable = refusedOn(prepared.runtimes, choice.unusable);
  return {
    plan: {
      runtimes,
      workloads: recordedWorkloads(described),
      cells,
      leftOut,
      refused: [...unusable, ...refused],
      unavailable: prepared.unavailable,
    },
    prepared,
    described: new Map(described.map(({ runtime, workloads }) => [runtime.id, new Map(workloads.map((each) => [each.id, each]))])),
  };
}
