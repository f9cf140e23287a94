import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, onTestFinished } from 'vitest';

import type { Sample } from '../model/sample.ts';
import type { Executor } from './executor.ts';
import { carriersOf, findPython, type HostileOptions, hostileFolder, hostileRequest } from './hostile-worker.fixture.ts';
import { type ProcessExecutorOptions, processExecutor } from './process-executor.ts';

/** A loaded machine may stop us for a while; the promise of 1.5 s is printed against what was taken. */
const slackSeconds = 3;

/** The interpreter that hostile workers run on. */
export const python = findPython();

/** Where the samples of this test file have their folders; empty whenever no worker runs. */
export const sampleFolders = mkdtempSync(join(tmpdir(), 'hostile-'));

afterAll(() => rmSync(sampleFolders, { recursive: true, force: true }));

/** An executor of hostile workers, with an environment of its own if need be. */
export function hostileExecutor(options: Partial<ProcessExecutorOptions> = {}): Executor {
  return processExecutor({ workerFolder: join(hostileFolder, 'worker'), temporaryFolder: sampleFolders, ...options });
}

/** A path for a file that a worker writes, outside the folder of its sample. */
export function temporaryFile(): string {
  const path = join(tmpdir(), `hostile-${randomUUID()}`);
  onTestFinished(() => rmSync(path, { force: true }));
  return path;
}

/** What became of a run, and how long the call took. */
export interface Ran {
  readonly sample: Sample;
  readonly seconds: number;
}

/** Runs one misbehaviour and checks what holds for all of them: in time, no survivor, no folder left. */
export async function run(workload: string, options: Partial<HostileOptions> = {}): Promise<Ran> {
  const token = randomUUID();
  const environment = { HOSTILE_TEST: token, ...options.environment };
  const request = hostileRequest({ ...python, workload, ...options, environment });
  const started = performance.now();
  const sample = await hostileExecutor().run(request);
  const seconds = (performance.now() - started) / 1000;
  // biome-ignore lint/suspicious/noConsole: how long a hostile worker held us is worth reading, and too rough to assert tightly
  console.log(`${workload}: ${sample.status === 'broken' ? `${sample.kind}: ${sample.message}` : 'measured'} [${seconds.toFixed(2)} s]`);
  expect(carriersOf(token)).toEqual([]);
  expect(readdirSync(sampleFolders)).toEqual([]);
  expect(seconds).toBeLessThan(request.timeoutSeconds + 1.5 + slackSeconds);
  return { sample, seconds };
}

/** Runs one misbehaviour and checks the kind and the words of the broken sample. */
export async function breaks(workload: string, kind: string, message: RegExp, options: Partial<HostileOptions> = {}) {
  const { sample, seconds } = await run(workload, options);
  expect(sample).toMatchObject({ status: 'broken', kind, message: expect.stringMatching(message) });
  if (sample.status !== 'broken') throw new Error('not broken');
  return { sample, seconds };
}
