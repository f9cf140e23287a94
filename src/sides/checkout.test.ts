import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BaseRequest, resolveBase } from './base-commit.ts';
import { git, type RepositoryGround, repositoryGround } from './repository.fixture.ts';

let ground: RepositoryGround;
let full: string;

beforeAll(() => {
  ground = repositoryGround();
  full = ground.full(ground.head);
});
afterAll(() => ground.remove());

const resolve = (folder: string, more: Partial<BaseRequest>) => resolveBase({ folder, signal: new AbortController().signal, ...more });

describe('a folder that is no checkout', () => {
  it('is refused', async () => {
    const folder = mkdtempSync(join(ground.root, 'no-checkout-'));
    expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`${folder} is not in a git checkout`),
      remedy: expect.stringContaining('actions/checkout'),
    });
  });

  it('is told from one without a commit', async () => {
    const folder = join(ground.root, 'empty');
    git(ground.root, 'init', '--quiet', folder);
    expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no commit checked out'),
    });
  });

  it('is not taken for the repository whose hook calls', async () => {
    const folder = mkdtempSync(join(ground.root, 'no-checkout-'));
    process.env['GIT_DIR'] = join(full, '.git');
    try {
      expect(await resolve(folder, { baseRef: 'main' })).toMatchObject({ ok: false });
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('is told from a machine without git', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nonexistent';
    try {
      expect(await resolve(full, { baseRef: 'main' })).toMatchObject({ ok: false, remedy: 'Put git on PATH.' });
    } finally {
      process.env['PATH'] = path;
    }
  });
});
