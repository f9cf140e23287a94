import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { differsOnlyInWorkflows } from './workflow-difference.ts';

const { signal } = new AbortController();
let folder: string;
let commit: string;

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { encoding: 'utf8' }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'difference-'));
  git('init', '--quiet');
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, '.github', 'workflows', 'ci.yml'), 'python: 3.13\n');
  writeFileSync(join(folder, 'lib.py'), 'x = 1\n');
  writeFileSync(join(folder, 'sub', 'keep'), '');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  commit = git('rev-parse', 'HEAD');
});

describe('differsOnlyInWorkflows', () => {
  it('is true for the same tree and for a changed workflow, from a subfolder too', async () => {
    expect(await differsOnlyInWorkflows(folder, commit, signal)).toBe(true);
    writeFileSync(join(folder, '.github', 'workflows', 'ci.yml'), 'python: 3.14\n');
    expect(await differsOnlyInWorkflows(join(folder, 'sub'), commit, signal)).toBe(true);
  });

  it('is true beside cached bytecode, false beside a file that git does not know and for other settings', async () => {
    mkdirSync(join(folder, 'sub', '__pycache__'));
    writeFileSync(join(folder, 'sub', '__pycache__', 'lib.pyc'), '');
    expect(await differsOnlyInWorkflows(folder, commit, signal)).toBe(true);
    for (const file of ['new.py', join('.github', 'concurrency.yml')]) {
      writeFileSync(join(folder, file), 'x: 1\n');
      expect(await differsOnlyInWorkflows(folder, commit, signal), file).toBe(false);
      rmSync(join(folder, file));
    }
  });

  it('fetches the commit that a shallow clone lacks', async () => {
    git('commit', '--quiet', '--all', '-m', 'newer Python');
    git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const clone = join(mkdtempSync(join(tmpdir(), 'difference-')), 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${folder}`, clone]);
    expect(await differsOnlyInWorkflows(clone, commit, signal)).toBe(true);
  });

  it('is false for changed code, even beside a subfolder, and for what git does not know', async () => {
    writeFileSync(join(folder, 'lib.py'), 'x = 2\n');
    expect(await differsOnlyInWorkflows(join(folder, 'sub'), commit, signal)).toBe(false);
    expect(await differsOnlyInWorkflows(folder, '0'.repeat(40), signal)).toBe(false);
    expect(await differsOnlyInWorkflows(tmpdir(), commit, signal)).toBe(false);
  });
});
