import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import type { HeldLock } from '../baseline/folder-lock.ts';
import { journalPathOf } from '../baseline/journal-file.ts';
import { writeResultsFile } from '../baseline/results-file.ts';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { type RunPart, screenPart } from '../judge/run-part.ts';
import { readMachineCounters } from '../measure/machine-counters.ts';
import type { Journal } from '../model/journal.ts';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import type { Results } from '../model/results.ts';
import type { Run } from '../model/run.ts';
import { shardCount } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { plannedRounds, type StepBudget, stepBudget } from '../plan/budget.ts';
import { scheduleSeed } from '../plan/seed.ts';
import { type BaseChoice, chooseBase, openBase } from './base.ts';
import { newestRuns, openBaseline, type StoredRuns, storedRuns } from './baseline.ts';
import { type ConfirmRequest, confirmSuspects } from './confirm.ts';
import { type Head, prepareHead } from './head.ts';
import { withJournal } from './journal-lock.ts';
import { leftJournal } from './left-journal.ts';
import { machineWarnings } from './machine-warnings.ts';
import { itemsOfTree } from './pair-sides.ts';
import { planDigest } from './plan-digest.ts';
import { measureHead, type RoundsPlan, resultsBefore, resultsPathOf } from './rounds.ts';
import { pairRules } from './rules.ts';
import { openRunJournal } from './run-journal.ts';
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
 * writes everything into the results file: whoever reports needs no Python and no second look at the machine. Until then
 * it is in the journal beside it; a run that was killed goes on with what its journal has.
 */
export async function measure(prepared: Head, store: BaselineStore): Promise<Measured> {
  const resultsPath = resultsPathOf(prepared);
  const path = journalPathOf(resultsPath);
  return withJournal(path, async (lock) => {
    const plan = await planDigest(prepared, resultsPath);
    const left = await leftJournal({ path, plan, progress: prepared.surroundings.progress });
    return measureInto(resultsPath, { prepared, store, plan, left, lock });
  });
}

interface MeasureRequest {
  readonly prepared: Head;
  readonly store: BaselineStore;
  /** Digest of what is measured; null where it has none. */
  readonly plan: string | null;
  /** What an earlier process left of this run; null for none. */
  readonly left: Journal | null;
  readonly lock: HeldLock;
}

async function measureInto(resultsPath: string, { prepared, store, plan, left, lock }: MeasureRequest): Promise<Measured> {
  const { options, surroundings } = prepared;
  const path = journalPathOf(resultsPath);
  const before = left?.header.results;
  const head = before === undefined ? prepared : { ...prepared, runId: before.runId, created: before.created };
  const choice = await chooseBase(head, await newestRuns(store, head.machine));
  const stored = await storedRuns(store, head, choice);
  const confirms = choice.kind !== 'none';
  // What base cannot find is refused before anything is measured.
  if (confirms) itemsOfTree(options.workloads, head.folder);
  const budget = stepBudget(options['time-budget'], confirms);
  const rounds = left?.header.rounds ?? plannedRounds(options.processes, { screens: stored.runs.length > 0, confirms });
  const seed = before?.seed ?? scheduleSeed(options.seed, head.commit, randomInt(2 ** 32));
  const header = { plan, rounds, cells: head.matrix.cells, results: resultsBefore(head, seed) };
  const journal = openRunJournal({ path, header, left, progress: surroundings.progress });
  try {
    const results = await measureAll(head, { rounds, budgetSeconds: budget.rounds, seed, journal }, { stored, choice, budget });
    await refuseTakenOver(lock, path);
    await writeResultsFile(resultsPath, results);
    journal.remove();
    return { results, baselineRuns: stored.runs, resultsPath };
  } finally {
    journal.close();
  }
}

/** A process that slept for long was taken for dead: what lies there now is another one's. */
async function refuseTakenOver(lock: HeldLock, path: string): Promise<void> {
  if (await lock.isHeld()) return;
  const what = `This run gave no sign of life for so long that another one took ${path}, and its results were not written.`;
  throw new UserError(what, 'Use those of the other one, or start it again when that has ended.');
}

/** What a run is compared with, and the time for all of it. */
interface Against {
  readonly stored: StoredRuns;
  readonly choice: BaseChoice;
  readonly budget: StepBudget;
}

async function measureAll(head: Head, plan: RoundsPlan, { stored, choice, budget }: Against): Promise<Results> {
  const { journal } = plan;
  const compared = (pairs: PairsOfRun) => ({ baseline: stored.choice, pairs, looks: head.options['confirm-pairs'] });
  for (const warning of stored.warnings) journal.append({ kind: 'warning', warning });
  journal.append({ kind: 'comparison', comparison: compared(choice.kind === 'none' ? choice : killedBeforePairs) });
  const machineBefore = readMachineCounters();
  const measured = await measureHead(head, plan);
  const results = { ...measured, warnings: [...measured.warnings, ...stored.warnings, ...journal.warnings] };
  const part = { results, baselineRuns: stored.runs, accepted: stored.choice.accepted };
  const pairs = await pairsOfRun(head, { part, choice, budget, journal, compared });
  const partial = results.partial || isCutShort(head, choice, pairs);
  const warnings = [...results.warnings, ...machineWarnings({ samples: results.samples, pairs, before: machineBefore })];
  return { ...results, warnings, partial, comparison: compared(pairs) };
}

const killedBeforePairs: PairsOfRun = { kind: 'none', pairs: 'asked', reason: 'The run was killed before the first pair.' };

/** Whether the job was cancelled before the pairs that were to be measured had ended. */
function isCutShort({ surroundings: { signal } }: Head, choice: BaseChoice, pairs: PairsOfRun): boolean {
  if (pairs.kind === 'pairs') return pairs.run.series.some(({ outcome }) => outcome.endedBy === 'interrupt');
  return signal.aborted && choice.kind !== 'none' && pairs.kind === 'none';
}

/** Prepares and measures: all that a job does whose results another one reports. */
export async function measureForReport(options: Options, surroundings: Surroundings): Promise<Measured> {
  // Opened first: a store that cannot be had is refused before minutes go into environments.
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const store = openBaseline(options, surroundings, folder);
  return measure(await prepareHead(options, surroundings), store);
}

interface PairsRequest extends Pick<Against, 'choice' | 'budget'>, Pick<ConfirmRequest, 'journal' | 'compared'> {
  readonly part: RunPart;
}

async function pairsOfRun(head: Head, { part, choice, budget, journal, compared }: PairsRequest): Promise<PairsOfRun> {
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
  const limits = { rules: { ...rules, design }, seed: results.seed, budgetSeconds: budget.total };
  const request = { head, screened, ...limits, journal, compared };
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
