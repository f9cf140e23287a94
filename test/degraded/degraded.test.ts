import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeResults } from '../../src/baseline/codec.ts';
import { type DegradedCase, degradedCases } from './cases.ts';
import { degradedProject } from './degraded-project.fixture.ts';
import { meansOf } from './machine.ts';

/** Problems with what a run left: a results file that is none, or a draft that was left beside one. */
function problems(folder: string, { given, outcome }: DegradedCase): readonly string[] {
  const path = join(folder, given['results'] ?? join('.concurrency-regressions', 'results.json'));
  const drafts = ['.', '.concurrency-regressions', 'full']
    .flatMap((name) => namesIn(join(folder, name)))
    .filter((name) => name.endsWith('.tmp'));
  if (outcome.kind === 'refused') return existsSync(path) ? [`${path} is there`] : drafts;
  const decoded = decodeResults(readFileSync(path, 'utf8'));
  return decoded.ok ? [...drafts, ...outcome.check(decoded.results)] : [decoded.reason];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function run(degraded: DegradedCase): Promise<void> {
  using project = degradedProject(degraded);
  const { code, stderr } = await project.measure(degraded);
  const { outcome } = degraded;
  expect(stderr).not.toMatch(/^ +at .*\.ts:\d+/m);
  expect(code, stderr).toBe(outcome.kind === 'refused' ? 2 : 0);
  if (outcome.says !== null) expect(stderr).toMatch(outcome.says);
  expect(problems(project.folder, degraded)).toEqual([]);
}

describe('a machine with', () => {
  for (const degraded of degradedCases) {
    const means = meansOf(degraded.lack);
    // Where it cannot be shown that is said, and a runner of ours always can.
    if (means === null && process.env['CI'] !== 'true') it.skip(`${degraded.name} (not shown: no namespaces here)`);
    else it(`${degraded.name} (by ${means ?? 'nothing'})`, () => run(degraded));
  }
});
