import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fromToolCache, interpretersUnderTest, isRunner, missingReleases } from './python-environments.ts';

test('a required release that is not there is missing, and a free-threaded or newer build is no stand-in', () => {
  const gil = [9, 12, 14].map((minor) => ({ minor, freeThreaded: false }));
  expect(missingReleases([...gil, { minor: 13, freeThreaded: true }])).toEqual(['3.11', '3.13']);
  expect(missingReleases([9, 11, 12, 13].map((minor) => ({ minor, freeThreaded: false })))).toEqual([]);
});

test('only a workflow is a runner', () => {
  expect(isRunner({ CI: 'true', GITHUB_ACTIONS: 'true' })).toBe(true);
  expect(isRunner({ CI: 'true' })).toBe(false);
  expect(isRunner({})).toBe(false);
});

test('the tool cache gives what starts as what its folder says, and names the rest', () => {
  const cache = mkdtempSync(join(tmpdir(), 'tool-cache-'));
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
  const real = interpretersUnderTest().find(({ freeThreaded }) => !freeThreaded);
  const place = (version: string) => {
    const bin = join(cache, 'Python', version, 'x64', 'bin');
    mkdirSync(bin, { recursive: true });
    return join(bin, 'python');
  };
  const [right, wrong, broken] = [place(real?.label ?? ''), place('3.99.0'), place('3.99.1')];
  for (const path of [right, wrong]) symlinkSync(real?.executable ?? '', path);
  writeFileSync(broken, '#!/bin/sh\nexit 127\n');
  chmodSync(broken, 0o755);
  const found = fromToolCache({ PATH: '/usr/bin:/bin', RUNNER_TOOL_CACHE: cache });
  expect(found.usable).toEqual([right]);
  expect(found.leftOut.toSorted()).toEqual([wrong, broken]);
  expect(fromToolCache({})).toEqual({ usable: [], leftOut: [] });
});
