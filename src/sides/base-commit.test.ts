import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { type BaseRequest, resolveBase } from './base-commit.ts';
import { git, type RepositoryGround, repositoryGround } from './repository.fixture.ts';

let ground: RepositoryGround;
let full: string;
let fullOfMerge: string;
let shallow: string;

beforeAll(() => {
  ground = repositoryGround();
  full = ground.full(ground.head);
  fullOfMerge = ground.full(ground.merge);
  shallow = ground.shallow(ground.merge);
});
afterAll(() => ground.remove());

const resolve = (folder: string, more: Partial<BaseRequest>) => resolveBase({ folder, signal: new AbortController().signal, ...more });
const pullRequest = () => ({ baseSha: ground.main, headSha: ground.head });
/** The state that a checkout must keep. */
const names = (folder: string) => git(folder, 'show-ref', '--head');

describe('a pull request', () => {
  it.each(['full', 'shallow'])('of which the merge is checked out, in a %s clone: the first parent', async (history) => {
    const folder = history === 'full' ? fullOfMerge : shallow;
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe(String(history === 'shallow'));
    const base = await resolve(folder, { pullRequest: pullRequest() });
    expect(base).toEqual({ ok: true, commit: ground.base, origin: 'first parent of the merge commit', notes: [] });
  });

  it('of which another merge is checked out is not taken for it', async () => {
    const base = await resolve(fullOfMerge, { pullRequest: { baseSha: ground.main, headSha: ground.fork } });
    expect(base).toMatchObject({ commit: ground.base, origin: 'merge base with the base branch' });
  });

  it('of which the tip is checked out: the merge base, by git', async () => {
    const base = await resolve(full, { pullRequest: pullRequest() });
    expect(base).toMatchObject({ commit: ground.fork, origin: 'merge base with the base branch' });
  });

  it('in a shallow clone of its tip: the merge base, by the API', async () => {
    const asked: string[] = [];
    const mergeBaseByApi = async (...commits: string[]) => {
      asked.push(...commits);
      return ground.fork;
    };
    const base = await resolve(ground.shallow(ground.head), { pullRequest: pullRequest(), mergeBaseByApi });
    expect(base).toMatchObject({ commit: ground.fork, origin: expect.stringContaining('as the API tells it') });
    expect(asked).toEqual([ground.main, ground.head]);
  });

  it.each([
    ['without an API', undefined, []],
    ['when the API knows none', async () => null, []],
    ['when the API answers nonsense', async () => 'main', []],
    ['when the API refuses', () => Promise.reject(new UserError('Not allowed.', 'Ask.')), ['Not allowed. Ask.']],
  ])('in a shallow clone of its tip, %s: the base commit of the event, and it says so', async (_, mergeBaseByApi, notes) => {
    const base = await resolve(ground.shallow(ground.head), { pullRequest: pullRequest(), mergeBaseByApi });
    const origin = 'base commit of the pull request, because the merge base is not known';
    expect(base).toEqual({ ok: true, commit: ground.main, origin, notes });
  });

  it('does not take a fault of the program for a refusal of the API', async () => {
    const mergeBaseByApi = () => Promise.reject(new TypeError('a mistake'));
    await expect(resolve(ground.shallow(ground.head), { pullRequest: pullRequest(), mergeBaseByApi })).rejects.toThrow('a mistake');
  });

  it('of which the base branch is checked out is refused: it would be compared with itself', async () => {
    const folder = ground.full(ground.main);
    const base = await resolve(folder, { pullRequest: { baseSha: ground.main, headSha: ground.head } });
    expect(base).toMatchObject({
      ok: false,
      reason: expect.stringContaining('not the pull request'),
      remedy: expect.stringContaining('actions/checkout'),
    });
  });

  it('with a base that is no commit id is refused', async () => {
    const base = await resolve(full, { pullRequest: { baseSha: '--help', headSha: ground.head } });
    expect(base).toMatchObject({ ok: false, reason: expect.stringContaining('"--help"') });
  });
});

