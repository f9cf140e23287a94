import { describe, expect, it } from 'vitest';
import { baselineStore } from '../../src/baseline/baseline-store.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import { resultsDocument } from '../fixtures/results-document.ts';
import type { Fault } from '../github/faults.ts';
import { type GitHub, startGitHub } from '../github/server.ts';
import { commitsOnBranch } from './branch-race.ts';
import { writer } from './branch-writers.ts';

const { machine, runtimes } = resultsDocument();
const [runtime] = runtimes;
if (runtime === undefined) throw new Error('the fixture has a runtime');
const other = { ...runtime, id: `${runtime.id}+uvloop-0.22.1` };
const run = resultsDocument({ runtimes: [runtime, other] });

const storeAs = (github: GitHub, seed: string) =>
  baselineStore(writer({ github, token: github.token({ contents: 'write' }), seed }), condensedRun);

/** A branch with two files of runs. */
async function begin(): Promise<GitHub> {
  const github = await startGitHub();
  github.seed.commit({ branch: 'main', files: { 'setup.py': 'x' } });
  await storeAs(github, 'before').append([run]);
  return github;
}

const lasting: readonly (readonly [string, Fault, RegExp])[] = [
  [
    'a rate limit (403)',
    { kind: 'rate limit', resetSeconds: 3600 },
    /^GitHub's rate limit was reached .* Run again when it has been lifted/,
  ],
  ['a rate limit (429)', { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 3600 }, /rate limit was reached .*in 3600 s/],
  ['a server that fails (502)', { kind: 'status', status: 502 }, /^GitHub could not give the branch concurrency-baselines .*\(502/],
  ['no network', { kind: 'reset', applied: false }, /^The GitHub API was not reached for the branch concurrency-baselines/],
];

describe.each(lasting)('%s', (_, fault, message) => {
  it.each(['git/list-matching-refs', 'git/get-blob'])('at %s is no damage, and nothing is stored', async (operation) => {
    const github = await begin();
    github.faults.add({ operation, times: Number.POSITIVE_INFINITY, fault });
    await expect(storeAs(github, 'reader').read(machine, runtime)).rejects.toThrow(message);
    await expect(storeAs(github, 'newest').readNewest(null)).rejects.toThrow(message);
    const failed = storeAs(github, 'job').append([{ ...run, runId: 'run-2' }]);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(/Repair or remove/);
    expect(commitsOnBranch(github)).toBe(1);
    await github.close();
  });
});

it('a branch that does not answer is not asked for each of its files', async () => {
  const github = await begin();
  github.faults.add({ operation: 'git/get-blob', times: Number.POSITIVE_INFINITY, fault: { kind: 'rate limit', resetSeconds: 3600 } });
  const before = github.log.count('git/list-matching-refs');
  await expect(storeAs(github, 'newest').readNewest(null)).rejects.toThrow(/rate limit/);
  // Once to list the files and once to read them.
  expect(github.log.count('git/list-matching-refs') - before).toBe(2);
  await github.close();
});
