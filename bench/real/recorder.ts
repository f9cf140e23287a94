import { join } from 'node:path';
import { isAbort } from '../../src/measure/executor.ts';
import { UserError } from '../../src/model/user-error.ts';
import type { Progress } from '../../src/terminal/progress.ts';
import { cellName, type RecordedCell } from './cells.ts';
import { type Job, jobKey, jobRounds, type PairCounts } from './jobs.ts';
import { learnAmounts } from './learn-amounts.ts';
import { loadAverage, readTicks, stealShare } from './machine-load.ts';
import { makeReady, type Ready } from './ready.ts';
import { appendLine, dropUnfinished, type PairRecord, readRecord } from './record-file.ts';
import { BrokenProcess, gateOf, processSize, recordedProcess, runPair } from './run-pair.ts';
import { sourcesDigest } from './workload-copies.ts';

/** Broken processes after which a cell gets no further pair. */
const mostBroken = 3;

/** Load average up to which a machine counts as quiet before the first process. */
const quietLoad = 0.5;

/** What to record, and where. */
export interface RecordRequest {
  readonly root: string;
  /** Absolute path of the record. */
  readonly path: string;
  readonly cells: readonly RecordedCell[];
  readonly counts: PairCounts;
  readonly seed: number;
  readonly python: string | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A request with what it is measured with. */
export interface Recording extends RecordRequest {
  readonly ready: Ready;
}

/**
 * Records the pairs that the record lacks. Can be stopped at any pair and started again: what was measured stays.
 *
 * @throws UserError when the record was made by another recipe
 */
export async function recordPairs(request: RecordRequest): Promise<'complete' | 'interrupted'> {
  const ready = await makeReady(request);
  try {
    return await recordWith({ ...request, ready });
  } finally {
    ready.close();
  }
}

/** The same with what was made ready before. */
export async function recordWith(recording: Recording): Promise<'complete' | 'interrupted'> {
  const { path, progress, signal } = recording;
  try {
    const known = readRecord(path);
    beginSitting(recording, known);
    await plantAll(recording, known);
    await recordJobs(recording, known);
    return 'complete';
  } catch (error) {
    if (signal.aborted && isAbort(error)) return 'interrupted';
    throw error;
  } finally {
    progress.end();
  }
}

/** Writes the recipe, or refuses to mix two. */
function beginSitting({ root, path, seed, ready, progress }: Recording, known: PairRecord): void {
  const { machine, runtimes } = ready;
  const { runtime } = runtimes.head;
  const { cpuModel, cpus, memoryBytes, peerPython } = machine;
  const digest = sourcesDigest(join(root, 'workloads'), {
    seed,
    ...processSize,
    runtime: runtime.id,
    cpuModel,
    cpus,
    memoryBytes,
    peerPython,
  });
  if (known.recipe !== null && known.recipe.digest !== digest) {
    throw new UserError(
      `The record ${path} was made by another recipe: another seed, Python, machine, workload or worker.`,
      'Move it away to record anew, or go back to what it was made with; nothing was written.',
    );
  }
  dropUnfinished(path, known);
  if (known.recipe === null) appendLine(path, { line: 'recipe', digest, seed, runtime, machine, ...processSize });
  const load = loadAverage();
  if (load > quietLoad) progress.note(`Load average ${load.toFixed(1)}: whatever else runs here becomes noise of the record`);
  appendLine(path, { line: 'sitting', at: new Date().toISOString(), load });
}

/** Learns the extra work of the cells whose the record does not state, and writes it into the slow trees. */
async function plantAll(recording: Recording, known: PairRecord): Promise<void> {
  const { cells, path, ready, progress } = recording;
  const stated = new Set(known.plantings.map(({ cell }) => cell));
  const missing = cells.filter((cell) => !stated.has(cellName(cell)));
  const onRound = (round: number, rounds: number) =>
    progress.note(`Learning what 10 % is for ${missing.length} cells: round ${round + 1} of ${rounds}`);
  const learned = missing.length === 0 ? [] : await learnAmounts({ ...recording, cells: missing, onRound });
  for (const line of learned) appendLine(path, line);
  const amounts = new Map([...known.plantings, ...learned].map(({ cell, amount }) => [cell, amount]));
  for (const cell of cells) ready.copies.plant(cell, 'slow', amounts.get(cellName(cell)) ?? 0);
}

/** Records the open pairs round by round; those of which a process broke come again afterwards, until their cell is given up. */
async function recordJobs(recording: Recording, known: PairRecord): Promise<void> {
  const { cells, counts, seed } = recording;
  const done = new Set(known.pairs.map(jobKey));
  const faults = new Map<string, number>();
  const addFault = (cell: string) => faults.set(cell, (faults.get(cell) ?? 0) + 1);
  for (const { cell } of known.broken) addFault(cell);
  const rounds = jobRounds({ cells: cells.map(cellName), counts, seed });
  const isOpen = (job: Job) => !done.has(jobKey(job)) && (faults.get(job.cell) ?? 0) < mostBroken;
  const tracker = trackProgress(recording, { left: rounds.flat().filter(isOpen).length, rounds: rounds.length });
  while (rounds.flat().some(isOpen)) {
    for (const [round, jobs] of rounds.entries()) {
      for (const job of jobs.filter(isOpen)) {
        if (await recordJob(recording, job)) done.add(jobKey(job));
        else addFault(job.cell);
        tracker(round, job);
      }
    }
  }
}

/** Measures a pair and adds it to the record; false when a process of it broke, which is noted too. */
async function recordJob(recording: Recording, { cell: name, kind, index, baseFirst }: Job): Promise<boolean> {
  const { cells, path, ready } = recording;
  const cell = cells.find((each) => cellName(each) === name);
  if (cell === undefined) throw new Error(`${name} was scheduled from nothing`);
  const at = new Date().toISOString();
  const [started, before, load] = [performance.now(), readTicks(), loadAverage()];
  try {
    const pair = await runPair(recording, cell, { kind, baseFirst });
    const gate = gateOf(ready, cell);
    const [base, head] = [recordedProcess(pair.base, gate), recordedProcess(pair.head, gate)];
    const circumstances = { at, seconds: (performance.now() - started) / 1000, load, steal: stealShare(before, readTicks()) };
    appendLine(path, { line: 'pair', cell: name, kind, index, first: baseFirst ? 'base' : 'head', ...circumstances, base, head });
    return true;
  } catch (error) {
    if (!(error instanceof BrokenProcess)) throw error;
    appendLine(path, { line: 'broken', cell: name, kind, index, at, side: error.side, message: error.message });
    return false;
  }
}

function trackProgress({ progress }: Recording, { left, rounds }: { readonly left: number; readonly rounds: number }) {
  const started = performance.now();
  let done = 0;
  progress.note(`Recording ${left} pairs`);
  return (round: number, { cell, kind }: Job) => {
    done = Math.min(left, done + 1);
    const seconds = (performance.now() - started) / 1000;
    progress.update({
      done: done * 2,
      planned: left * 2,
      round: round + 1,
      rounds,
      remainingSeconds: ((left - done) * seconds) / done,
      budgetLeftSeconds: ((left - done) * seconds) / done,
      noise: null,
      current: `${cell}, ${kind} pair, load ${loadAverage().toFixed(1)}`,
    });
  };
}
