import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
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
  mkdirSync(join(folder, '.github'));
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, '.github', 'ci.yml'), 'python: 3.13\n');
  writeFileSync(join(folder, 'lib.py'), 'x = 1\n');
  writeFileSync(join(folder, 'sub', 'keep'), '');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  commit = git('rev-parse', 'HEAD');
});

describe('differsOnlyInWorkflows', () => {
  it('is true for the same tree and for a changed workflow, from a subfolder too', async () => {
    expect(await differsOnlyInWorkflows(folder, commit, signal)).toBe(true);
    writeFileSync(join(folder, '.github', 'ci.yml'), 'python: 3.14\n');
    expect(await differsOnlyInWorkflows(join(folder, 'sub'), commit, signal)).toBe(true);
  });

  it('is false for changed code, even beside a subfolder, and for what git does not know', async () => {
    writeFileSync(join(folder, 'lib.py'), 'x = 2\n');
    expect(await differsOnlyInWorkflows(join(folder, 'sub'), commit, signal)).toBe(false);
    expect(await differsOnlyInWorkflows(folder, '0'.repeat(40), signal)).toBe(false);
    expect(await differsOnlyInWorkflows(tmpdir(), commit, signal)).toBe(false);
  });
});
