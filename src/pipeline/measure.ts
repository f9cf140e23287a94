import { writeResultsFile } from '../baseline/results-file.ts';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { type RunPart, screenPart } from '../judge/run-part.ts';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import type { Results } from '../model/results.ts';
import type { Run } from '../model/run.ts';
import { shardCount } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { plannedRounds, type StepBudget, stepBudget } from '../plan/budget.ts';
import { type BaseChoice, chooseBase, openBase } from './base.ts';
import { newestRuns, openBaseline, storedRuns } from './baseline.ts';
import { type ConfirmRequest, confirmSuspects } from './confirm.ts';
import { type Head, prepareHead } from './head.ts';
import { itemsOfTree } from './pair-sides.ts';
import { measureHead, resultsPathOf } from './rounds.ts';
import { pairRules } from './rules.ts';
import type { Surroundings } from './surroundings.ts';

/** What one job measured, and where it was written. */
export interface Measured {
  readonly results: Results;
  /** The stored runs that it was compared with, oldest first. */
  readonly baselineRuns: readonly Run[];
  /** Absolute path. */
  readonly resultsPath: string;
}

/**
 * Measures the head in rounds, screens it against the stored baseline, confirms suspects in pairs on this machine, and
 * writes everything into the results file: whoever reports needs no Python and no second look at the machine.
 */
export async function measure(head: Head, store: BaselineStore): Promise<Measured> {
  const { options } = head;
  const choice = await chooseBase(head, await newestRuns(store, head.machine));
  const stored = await storedRuns(store, head, choice);
  const confirms = choice.kind !== 'none';
  // What base cannot find is refused before anything is measured.
  if (confirms) itemsOfTree(options.workloads, head.folder);
  const budget = stepBudget(options['time-budget'], confirms);
  const rounds = plannedRounds(options.processes, { screens: stored.runs.length > 0, confirms });
  const measured = await measureHead(head, { rounds, budgetSeconds: budget.rounds });
  const results = { ...measured, warnings: [...measured.warnings, ...stored.warnings] };
  const part = { results, baselineRuns: stored.runs, accepted: stored.choice.accepted };
  const pairs = await pairsOfRun(head, { part, choice, budget });
  const partial = results.partial || isCutShort(head, choice, pairs);
  const complete = { ...results, partial, comparison: { baseline: stored.choice, pairs, looks: options['confirm-pairs'] } };
  const resultsPath = resultsPathOf(head);
  await writeResultsFile(resultsPath, complete);
  return { results: complete, baselineRuns: stored.runs, resultsPath };
}

/** Whether the job was cancelled before the pairs that were to be measured had ended. */
function isCutShort({ surroundings: { signal } }: Head, choice: BaseChoice, pairs: PairsOfRun): boolean {
  if (pairs.kind === 'pairs') return pairs.run.series.some(({ outcome }) => outcome.endedBy === 'interrupt');
  return signal.aborted && choice.kind !== 'none' && pairs.kind === 'none';
}

/** Prepares and measures: all that a job does whose results another one reports. */
export async function measureForReport(options: Options, surroundings: Surroundings): Promise<Measured> {
  const head = await prepareHead(options, surroundings);
  return measure(head, openBaseline(head.options, surroundings, head.folder));
}

interface PairsRequest {
  readonly part: RunPart;
  readonly choice: BaseChoice;
  readonly budget: StepBudget;
}

async function pairsOfRun(head: Head, { part, choice, budget }: PairsRequest): Promise<PairsOfRun> {
  if (choice.kind === 'none') return choice;
  const { results } = part;
  if (results.partial) {
    const reason = 'The run ended before every cell was measured, so nothing was confirmed. Raise "time-budget".';
    return { kind: 'none', pairs: 'asked', reason };
  }
  const { options } = head;
  const rules = pairRules(options);
  const screened = screenPart(part, {
    thresholds: { rules: options.thresholds, fallback: rules.threshold },
    maxSuspects: options['max-suspects'] ?? null,
    sentinels: true,
  });
  if (!screened.some(({ outcome }) => outcome.kind === 'suspect')) return { kind: 'not needed' };
  const design = stoppingDesign(head, rules.design);
  const request = { head, screened, rules: { ...rules, design }, seed: results.seed, budgetSeconds: budget.total };
  return confirmOrSayWhy(head, choice, request);
}

/** A shard stops at a flag only when it will stand beside whatever the other shards find. */
function stoppingDesign({ shard }: Head, design: ConfirmRequest['rules']['design']) {
  return shard === null || shardCount(shard) === 1 ? design : { ...design, comparisons: shard.cells };
}

type WithBase = Exclude<BaseChoice, { readonly kind: 'none' }>;

/** What was measured so far is worth a report, whatever keeps the pairs from being measured. */
async function confirmOrSayWhy(head: Head, choice: WithBase, request: Omit<ConfirmRequest, 'base'>): Promise<PairsOfRun> {
  try {
    return await confirmWithBase(head, choice, request);
  } catch (error) {
    if (head.surroundings.signal.aborted) return { kind: 'none', pairs: 'asked', reason: 'The run was interrupted before the first pair.' };
    if (error instanceof UserError) return { kind: 'none', pairs: 'asked', reason: error.message };
    throw error;
  }
}

async function confirmWithBase(head: Head, choice: WithBase, request: Omit<ConfirmRequest, 'base'>): Promise<PairsOfRun> {
  const base = await openBase(head, choice);
  if (!base.ok) return { kind: 'none', pairs: 'asked', reason: base.reason };
  try {
    return await confirmSuspects({ ...request, base: base.open });
  } finally {
    await base.open.close();
  }
}
