import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrashingProject, crashingProject } from './crashing-project.fixture.ts';

let project: CrashingProject;

beforeAll(async () => {
  project = crashingProject();
  const measured = await project.measure({ models: 'sequential', processes: '1' });
  expect(measured.code, measured.stderr).toBe(0);
});
afterAll(() => project[Symbol.dispose]());

function storedRuns(): readonly string[] {
  const folder = project.state('baseline');
  const files = namesIn(folder).filter((name) => name.endsWith('.jsonl'));
  return files.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/"runId":"([^"]+)"/g)].map(([, id]) => id ?? ''));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

it('stores a run once, though it was killed when it had stored it and before it could say so', async () => {
  await project.reportKilledWhen(() => storedRuns().length > 0);
  expect(storedRuns()).toHaveLength(1);
  const again = await project.report();
  expect(again.code, again.stderr).toBe(0);
  expect(new Set(storedRuns()).size).toBe(storedRuns().length);
  expect(storedRuns()).toHaveLength(1);
});
