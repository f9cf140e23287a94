import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { breaks, run, temporaryFile } from './misbehaviour.fixture.ts';

// Every run checks by itself that no process with its token is left.

describe('a worker that hangs', () => {
  const timeoutSeconds = 1.5;

  test('forks children that keep its descriptors', () => breaks('forks_and_hangs', 'timeout', /^Killed after/, { timeoutSeconds }));

  test('has a grandchild in a session of its own', () => breaks('setsid_and_hangs', 'timeout', /^Killed after/, { timeoutSeconds }));

  test('has descendants that fork and exit all the time', async () => {
    const to = temporaryFile();
    await breaks('keeps_forking', 'timeout', /^Killed after/, { timeoutSeconds, params: { to } });
    // Such a process is gone whenever one looks for it; what it does is not.
    const beats = statSync(to).size;
    expect(beats).toBeGreaterThan(1);
    await delay(300);
    expect(statSync(to).size).toBe(beats);
  });

  test('has 200 descendants in sessions of their own', () => breaks('bursts', 'timeout', /^Killed after/, { timeoutSeconds }));
});

describe('a worker that ends and leaves processes behind', () => {
  test('a child that keeps the pipe does not keep the call, and does not survive', async () => {
    const { sample, seconds } = await run('forks_and_ends', { timeoutSeconds: 20 });
    expect(sample.status).toBe('measured');
    expect(seconds).toBeLessThan(10);
  });

  test('a grandchild in a session of its own neither', async () => {
    const { sample, seconds } = await run('setsid_and_ends', { timeoutSeconds: 20 });
    expect(sample.status).toBe('measured');
    expect(seconds).toBeLessThan(10);
  });

  test('nor a daemon of which only the environment is left', async () => {
    const { sample } = await run('daemonizes', { timeoutSeconds: 20 });
    expect(sample.status).toBe('measured');
  });

  test('nor an orphan that dropped its environment', async () => {
    const { sample } = await run('orphan_without_environment', { timeoutSeconds: 20 });
    expect(sample.status).toBe('measured');
  });
});
