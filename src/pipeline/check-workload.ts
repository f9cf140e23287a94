import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Options } from '../config/options.ts';
import { stepBudget } from '../plan/budget.ts';
import { renderWorkloadCheck } from '../render/workload-check.ts';
import { checkOf } from '../tables/workload-check.ts';
import { prepareHead } from './head.ts';
import { measureHead } from './rounds.ts';
import type { Surroundings } from './surroundings.ts';

/** What a check found: the text for the reader, and how many faults and gaps. */
export interface CheckOutcome {
  readonly text: string;
  /** Broken or refused, or not checked at all. */
  readonly faults: number;
}

/** Runs one workload file once under every model on every runtime. Writes nothing but the environments. */
export async function checkWorkload(file: string, options: Options, surroundings: Surroundings, width: number): Promise<CheckOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'check-'));
  const path = resolve(surroundings.cwd, options['working-directory'], file);
  try {
    const once = { ...options, workloads: [path], processes: 1, values: 1, results: [join(scratch, 'results.json')] };
    const budgetSeconds = stepBudget(options['time-budget'], false).total;
    const results = await measureHead(await prepareHead(once, surroundings), { rounds: 1, budgetSeconds });
    const check = checkOf(results);
    return { text: renderWorkloadCheck(check, { width }), faults: check.faults + check.unavailable.length + check.unreached };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
