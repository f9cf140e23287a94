import { expect, test } from 'vitest';
import { seededRandom } from '../../src/stats/random.ts';
import type { Fault, FaultRule } from '../github/faults.ts';
import { startGitHub } from '../github/server.ts';
import { race, raceText } from './branch-race.ts';

/** What GitHub is known to answer in a race, and what a network does. */
const faults: readonly Fault[] = [
  { kind: 'status', status: 409, message: 'Conflict' },
  { kind: 'status', status: 422, message: 'Update is not a fast forward' },
  { kind: 'status', status: 500, applied: false },
  { kind: 'status', status: 500, applied: true },
  { kind: 'status', status: 502, applied: true },
  { kind: 'reset', applied: false },
  { kind: 'reset', applied: true },
  { kind: 'truncated' },
  { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 0 },
  { kind: 'secondary rate limit', status: 403, retryAfterSeconds: 1 },
  { kind: 'rate limit', resetSeconds: 1 },
  { kind: 'slow', milliseconds: 40 },
];

const writes = ['git/update-ref', 'git/create-commit', 'git/create-tree', 'git/create-blob'];
const reads = ['git/list-matching-refs', 'git/get-commit', 'git/get-tree', 'git/get-blob'];

/** Each operation is asked for at least once a run in a race of 400 runs, so that every fault hits. */
const within = 350;

/** A conflict answers a write only; reads meet all the rest. */
function plannedFaults(seed: string): readonly FaultRule[] {
  const random = seededRandom(seed);
  const at = () => Math.floor(random() * within);
  const onMove = faults.flatMap((fault) => Array.from({ length: 8 }, () => ({ operation: 'git/update-ref', after: at(), fault })));
  const onWrites = writes.slice(1).flatMap((operation) => faults.flatMap((fault) => [{ operation, after: at(), fault }]));
  const onReads = reads.flatMap((operation) => faults.slice(2).map((fault) => ({ operation, after: at(), fault })));
  const first = [{ operation: 'git/create-ref', fault: { kind: 'reset', applied: true } as const }];
  return [...first, ...onMove, ...onWrites, ...onReads];
}

test('eight writers, fifty rounds, and a bad network: every run is there, once', { timeout: 600_000 }, async () => {
  await using github = await startGitHub();
  const planned = plannedFaults('faults');
  for (const rule of planned) github.faults.add(rule);
  // Reads of a branch that lag behind what was written to it.
  github.repository.references.lag = 1;
  const outcome = await race(github, { writers: 8, rounds: 50, seed: 'faults' });
  console.log(`${planned.length} faults: ${raceText(outcome)}`);
  expect(github.faults.pending).toEqual([]);
  expect(outcome.stored).toEqual(outcome.runs);
  expect(outcome.commits).toBe(400);
  github.log.assertClean();
});
