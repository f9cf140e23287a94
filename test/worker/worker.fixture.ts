import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { interpretersUnderTest, newestWithLock } from '../python-environments.ts';
import { type Line, workerFolder } from '../worker-process.ts';

/** The folder of the workloads of the worker's own tests. */
export const fixtures = join(workerFolder, 'tests', 'fixtures');

export const fixture = (name: string): string => join(fixtures, `${name}.py`);

export const interpreters = interpretersUnderTest();

/** The one that runs what every version does alike. */
export const newest = newestWithLock(interpreters);

/** Arguments for one value and no warm-up; the model comes after them. */
export const runOnce = ['run', '--values', '1', '--warmups', '0', '--model'];

/** The protocol line that a worker ends with. */
export const last = (lines: readonly Line[]): Line => lines.at(-1) ?? {};

/** The metrics of a value's line. */
export const figures = (line: Line | undefined) => (line?.['metrics'] ?? {}) as Record<string, number>;

/** A workload file in a folder of its own, gone after the test. */
export function ownFile(name: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'own-workload-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `${name}.py`);
  writeFileSync(path, `${source}\n`);
  return path;
}
