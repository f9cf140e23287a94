import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import { fileStore } from '../baseline/file-store.ts';
import { recordNullRun } from '../baseline/null-run-file.ts';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { type ScreenedCell, screenBaseline } from '../judge/baseline-screen.ts';
import { indexCells } from '../judge/cell-index.ts';
import { type FalseAlarmRate, falseAlarmRate, nullRunOf } from '../judge/false-alarm-rate.ts';
import { judgeRun, type PairsOfRun } from '../judge/judge-run.ts';
import type { RunJudgement } from '../judge/run-judgement.ts';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { plannedRounds, type StepBudget, stepBudget } from '../plan/budget.ts';
import { buildReport, type Report } from '../tables/report.ts';
import { type BaseChoice, chooseBase, openBase } from './base.ts';
import { type ConfirmRequest, confirmSuspects } from './confirm.ts';
import { type Head, prepareHead } from './head.ts';
import { itemsOfTree } from './pair-sides.ts';
import { type MeasuredHead, measureHead } from './rounds.ts';
import { gatePolicy, pairRules } from './rules.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';

/** What one run came to. */
export interface RunOutcome extends MeasuredHead {
  readonly report: Report;
  /** Absolute path of what was written. */
  readonly reportPath: string;
}

/** Measures, screens against the stored baseline, confirms suspects in pairs, judges, reports, and stores this run where it may. */
export async function run(options: Options, surroundings: Surroundings, render: (report: Report) => string): Promise<RunOutcome> {
  const head = await prepareHead(options, surroundings);
  const store = fileStore(resolve(head.folder, options['baseline-path']));
  const choice = await chooseBase(head, await store.readNewest(head.machine));
  const baseline = await readBaseline(store, head);
  const confirms = choice.kind !== 'none';
  // What base cannot find is refused before anything is measured.
  if (confirms) itemsOfTree(options.workloads, head.folder);
  const budget = stepBudget(options['time-budget'], confirms);
  const rounds = plannedRounds(options.processes, { screens: baseline.runs.length > 0, confirms });
  const measured = await measureHead(head, { rounds, budgetSeconds: budget.rounds });
  const results = { ...measured.results, warnings: [...measured.results.warnings, ...baseline.warnings] };
  const judgement = await judge(head, results, { baselineRuns: baseline.runs, choice, budget });
  const storesBaseline = mayStore(head) && !results.partial;
  const falseAlarms = options['null-run'] && showsFalseAlarms(judgement) ? { falseAlarms: await remember(head, judgement) } : {};
  const report = buildReport({ results, baselineRuns: baseline.runs, storesBaseline, judgement, ...falseAlarms });
  const reportPath = resolve(head.folder, options['report-path']);
  await writeAtomically(reportPath, render(report));
  if (storesBaseline) await store.append(measured.results);
  return { results, report, resultsPath: measured.resultsPath, reportPath };
}

/** Whether a null run tested something: one that was interrupted or had no base must not lower the rate. */
function showsFalseAlarms({ confirmation }: RunJudgement): boolean {
  return confirmation.kind === 'not needed' || (confirmation.kind === 'pairs' && confirmation.summary.endedBy !== 'interrupt');
}

/** Adds a null run to those remembered beside the project. */
async function remember({ folder, created, commit }: Head, judgement: RunJudgement): Promise<FalseAlarmRate> {
  const path = join(folder, stateFolder, 'null-runs.jsonl');
  return falseAlarmRate(await recordNullRun(path, nullRunOf(judgement, { created, commit })));
}

/** A run that is compared with another tree is of a change, not of the base branch. */
function mayStore({ surroundings: { workflow }, options }: Head): boolean {
  return workflow?.storesBaseline ?? options['base-ref'] === undefined;
}

interface JudgeRequest {
  readonly baselineRuns: readonly Results[];
  readonly choice: BaseChoice;
  readonly budget: StepBudget;
}

async function judge(head: Head, results: Results, { baselineRuns, choice, budget }: JudgeRequest): Promise<RunJudgement> {
  const { options } = head;
  const rules = pairRules(options);
  const index = indexCells(results);
  const usable = baselineRuns.filter((run) => !run.partial && run.runId !== results.runId);
  const screened = screenBaseline({
    index,
    baselineRuns: usable,
    thresholds: { rules: options.thresholds, fallback: rules.threshold },
    seed: results.seed,
    maxSuspects: options['max-suspects'] ?? null,
    sentinels: choice.kind !== 'none',
  });
  const pairs = await pairsOf(head, { screened, choice, partial: results.partial, seed: results.seed, budgetSeconds: budget.total });
  const usesBaseline = options.compare !== 'pairs';
  return judgeRun({
    ...rules,
    ...gatePolicy(options),
    ...{ index, screened, baselineRuns: usable, usesBaseline, pairs, nullRun: options['null-run'] },
  });
}

interface PairsRequest {
  readonly screened: readonly ScreenedCell[];
  readonly choice: BaseChoice;
  /** Whether the rounds ended before every cell had a process. */
  readonly partial: boolean;
  readonly seed: number;
  readonly budgetSeconds: number;
}

async function pairsOf(head: Head, { screened, choice, partial, seed, budgetSeconds }: PairsRequest): Promise<PairsOfRun> {
  if (choice.kind === 'none') return choice;
  if (partial)
    return {
      kind: 'none',
      pairs: 'asked',
      reason: 'The run ended before every cell was measured, so nothing was confirmed. Raise "time-budget".',
    };
  if (!screened.some(({ outcome }) => outcome.kind === 'suspect')) return { kind: 'not needed' };
  try {
    return await inPairs(head, choice, { head, screened, rules: pairRules(head.options), seed, budgetSeconds });
  } catch (error) {
    // What was measured so far is worth a report, whatever keeps the pairs from being measured.
    if (head.surroundings.signal.aborted) return { kind: 'none', pairs: 'asked', reason: 'The run was interrupted before the first pair.' };
    if (error instanceof UserError) return { kind: 'none', pairs: 'asked', reason: error.message };
    throw error;
  }
}

async function inPairs(
  head: Head,
  choice: Exclude<BaseChoice, { readonly kind: 'none' }>,
  request: Omit<ConfirmRequest, 'base'>,
): Promise<PairsOfRun> {
  const base = await openBase(head, choice);
  if (!base.ok) return { kind: 'none', pairs: 'asked', reason: base.reason };
  try {
    return await confirmSuspects({ ...request, base: base.open });
  } finally {
    await base.open.close();
  }
}

async function readBaseline(store: BaselineStore, { options, machine, prepared }: Head) {
  if (options.compare === 'pairs') return { runs: [], warnings: [] };
  const stored = await Promise.all(prepared.runtimes.map(({ runtime }) => store.read(machine, runtime)));
  return { runs: stored.flatMap(({ runs }) => runs), warnings: stored.flatMap(({ warnings }) => warnings) };
}
