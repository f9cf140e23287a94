import { describe, expect, it } from 'vitest';
import { startGitHub } from '../github/server.ts';
import { commitsOnBranch } from './branch-race.ts';
import { addLine, branchName, type WriterOptions, writer } from './branch-writers.ts';

/** A repository with a source branch, and a job that may write to it. */
async function begin(options: Partial<WriterOptions> = {}) {
  const github = await startGitHub();
  github.seed.commit({ branch: 'main', files: { 'setup.py': 'x', 'tests/a.py': 'y' } });
  const token = github.token({ contents: 'write' });
  const files = writer({ github, token, seed: 'one', ...options });
  const text = (name: string) => github.repository.fileText(branchName, name);
  const tip = () => github.repository.references.current(`refs/heads/${branchName}`);
  return { github, token, files, text, tip };
}

describe('the first change', () => {
  it('makes the branch without a parent, and says on it what it is', async () => {
    const { github, files, text, tip } = await begin();
    expect(await files.list()).toEqual([]);
    expect(await files.read(['a.jsonl'])).toEqual(new Map());
    await addLine(files, 'a.jsonl', '{"run":1}');
    expect(text('a.jsonl')).toBe('{"run":1}\n');
    expect(text('README.md')).toMatch(/^# Baselines of Concurrency Regressions\n/);
    expect(text('setup.py')).toBeNull();
    const commit = github.repository.objects.commit(tip() ?? '');
    expect(commit).toMatchObject({ parents: [], author: { name: 'github-actions[bot]' }, committer: { name: 'github-actions[bot]' } });
    expect(commit?.message).toBe('Add {"run":1}\n\nWritten: a.jsonl\n');
    expect(await files.list()).toEqual(['a.jsonl']);
    github.log.assertClean();
    await github.close();
  });

  it('is not made by somebody who has nothing to store', async () => {
    const { github, files, tip } = await begin();
    await files.change('nothing', ['a.jsonl'], () => new Map());
    expect(tip()).toBeNull();
    await github.close();
  });
});

describe('a change', () => {
  it('writes, removes and leaves the rest as it is', async () => {
    const { github, files, text } = await begin();
    for (const name of ['a.jsonl', 'b.jsonl', 'c.jsonl']) await addLine(files, name, name);
    await files.change(
      'prune',
      ['a.jsonl', 'b.jsonl'],
      () =>
        new Map([
          ['a.jsonl', 'new\n'],
          ['b.jsonl', null],
        ]),
    );
    expect(await files.list()).toEqual(['a.jsonl', 'c.jsonl']);
    expect(await files.read(['a.jsonl', 'b.jsonl', 'c.jsonl'])).toEqual(
      new Map([
        ['a.jsonl', 'new\n'],
        ['c.jsonl', 'c.jsonl\n'],
      ]),
    );
    expect(text('README.md')).not.toBeNull();
    github.log.assertClean();
    await github.close();
  });

  it('of nothing writes nothing', async () => {
    const { github, files } = await begin();
    await addLine(files, 'a.jsonl', 'one');
    await addLine(files, 'a.jsonl', 'one');
    await files.change(
      'the same',
      ['a.jsonl', 'b.jsonl'],
      (now) =>
        new Map([
          ['a.jsonl', now.get('a.jsonl') ?? ''],
          ['b.jsonl', null],
        ]),
    );
    expect(commitsOnBranch(github)).toBe(1);
    await github.close();
  });

  it('leaves nothing but the introduction, and can begin again', async () => {
    const { github, files, text } = await begin();
    await addLine(files, 'a.jsonl', 'one');
    await files.change('prune', ['a.jsonl'], () => new Map([['a.jsonl', null]]));
    await addLine(files, 'a.jsonl', 'two');
    expect(text('a.jsonl')).toBe('two\n');
    expect(commitsOnBranch(github)).toBe(3);
    await github.close();
  });

  it('must not write what it did not read', async () => {
    const { github, files, tip } = await begin();
    await expect(files.change('blind', ['a.jsonl'], () => new Map([['b.jsonl', 'x']]))).rejects.toThrow(RangeError);
    expect(tip()).toBeNull();
    await github.close();
  });

  it('keeps bytes that are no text as they are', async () => {
    const { github, files, token, tip } = await begin();
    const bytes = Buffer.concat([Buffer.from('{"run":1}\n'), Buffer.from([0xff, 0x00, 0xc3, 0x0a])]);
    await files.change('damaged', ['a.jsonl'], () => new Map([['a.jsonl', `{"run":1}\n${String.fromCharCode(0xdcff, 0, 0xdcc3)}\n`]]));
    await addLine(writer({ github, token, seed: 'other' }), 'a.jsonl', '{"run":2}');
    const entry = github.repository.objects.tree(tip() ?? '')?.find(({ name }) => name === 'a.jsonl');
    expect(github.repository.objects.blob(entry?.sha ?? '')).toEqual(Buffer.concat([bytes, Buffer.from('{"run":2}\n')]));
    await github.close();
  });

  it('reads again what somebody else wrote, and only that', async () => {
    const { github, files, token, text } = await begin();
    await addLine(files, 'a.jsonl', 'one');
    await addLine(writer({ github, token, seed: 'other' }), 'b.jsonl', 'two');
    const blobs = github.log.count('git/get-blob');
    expect(await files.read(['a.jsonl', 'b.jsonl'])).toEqual(
      new Map([
        ['a.jsonl', 'one\n'],
        ['b.jsonl', 'two\n'],
      ]),
    );
    await files.read(['a.jsonl', 'b.jsonl']);
    expect(github.log.count('git/get-blob') - blobs).toBe(2);
    expect(text('b.jsonl')).toBe('two\n');
    await github.close();
  });
});

describe('a branch of somebody else', () => {
  it.each([
    ['source', { 'a.jsonl': 'x\n', 'setup.py': 'y' }, '"setup.py"'],
    ['a folder', { 'src/a.jsonl': 'x\n' }, '"src"'],
    ['a README alone', { 'README.md': '# Project' }, '"README.md"'],
  ])('with %s is not written to', async (_, content, named) => {
    const { github, files, tip } = await begin();
    const before = github.seed.commit({ branch: branchName, parents: [], files: content });
    const failed = addLine(files, 'a.jsonl', 'one');
    await expect(failed).rejects.toThrow(`The branch ${branchName} holds other files (${named}`);
    await expect(failed).rejects.toThrow(/and is no baseline. Name a branch of its own with "baseline-branch"; nothing was written/);
    expect(tip()).toBe(before);
    await github.close();
  });

  it('with more files than GitHub lists is neither read nor written', async () => {
    const { github, files } = await begin();
    github.seed.commit({ branch: branchName, parents: [], files: { 'a.jsonl': 'x', 'b.jsonl': 'y' } });
    github.repository.treeLimit = 1;
    await expect(files.list()).rejects.toThrow(/more files than GitHub lists/);
    await github.close();
  });

  it('that is empty is taken', async () => {
    const { github, files, text } = await begin();
    github.seed.commit({ branch: branchName, parents: [] });
    await addLine(files, 'a.jsonl', 'one');
    expect(text('a.jsonl')).toBe('one\n');
    await github.close();
  });
});

it('refuses a name that is no branch', async () => {
  await expect(begin({ branch: 'a..b' })).rejects.toThrow(/which is no name of a branch/);
});
