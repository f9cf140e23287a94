import { describe, expect, it } from 'vitest';
import type { Fault } from '../github/faults.ts';
import { startGitHub } from '../github/server.ts';
import { commitsOnBranch } from './branch-race.ts';
import { addLine, branchName, writer } from './branch-writers.ts';

/** A branch with one line, and a job with these permissions. */
async function begin(permissions: { readonly contents?: 'read' | 'write' } = { contents: 'write' }, signal?: AbortSignal) {
  const github = await startGitHub();
  github.seed.commit({ branch: 'main', files: { 'setup.py': 'x' } });
  await addLine(writer({ github, token: github.token({ contents: 'write' }), seed: 'before' }), 'a.jsonl', 'one');
  const token = github.token(permissions);
  const files = writer({ github, token, seed: 'job', ...(signal === undefined ? {} : { signal }) });
  const text = () => github.repository.fileText(branchName, 'a.jsonl');
  return { github, files, text };
}

const always = Number.POSITIVE_INFINITY;

describe('no answer to the last call', () => {
  const lost: readonly (readonly [string, Fault])[] = [
    ['a reset after it took effect', { kind: 'reset', applied: true }],
    ['500 after it took effect', { kind: 'status', status: 500, applied: true }],
    ['half an answer', { kind: 'truncated' }],
  ];

  it.each(lost)('%s: it is found on the branch and not done twice', async (_, fault) => {
    const { github, files, text } = await begin();
    github.faults.add({ operation: 'git/update-ref', fault });
    await files.change('count', ['a.jsonl'], (now) => new Map([['a.jsonl', `${now.get('a.jsonl')}counted\n`]]));
    expect(text()).toBe('one\ncounted\n');
    expect(commitsOnBranch(github)).toBe(2);
    expect(github.log.count('git/update-ref')).toBe(1);
    github.log.assertClean();
    await github.close();
  });

  it('is found behind what somebody else wrote since', async () => {
    const { github, text } = await begin();
    const token = github.token({ contents: 'write' });
    const other = writer({ github, token, seed: 'other' });
    github.faults.add({ operation: 'git/update-ref', fault: { kind: 'reset', applied: true } });
    const files = writer({ github, token, seed: 'job', meanwhile: () => addLine(other, 'a.jsonl', 'other') });
    await files.change('count', ['a.jsonl'], (now) => new Map([['a.jsonl', `${now.get('a.jsonl')}counted\n`]]));
    expect(text()).toBe('one\ncounted\nother\n');
    expect(github.faults.pending).toEqual([]);
    await github.close();
  });

  it.each([
    ['a reset before', { kind: 'reset', applied: false }],
    ['500 before', { kind: 'status', status: 500 }],
  ] as const)('%s it took effect: it is done', async (_, fault) => {
    const { github, files, text } = await begin();
    github.faults.add({ operation: 'git/update-ref', fault });
    await addLine(files, 'a.jsonl', 'two');
    expect(text()).toBe('one\ntwo\n');
    expect(commitsOnBranch(github)).toBe(2);
    await github.close();
  });

  it('and none to the question what became of it: says so, and never that nothing was written', async () => {
    const { github, files } = await begin();
    github.faults.add({ operation: 'git/update-ref', fault: { kind: 'reset', applied: true } });
    github.faults.add({ operation: 'git/list-matching-refs', after: 1, times: always, fault: { kind: 'status', status: 502 } });
    const failed = addLine(files, 'a.jsonl', 'two');
    await expect(failed).rejects.toThrow(/^GitHub did not answer whether it was written to the branch concurrency-baselines: Add two\. /);
    await expect(failed).rejects.toThrow(/Run the job again: what is there already is not written twice/);
    await github.close();
  });
});

describe('what further attempts do not change', () => {
  it('is a branch that never holds still: says what was not stored', async () => {
    const { github, files, text } = await begin();
    github.faults.add({ operation: 'git/update-ref', times: always, fault: { kind: 'status', status: 409, message: 'Conflict' } });
    const failed = addLine(files, 'a.jsonl', 'two');
    await expect(failed).rejects.toThrow(
      /^Not written to the branch concurrency-baselines after 12 attempts: Add two \(the last one: 409: Conflict/,
    );
    expect(github.log.count('git/update-ref')).toBe(12);
    expect(text()).toBe('one\n');
    await github.close();
  });

  it('is a rule of the repository', async () => {
    const { github, files } = await begin();
    const message = 'Repository rule violations found\n\nCannot update this protected ref.';
    github.faults.add({ operation: 'git/update-ref', fault: { kind: 'status', status: 422, message } });
    await expect(addLine(files, 'a.jsonl', 'two')).rejects.toThrow(
      /A rule of the repository forbids writing .*Cannot update this protected ref/,
    );
    expect(github.log.count('git/update-ref')).toBe(1);
    await github.close();
  });

  it('is a token that may only read, which is told which permission to have', async () => {
    const { github, files, text } = await begin({ contents: 'read' });
    expect(await files.list()).toEqual(['a.jsonl']);
    const failed = addLine(files, 'a.jsonl', 'two');
    await expect(failed).rejects.toThrow(/The token may not write the branch concurrency-baselines of octo\/project \(403/);
    await expect(failed).rejects.toThrow(/"permissions: contents: write"/);
    expect(text()).toBe('one\n');
    await github.close();
  });

  it('is a repository that the token may not see: that is no missing baseline', async () => {
    const { github, files } = await begin({});
    await expect(files.list()).rejects.toThrow(/permissions: contents: read/);
    await github.close();
  });
});

it('an abort ends the wait between two attempts with its reason', async () => {
  const controller = new AbortController();
  const { github, files, text } = await begin({ contents: 'write' }, controller.signal);
  github.faults.add({ operation: 'git/update-ref', times: always, fault: { kind: 'status', status: 409 } });
  setTimeout(() => controller.abort(new Error('stopped by the user')), 60);
  await expect(addLine(files, 'a.jsonl', 'two')).rejects.toThrow('stopped by the user');
  expect(text()).toBe('one\n');
  await github.close();
});

it('does not show its token', async () => {
  const { github, files } = await begin({});
  const told = await files.list().catch((error: unknown) => `${error}${JSON.stringify(error)}`);
  expect(told).toContain('octo/project');
  expect(told).not.toContain('ghs_loopback');
  await github.close();
});
