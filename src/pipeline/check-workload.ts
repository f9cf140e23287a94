import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import type { Options } from '../config/options.ts';
import { stepBudget } from '../plan/budget.ts';
import { scheduleSeed } from '../plan/seed.ts';
import { checkOf, type WorkloadCheck } from '../tables/workload-check.ts';
import { prepareHead } from './head.ts';
import { measureHead } from './rounds.ts';
import { noJournal } from './run-journal.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one workload file once under every model on every runtime. Writes nothing but the environments. */
export async function checkWorkload(file: string, options: Options, surroundings: Surroundings): Promise<WorkloadCheck> {
  const path = resolve(surroundings.cwd, options['working-directory'], file);
  const once = { ...options, workloads: [path], processes: 1, values: 1 };
  const budgetSeconds = stepBudget(options['time-budget'], false).total;
  const head = await prepareHead(once, surroundings);
  const seed = scheduleSeed(options.seed, head.commit, randomInt(2 ** 32));
  const results = await measureHead(head, { rounds: 1, budgetSeconds, seed, journal: noJournal() });
  return checkOf(results);
}
