import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { findPython, foundRuntime } from '../../src/measure/hostile-worker.fixture.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';
import { packageRequirement } from '../../src/runtimes/requirement.ts';
import { dependencies, folderNames, trace, words } from './argument-tricks.ts';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.mjs');
const executor = processExecutor({ workerFolder: join(root, 'workloads', 'worker') });
const python = findPython();

let folder: string;
const folders: string[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'arguments-')));
  folders.push(folder);
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});

/** Describes itself, and writes down what the worker was started with. */
const recorder = `"""Recorder: says what it was started with."""
import json, os, sys
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "argv.json"), "w") as file:
    json.dump(sys.argv[1:], file)
def unit(work, i): return i
def units(work): return 1
def verify(work, results): assert results == [0]
`;

const workloadIn = (name: string) => join(folder, name, 'recorder.py');

/** What a worker whose workload lies in a folder of this name was started with; null where the workload was never loaded. */
async function startedWith(name: string, executable = python.executable): Promise<readonly string[] | null> {
  const file = workloadIn(name);
  mkdirSync(dirname(file));
  writeFileSync(file, recorder);
  await executor.describe({ runtime: foundRuntime({ ...python, executable }), workload: file, timeoutSeconds: 30 });
  const argv = join(dirname(file), 'argv.json');
  return existsSync(argv) ? JSON.parse(readFileSync(argv, 'utf8')) : null;
}

/** What a trick left in the folder, beside what was put there. */
const left = (...known: readonly string[]) => readdirSync(folder).filter((name) => !known.includes(name));

describe('the folder of a workload', () => {
  test.each(folderNames)('%j reaches the worker as it is, and nothing else is started', async (name) => {
    const [ours, harmless] = [await startedWith(name), await startedWith('folder')];
    expect(ours?.slice(0, 5)).toEqual(['describe', '--workload', workloadIn(name), '--fd', '3']);
    expect(ours).toHaveLength(harmless?.length ?? 0);
    expect(left(name, 'folder')).toEqual([]);
  });
});

const sentence = /^concurrency-regressions: [^\n]+\n$/;

const options = () => ({
  cwd: folder,
  env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
  encoding: 'utf8' as const,
  input: '',
});

describe('words at the terminal', () => {
  test.each(words.map((argv) => [argv] as const))('%j are refused in one sentence, and nothing is started or written', (argv) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [cli, ...argv], options());
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('unexpected fault');
    expect(stderr.length).toBeLessThan(1000 + argv.join('').length);
    expect([status, stdout]).toEqual([2, '']);
    expect(left()).toEqual([]);
  });
});

describe('a dependency of a workload', () => {
  test.each(dependencies)('%j is no package, and is never given to an installer', (text) => {
    expect(() => packageRequirement(text)).toThrow(/does not name a package/);
  });
});

describe('the check fires', () => {
  test('for a worker that is started through a shell', async () => {
    const shell = join(folder, 'python-in-a-shell');
    writeFileSync(shell, `#!/bin/sh\neval "${python.executable} $*"\n`);
    chmodSync(shell, 0o755);
    expect(await startedWith(`;cd ${folder};touch ${trace};`.replaceAll('/', '\u2215'), shell)).toBeNull();
  });

  test('for a command line that goes through a shell', () => {
    const caught = words.filter((argv) => {
      spawnSync(`true ${argv.join(' ')}`, { ...options(), shell: true });
      const found = left().length > 0;
      for (const name of left()) rmSync(join(folder, name), { recursive: true });
      return found;
    });
    expect(caught.length).toBeGreaterThan(5);
  });
});
