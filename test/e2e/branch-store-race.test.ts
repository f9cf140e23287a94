import type { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import type { BaselineFiles, FileChanges } from '../../src/baseline/baseline-files.ts';
import { startGitHub } from '../github/server.ts';
import { count } from '../hostile/counts.ts';
import { race, raceText } from './branch-race.ts';

test('eight writers at once, fifty rounds: every run is there, once', { timeout: 600_000 }, async ({ task }) => {
  await using github = await startGitHub();
  const outcome = await race(github, { writers: 8, rounds: 50, seed: 'race' });
  console.log(raceText(outcome));
  count(task, { tried: outcome.runs.length, passed: outcome.stored.length });
  expect(outcome.runs).toHaveLength(400);
  expect(outcome.stored).toEqual(outcome.runs);
  expect(outcome.commits).toBe(400);
  // They did meet.
  expect(outcome.attempts).toBeGreaterThan(600);
  github.log.assertClean();
});

/** A writer that moves the branch wherever it wants. */
function force(client: Octokit): void {
  client.hook.before('request', (options) => {
    if (options.method === 'PATCH') options['force'] = true;
  });
}

/** A writer that repeats what it made of the first state it saw. */
function withoutMerging(files: BaselineFiles): BaselineFiles {
  return {
    ...files,
    change: (summary, names, edit) => {
      let made: FileChanges | undefined;
      return files.change(summary, names, (now, there) => {
        made ??= edit(now, there);
        return made;
      });
    },
  };
}

test.each([
  ['moves the branch by force', { prepare: force }],
  ['does not merge anew', { spoil: withoutMerging }],
])('a writer that %s loses runs, and it shows', async (_, spoilt) => {
  await using github = await startGitHub();
  const outcome = await race(github, { writers: 8, rounds: 3, seed: 'spoilt', ...spoilt });
  console.log(raceText(outcome));
  expect(outcome.stored.length).toBeLessThan(outcome.runs.length);
});
