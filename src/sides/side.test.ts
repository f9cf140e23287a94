import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { openSides } from './side.ts';

let cwd: string;
const places = () => ({ cwd, environments: '/state/environments', owner: 'nobody' });

beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'trees-')));
  for (const name of ['b', 'a-much-longer-name']) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'what.txt'), name);
  }
});

describe('openSides', () => {
  it('reaches trees of any length by paths of one length, and takes only the links away', async () => {
    const { base, head, close } = await openSides({ base: 'b', head: './a-much-longer-name' }, places());
    expect(base.tree).toBe(join(cwd, 'b'));
    expect(base.link.length).toBe(head.link.length);
    expect(base.environments.length).toBe(head.environments.length);
    expect(base.environments).not.toBe(head.environments);
    expect([base, head].map(({ link }) => readFileSync(join(link, 'what.txt'), 'utf8'))).toEqual(['b', 'a-much-longer-name']);
    await close();
    expect(existsSync(base.link)).toBe(false);
    expect(existsSync(join(base.tree, 'what.txt'))).toBe(true);
  });

  it('takes one tree as both sides', async () => {
    const { base, head, close } = await openSides({ base: 'b', head: 'b' }, places());
    expect(head.tree).toBe(base.tree);
    expect(head.link).not.toBe(base.link);
    await close();
  });

  it.each([
    [{ base: 'none', head: 'b' }, /The base tree .*none does not exist\..*--base/],
    [{ base: 'b', head: 'b/what.txt' }, /The head tree .*what\.txt is not a folder/],
  ])('refuses %j', async (trees, message) => {
    const failed = openSides(trees, places());
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(UserError);
  });
});
