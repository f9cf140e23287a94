import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { commitFiles, git } from '../../src/sides/repository.fixture.ts';
import { at } from './client.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a process of its own says where it is, and at its end what it has', async () => {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitFiles(folder, { 'a.txt': 'a' });
  git(folder, 'checkout', '--quiet', '-b', 'feature');
  const head = commitFiles(folder, { 'a.txt': 'b' });
  const options = ['--import', folder, '--head', 'feature', '--grant', 'pull_requests=write'];
  const child = execa('node', [join(import.meta.dirname, 'serve.ts'), ...options], { preferLocal: true });
  const lines = child.iterable();
  const first = await lines.next();
  const { apiUrl, token, pullRequest, port } = JSON.parse(String(first.value));
  expect(apiUrl).toBe(`http://127.0.0.1:${port}`);
  const { rest } = new Octokit({ auth: token, baseUrl: apiUrl });
  expect((await rest.pulls.get({ ...at, pull_number: pullRequest })).data.head.sha).toBe(head);
  await rest.issues.createComment({ ...at, issue_number: pullRequest, body: 'from outside' });
  child.kill('SIGTERM');
  const last = await lines.next();
  expect(JSON.parse(String(last.value))).toMatchObject({ comments: [{ body: 'from outside' }], checkRuns: [], violations: [] });
  expect((await child).exitCode).toBe(0);
});
