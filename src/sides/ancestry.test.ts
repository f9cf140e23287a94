import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { gitHistory } from './ancestry.ts';
import { commitFiles, git, type RepositoryGround, repositoryGround } from './repository.fixture.ts';

let ground: RepositoryGround;
let full: string;

beforeAll(() => {
  ground = repositoryGround();
  full = ground.full(ground.main);
});
afterAll(() => ground.remove());

const all = { limit: 300 };

describe('gitHistory', () => {
  it('holds the commit and what it was made from, and nothing that came later or beside it', async () => {
    const { fork, base, main, head, lost } = ground;
    const history = await gitHistory(full, base, all);
    expect(history).toMatchObject({ complete: true });
    expect([...(history?.commits ?? [])]).toEqual([base, fork, git(full, 'rev-parse', `${fork}~1`)]);
    for (const other of [main, head, lost]) expect(history?.commits.has(other)).toBe(false);
  });

  it('holds both sides of a merge', async () => {
    const history = await gitHistory(ground.full(ground.merge), ground.merge, all);
    expect(history?.complete).toBe(true);
    for (const commit of [ground.merge, ground.base, ground.head, ground.fork]) expect(history?.commits.has(commit)).toBe(true);
  });

  it('is not complete beyond the limit, and complete at it', async () => {
    const whole = Number(git(full, 'rev-list', '--count', ground.main));
    expect(await gitHistory(full, ground.main, { limit: whole })).toMatchObject({ complete: true });
    const history = await gitHistory(full, ground.main, { limit: whole - 1 });
    expect(history?.complete).toBe(false);
    expect(history?.commits.size).toBe(whole - 1);
  });

  it('reaches as far along the branch itself, whatever was merged into it', async () => {
    const folder = ground.full(ground.base);
    git(folder, 'config', 'user.name', 'a');
    const before = git(folder, 'rev-parse', 'HEAD~1');
    git(folder, 'checkout', '--quiet', '-b', 'busy');
    for (let made = 0; made < 5; made += 1) commitFiles(folder, { 'busy.txt': String(made) });
    git(folder, 'checkout', '--quiet', '--detach', ground.base);
    git(folder, 'merge', '--quiet', '--no-ff', '--message', 'x', 'busy');
    const history = await gitHistory(folder, git(folder, 'rev-parse', 'HEAD'), { limit: 3 });
    expect(history?.complete).toBe(false);
    expect(history?.commits.has(before)).toBe(true);
  });

  it('is not complete in a shallow checkout, and there the commit alone where it is not known', async () => {
    const shallow = ground.shallow(ground.merge);
    expect(await gitHistory(shallow, ground.merge, all)).toEqual({ commits: new Set([ground.merge]), complete: false });
    expect(await gitHistory(shallow, ground.base, all)).toEqual({ commits: new Set([ground.base]), complete: false });
  });

  it('is null outside a checkout, and not where git only does not run', async () => {
    expect(await gitHistory(mkdtempSync(join(ground.root, 'no-checkout-')), ground.main, all)).toBeNull();
    const path = process.env['PATH'];
    process.env['PATH'] = '/nonexistent';
    try {
      expect(await gitHistory(full, ground.main, all)).toEqual({ commits: new Set([ground.main]), complete: false });
    } finally {
      process.env['PATH'] = path;
    }
  });

  it.each(['main', 'HEAD', '--output=/tmp/x', '', `${'a'.repeat(40)}..`, 'A'.repeat(40), `${'a'.repeat(40)}\n`])(
    'refuses %j',
    async (ref) => {
      await expect(gitHistory(full, ref, all)).rejects.toThrow(UserError);
    },
  );

  it('ends with the signal', async () => {
    await expect(gitHistory(full, ground.main, { ...all, signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});
