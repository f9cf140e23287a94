import type { BaselineFiles } from '../../src/baseline/baseline-files.ts';
import { baselineStore } from '../../src/baseline/baseline-store.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import type { Results } from '../../src/model/results.ts';
import { resultsDocument } from '../fixtures/results-document.ts';
import type { GitHub } from '../github/server.ts';
import { branchName, type WriterOptions, writer } from './branch-writers.ts';

/** As many as it takes for no file of the race to have more runs than are kept. */
const runtimeCount = 16;

export interface Race {
  readonly writers: number;
  readonly rounds: number;
  readonly seed: string;
  /** Lets a test spoil the client. */
  readonly prepare?: WriterOptions['prepare'];
  /** Lets a test spoil the store. */
  readonly spoil?: (files: BaselineFiles) => BaselineFiles;
}

export interface RaceOutcome {
  /** Ids of the runs that were to be stored, and of those that are: sorted, so that equal means every run is there, once. */
  readonly runs: readonly string[];
  readonly stored: readonly string[];
  readonly commits: number;
  readonly attempts: number;
  readonly requests: number;
  readonly seconds: number;
}

/** In every round all writers store one run of their own at once, each with a client of its own. */
export async function race(github: GitHub, { writers, rounds, seed, prepare, spoil = (files) => files }: Race): Promise<RaceOutcome> {
  const started = performance.now();
  github.seed.commit({ branch: 'main', files: { 'setup.py': 'x' } });
  const token = github.token({ contents: 'write' });
  const jobs = Array.from({ length: writers }, (_, job) => {
    const files = writer({ github, token, seed: `${seed}: job ${job}`, ...(prepare === undefined ? {} : { prepare }) });
    return baselineStore(spoil(files), condensedRun);
  });
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(jobs.map((store, job) => store.append([runOf(round, job)])));
  }
  const attempts = github.log.count('git/update-ref') + github.log.count('git/create-ref');
  const requests = github.log.requests.length;
  const runs = Array.from({ length: rounds }, (_, round) => jobs.map((_store, job) => runOf(round, job).runId));
  const stored = await storedRuns(writer({ github, token, seed: 'reader' }));
  const seconds = (performance.now() - started) / 1000;
  return { runs: runs.flat().toSorted(), stored, commits: commitsOnBranch(github), attempts, requests, seconds };
}

/** Each file has two writers in a round: some meet in one file, and all on the branch. */
function runOf(round: number, job: number): Results {
  return resultsDocument({
    runId: `${round}-${job}`,
    created: new Date(Date.UTC(2026, 0, 1 + round, job)).toISOString(),
    ...ofRuntime((round + Math.floor(job / 2)) % runtimeCount),
  });
}

function ofRuntime(which: number): Pick<Results, 'runtimes' | 'samples' | 'leftOut'> {
  const { runtimes, samples } = resultsDocument();
  const id = `cpython-3.13.${which}-gil-00000000`;
  return {
    runtimes: runtimes.map((runtime) => ({ ...runtime, id, python: `3.13.${which}` })),
    samples: samples.map((sample) => ({ ...sample, cell: { ...sample.cell, runtime: id } })),
    leftOut: [],
  };
}

/** Ids of all runs on the branch, sorted. */
async function storedRuns(files: BaselineFiles): Promise<readonly string[]> {
  const store = baselineStore(files, condensedRun);
  const { machine } = resultsDocument();
  const ids: string[] = [];
  for (let which = 0; which < runtimeCount; which += 1) {
    for (const runtime of ofRuntime(which).runtimes) {
      const { runs, warnings } = await store.read(machine, runtime);
      if (warnings.length > 0) throw new Error(JSON.stringify(warnings));
      ids.push(...runs.map(({ runId }) => runId));
    }
  }
  return ids.toSorted();
}

/** How many commits the branch has. */
export function commitsOnBranch({ repository: { references, objects } }: GitHub): number {
  let count = 0;
  for (let at = references.current(`refs/heads/${branchName}`); at !== null; at = objects.commit(at)?.parents[0] ?? null) count += 1;
  return count;
}

/** What a race came to, for the log. */
export function raceText({ runs, stored, commits, attempts, requests, seconds }: RaceOutcome): string {
  return `${stored.length} of ${runs.length} runs stored by ${commits} commits in ${attempts} attempts, ${requests} requests, ${seconds.toFixed(1)} s`;
}
