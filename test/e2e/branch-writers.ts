import { setTimeout as delay } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import type { BaselineFiles } from '../../src/baseline/baseline-files.ts';
import { branchFiles } from '../../src/baseline/branch-files.ts';
import { lazyClient } from '../../src/github/client.ts';
import { gitBranch } from '../../src/github/git-branch.ts';
import { seededRandom } from '../../src/stats/random.ts';
import type { GitHub } from '../github/server.ts';

export const branchName = 'concurrency-baselines';

/** A second of waiting takes so many milliseconds in these tests. */
const millisecondsPerSecond = 20;

export interface WriterOptions {
  readonly github: GitHub;
  readonly token: string;
  readonly seed: string;
  readonly branch?: string;
  readonly signal?: AbortSignal;
  /** What happens while this writer waits after an attempt; it waits for random times unless said. */
  readonly meanwhile?: () => Promise<void>;
  /** Lets a test spoil the client. */
  readonly prepare?: (client: Octokit) => void;
}

/** The files of the branch as one job reaches them: with a client, a cache and random numbers of its own. */
export function writer({ github, token, seed, branch = branchName, signal, meanwhile, prepare }: WriterOptions): BaselineFiles {
  const patience = { sleep, random: seededRandom(seed), now: () => Date.now() / 1000, answerSeconds: 30 };
  const client = lazyClient({ token, apiUrl: github.apiUrl }, patience);
  prepare?.(client());
  const repository = { client, owner: 'octo', repo: 'project', signal: signal ?? new AbortController().signal };
  return branchFiles(gitBranch(repository, branch), { ...patience, sleep: meanwhile ?? sleep });
}

async function sleep(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(seconds * millisecondsPerSecond, undefined, { signal });
}

/** Adds a line to a file unless it is there. */
export async function addLine(files: BaselineFiles, name: string, line: string): Promise<void> {
  await files.change(`Add ${line}`, [name], (now) => {
    const lines = (now.get(name) ?? '').split('\n').filter((each) => each !== '');
    return new Map(lines.includes(line) ? [] : [[name, `${[...lines, line].join('\n')}\n`]]);
  });
}
