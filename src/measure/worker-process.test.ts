import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { isAbort } from './executor.ts';
import { carriersOf } from './hostile-worker.fixture.ts';
import { breaks, run, sampleFolders } from './misbehaviour.fixture.ts';
import { tailLimit } from './output-tail.ts';

describe('a worker that does not end', () => {
  const timeoutSeconds = 1.5;

  test('hangs', () => breaks('hangs', 'timeout', /^Killed after 1.5 s, after 1 of 3 values, before its end line\.$/, { timeoutSeconds }));

  test('ignores SIGTERM', () => breaks('ignores_sigterm', 'timeout', /^Killed after 1.5 s/, { timeoutSeconds }));

  test('closes its descriptors', () => breaks('closes_descriptors_and_hangs', 'timeout', /^Killed after/, { timeoutSeconds }));

  test('hangs after its end line: what it measured stands', async () => {
    const { sample } = await run('ends_then_hangs', { timeoutSeconds: 20 });
    expect(sample.status).toBe('measured');
  });
});

describe('a worker that floods', () => {
  test('stdout', async () => {
    const { sample } = await breaks('floods_stdout', 'error', /printed more than 16777216 bytes/, { timeoutSeconds: 30 });
    expect(sample.output.length).toBeLessThanOrEqual(tailLimit);
    expect(sample.output).toMatch(/^\| x+$/);
  });

  test('the protocol with lines', () => breaks('floods_protocol', 'protocol', /sent more than 4194304 bytes/, { timeoutSeconds: 30 }));

  test('the protocol with one endless line', () =>
    breaks('floods_one_line', 'protocol', /longer than 65536 bytes/, { timeoutSeconds: 30 }));
});

describe('a worker that dies', () => {
  test('by SIGKILL', () => breaks('dies_by_sigkill', 'crash', /^It died by SIGKILL .*after 0 of 3 values, before its end line\.$/));

  test('by SIGSEGV, with the trace of faulthandler', async () => {
    const { sample } = await breaks('dies_by_sigsegv', 'crash', /^It died by SIGSEGV after 1 of 3 values/);
    expect(sample.output).toContain('| Fatal Python error: Segmentation fault');
  });

  test('with exit code 7 and no end', () => breaks('exits_with_7', 'crash', /^It exited with code 7 after 3 of 3 values/));

  test('with exit code 7 after its end', () => breaks('exits_with_7_after_end', 'crash', /^It exited with code 7 after its end line/));

  test('without a word', () => breaks('exits_silently', 'crash', /^It exited with code 0 before its first line\.$/));

  test('after closing its descriptors', () => breaks('closes_descriptors', 'crash', /^It exited with code 0 after 0 of 3 values/));

  test('before it was born: no such interpreter', () =>
    breaks('honest', 'crash', /could not be started: .*ENOENT/, { executable: '/nowhere/python' }));
});

describe('an interrupt', () => {
  test('kills everything and rejects as an abort, not as a broken sample', async () => {
    const controller = new AbortController();
    const token = randomUUID();
    const pending = run('setsid_and_hangs', { timeoutSeconds: 30, signal: controller.signal, environment: { HOSTILE_TEST: token } });
    await expect.poll(() => carriersOf(token).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    controller.abort();
    await expect(pending).rejects.toSatisfy(isAbort);
    expect(readdirSync(sampleFolders)).toEqual([]);
    expect(carriersOf(token)).toEqual([]);
  });

  test('before the start keeps the process from being started', async () => {
    await expect(run('honest', { signal: AbortSignal.abort() })).rejects.toSatisfy(isAbort);
  });
});
