import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freeDisk, groupProcessesLeft, limitsArgument, missingGuards, sampleLimits } from './sample-limits.ts';

describe('the limits of a sample', () => {
  const limits = sampleLimits('/tmp');

  test('leave this program its share of the machine', () => {
    expect(limits.memory).toBeGreaterThan(0);
    expect(limits.memory).toBeLessThan(totalmem());
    expect(limits.disk).toBeLessThan(freeDisk('/tmp'));
  });

  test('are more than any honest workload takes', () => {
    expect(limits.processes).toBeGreaterThan(2000);
    expect(limits.files).toBeGreaterThan(10_000);
  });

  test('are told to the worker as far as the kernel keeps them', () => {
    expect(limitsArgument({ memory: 1, disk: 2, processes: 3, files: 4 })).toBe('files=0000000000000004,file_bytes=0000000000000002');
  });

  test.each([7.5e22, Number.POSITIVE_INFINITY, 2 ** 60, 3])('are told in one length, in digits alone: %d bytes', (disk) => {
    const argument = limitsArgument({ memory: 1, disk, processes: 3, files: 65_536 });
    expect(argument).toMatch(/^files=\d{16},file_bytes=\d{16}$/);
    expect(Number(argument.split('=').at(-1))).toBe(Math.min(disk, 2 ** 53 - 1));
  });

  test('leave to a group of processes what it has left', () => {
    const folder = mkdtempSync(join(tmpdir(), 'group-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(groupProcessesLeft(folder)).toBe(Number.POSITIVE_INFINITY);
    writeFileSync(join(folder, 'pids.current'), '24\n');
    writeFileSync(join(folder, 'pids.max'), 'max\n');
    expect(groupProcessesLeft(folder)).toBe(Number.POSITIVE_INFINITY);
    writeFileSync(join(folder, 'pids.max'), '1024\n');
    expect(groupProcessesLeft(folder)).toBe(1000);
  });
});

test('a folder that is gone limits nobody', () => {
  expect(freeDisk('/nowhere/at/all')).toBe(Number.POSITIVE_INFINITY);
});

test('only a system without a table of processes lacks guards', () => {
  expect(missingGuards().length > 0).toBe(process.platform !== 'linux');
});
