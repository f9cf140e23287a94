import { type Shard, shardPlace } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { workloadId } from '../model/workload.ts';
import type { Options } from './options.ts';
import type { WorkloadChoice } from './workload-choice.ts';

/** The options of a shard: what was asked for, on the shard's Python alone. */
export function optionsOfShard(options: Options): Options {
  const { shard } = options;
  return shard === undefined ? options : { ...options, 'python-version': [shardPlace(shard.pythons, shard.index).python] };
}

/**
 * The workloads of head that a shard measures. What is installed stays the same for all shards of a Python, so that they
 * are one runtime.
 *
 * @throws UserError when a workload of the plan is not there: the checkout is another one than the plan's
 */
export function headOfShard(choice: WorkloadChoice, shard: Shard | null): WorkloadChoice {
  if (shard === null) return choice;
  const wanted = new Set(shard.workloads);
  const known = new Set([...choice.chosen.map(({ file }) => file), ...choice.unusable.map(({ file }) => file)].map(workloadId));
  const lost = shard.workloads.filter((id) => !known.has(id));
  if (lost.length > 0) {
    throw new UserError(
      `The plan has ${lost.join(', ')}, and this checkout has no such workload.`,
      'Check out the same commit in all jobs, and give them the same "workloads".',
    );
  }
  return { ...choice, chosen: choice.chosen.filter(({ file }) => wanted.has(workloadId(file))) };
}

/**
 * The workloads of base that a shard looks at: its own, and, for the first shard of a Python, those that head has no more,
 * so that each is missed once.
 *
 * @param head every workload of head, of all shards
 */
export function baseOfShard(choice: WorkloadChoice, head: WorkloadChoice, shard: Shard | null): WorkloadChoice {
  if (shard === null) return choice;
  const ofHead = new Set(head.chosen.map(({ file }) => workloadId(file)));
  const wanted = new Set(shard.workloads);
  const first = shardPlace(shard.pythons, shard.index).part === 1;
  return {
    ...choice,
    chosen: choice.chosen.filter(({ file }) => {
      const id = workloadId(file);
      return wanted.has(id) || (first && !ofHead.has(id));
    }),
  };
}