describe('a base that the user named', () => {
  it.each([
    ['main', 'fork', 'merge base with main'],
    ['origin/main', 'fork', 'merge base with origin/main'],
    ['refs/heads/main', 'fork', 'merge base with refs/heads/main'],
    ['v1', 'fork', 'merge base with v1'],
    ['feature', 'head', 'merge base with origin/feature'],
    ['HEAD', 'head', 'merge base with HEAD'],
  ] as const)('%s, in a full clone: %s', async (baseRef, expected, origin) => {
    const before = names(full);
    const base = await resolve(full, { baseRef, pullRequest: { baseSha: ground.lost, headSha: ground.lost } });
    expect(base).toEqual({ ok: true, commit: ground[expected], origin, notes: [] });
    expect(names(full)).toBe(before);
  });

  it('may be so many steps back from a name', async () => {
    const parent = git(full, 'rev-parse', 'HEAD~1');
    expect(await resolve(full, { baseRef: 'HEAD~1' })).toEqual({ ok: true, commit: parent, origin: 'merge base with HEAD~1', notes: [] });
  });

  it('is looked for in the history of one branch only, and what is missing is fetched without cutting anything off', async () => {
    const folder = join(ground.root, 'single');
    git(ground.root, 'clone', '--quiet', '--single-branch', '--branch=feature', '--no-tags', `file://${ground.server}`, folder);
    const before = names(folder);
    expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({ commit: ground.fork, origin: 'merge base with origin/main' });
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe('false');
    expect(names(folder)).toBe(before);
  });

  it('in a shallow clone: the merge base, by the API', async () => {
    const mergeBaseByApi = async (base: string, head: string) => (base === 'main' && head === ground.merge ? ground.base : null);
    expect(await resolve(shallow, { baseRef: 'origin/main', mergeBaseByApi })).toMatchObject({
      commit: ground.base,
      origin: 'merge base with main, as the API tells it',
    });
  });

  it.each([
    ['main', 'main'],
    ['v1', 'fork'],
  ] as const)('%s, in a shallow clone without an API: its tip, and it says so; the clone stays as it is', async (baseRef, expected) => {
    const before = names(shallow);
    const base = await resolve(shallow, { baseRef });
    const origin = `tip of origin/${baseRef}: the history is shallow, and the merge base is not known`;
    expect(base).toEqual({ ok: true, commit: ground[expected], origin, notes: [] });
    expect(names(shallow)).toBe(before);
  });

  it('as a commit that a shallow clone lacks: that commit', async () => {
    expect(await resolve(shallow, { baseRef: ground.fork })).toMatchObject({ commit: ground.fork });
  });

  it('that has nothing in common is refused', async () => {
    const folder = ground.full(ground.head);
    git(folder, 'fetch', '--quiet', 'origin', `${ground.lost}:refs/heads/unrelated`);
    expect(await resolve(folder, { baseRef: 'unrelated' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no commit in common with unrelated'),
      remedy: expect.stringContaining('base-ref'),
    });
  });

  it.each([
    ['full', 'none', /no branch, tag or commit "none"/],
    ['shallow', 'none', /no branch, tag or commit "none"/],
    ...[
      '--upload-pack=x',
      'a b',
      'a..b',
      'main~1:x',
      'main^{tree}',
      'a:b',
      '@{1}',
      'a//b',
      '/a',
      'a.lock',
      '.a',
      'a\nb',
      '@',
      'x'.repeat(251),
    ].map((name) => ['full', name, /cannot be the name of/] as const),
  ] as const)('in a %s clone, %j is refused', async (history, baseRef, reason) => {
    expect(await resolve(history === 'full' ? full : shallow, { baseRef })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
      remedy: expect.stringContaining('base-ref'),
    });
  });

  it('of a remote that is gone, or that there is none of, is refused, each with its own remedy', async () => {
    const folder = ground.shallow(ground.merge);
    git(folder, 'remote', 'set-url', 'origin', `file://${ground.root}/none.git`);
    expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({ ok: false, reason: expect.stringContaining('was not reached') });
    git(folder, 'remote', 'remove', 'origin');
    expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('has no remote "origin"'),
    });
  });
});

describe('other events', () => {
  it('take the base of the merge group', async () => {
    expect(await resolve(shallow, { mergeGroupBase: ground.main })).toEqual({
      ok: true,
      commit: ground.main,
      origin: 'base of the merge group',
      notes: [],
    });
    expect(await resolve(shallow, { mergeGroupBase: 'main' })).toMatchObject({ ok: false, reason: expect.stringContaining('"main"') });
  });

  it('without any base are refused', async () => {
    expect(await resolve(full, {})).toMatchObject({ ok: false, remedy: expect.stringContaining('base-ref') });
  });
});

it('hides the credentials of a remote', async () => {
  const folder = ground.shallow(ground.merge);
  git(folder, 'remote', 'set-url', 'origin', 'http://user:secret@127.0.0.1:9/none.git');
  const base = await resolve(folder, { baseRef: 'main' });
  expect(base).toMatchObject({ ok: false, reason: expect.stringContaining('was not reached') });
  expect(JSON.stringify(base)).not.toContain('secret');
});

it('an abort throws its reason', async () => {
  const controller = new AbortController();
  controller.abort(new Error('stopped by the user'));
  await expect(resolve(full, { baseRef: 'main', signal: controller.signal })).rejects.toThrow('stopped by the user');
});
