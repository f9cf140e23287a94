import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MachineCounters } from '../model/machine-counters.ts';
import { numberAfter, ownTicks, readMachineCounters, stalledSeconds, throttledSeconds, unnoticed } from './machine-counters.ts';

const isLinux = process.platform === 'linux';

describe('what the kernel writes', () => {
  test('is throttled time in both versions of control groups', () => {
    expect(throttledSeconds('usage_usec 9\nnr_throttled 3\nthrottled_usec 1500000\n')).toBe(1.5);
    expect(throttledSeconds('nr_periods 9\nnr_throttled 3\nthrottled_time 2500000000\n')).toBe(2.5);
    expect(throttledSeconds('usage_usec 9\n')).toBeNull();
  });

  test('is the time in which all waited for memory', () => {
    const pressure = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=9000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=250000\n';
    expect([stalledSeconds(pressure), stalledSeconds('some total=1\n'), stalledSeconds('')]).toEqual([0.25, null, null]);
  });

  test('is a number behind the whole of a word', () => {
    expect(numberAfter('pswpin', 'xpswpin 1\npswpin_x 2\npswpin 3\n')).toBe(3);
    expect(numberAfter('pswpin', 'pswpin many\n')).toBeNull();
  });

  test('is the time of a process whose name is odd, with its children', () => {
    const stat = '77 (a) b) S 1 77 77 0 -1 4194304 9 9 9 9 100 20 30 4 20 0 11 0 500\n';
    expect([ownTicks(stat), ownTicks(''), ownTicks('77 (a) S 1')]).toEqual([154, null, null]);
  });
});

describe.runIf(isLinux)('on this machine', () => {
  test('the counters go on', () => {
    const before = readMachineCounters();
    const until = performance.now() + 100;
    while (performance.now() < until);
    const after = readMachineCounters();
    expect(after.monotonic - before.monotonic).toBeGreaterThanOrEqual(0.1);
    expect(after.processors?.total).toBeGreaterThan(before.processors?.total ?? Number.NaN);
    expect(after.own).toBeGreaterThan(before.own ?? Number.NaN);
  });

  test('a reading costs less than a millisecond of the processor', () => {
    readMachineCounters();
    const began = process.cpuUsage();
    for (let reading = 0; reading < 100; reading += 1) readMachineCounters();
    const { user, system } = process.cpuUsage(began);
    console.log(`a reading: ${((user + system) / 100).toFixed(0)} us`);
    expect((user + system) / 100).toBeLessThan(1000);
  });

  test.runIf(availableParallelism() > 1 && existsSync('/usr/bin/taskset'))('fewer processors are seen', () => {
    const before = readMachineCounters();
    const set = (list: string | null) => execFileSync('taskset', ['-pc', list ?? '0', String(process.pid)], { stdio: 'ignore' });
    onTestFinished(() => {
      set(before.settings.affinity);
    });
    set('0');
    expect([before.settings.affinity === '0', readMachineCounters().settings.affinity]).toEqual([false, '0']);
  });
});

test('only a system without counters says what is not noticed', () => {
  expect(unnoticed().length > 0).toBe(!isLinux);
});

/** A control group with a fiftieth of a processor, or null where none may be made. */
function throttlingGroup(): string | null {
  const [legacy, unified] = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup'];
  const isLegacy = existsSync(join(legacy, 'cgroup.procs'));
  const folder = join(isLegacy ? legacy : unified, `concurrency-regressions-${process.pid}`);
  try {
    mkdirSync(folder);
    if (isLegacy) writeFileSync(join(folder, 'cpu.cfs_quota_us'), '2000');
    else writeFileSync(join(folder, 'cpu.max'), '2000 100000');
    return folder;
  } catch {
    if (existsSync(folder)) rmdirSync(folder);
    return null;
  }
}

const group = throttlingGroup();

test.skipIf(group === null)('a quota that throttles is seen', () => {
  onTestFinished(() => rmdirSync(group ?? ''));
  const program = join(import.meta.dirname, 'throttled-program.fixture.ts');
  const printed = execFileSync(process.execPath, [program, group ?? ''], { encoding: 'utf8' });
  const [before, after]: readonly MachineCounters[] = JSON.parse(printed);
  expect(after?.settings.quota).toContain('2000 100000');
  expect((after?.throttled ?? 0) - (before?.throttled ?? 0)).toBeGreaterThan(0.1);
});
