import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { chooseOnBothSides, itemsOfTree } from './pair-sides.ts';

let root: string;

function files(folder: string, names: readonly string[]): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of names) writeFileSync(join(root, folder, `${name}.py`), '');
}

async function choose(...items: string[]) {
  const choices = await chooseOnBothSides(items, { base: join(root, 'base'), head: join(root, 'head') }, join(root, 'bundled'));
  const names = ({ chosen }: (typeof choices)['base']) => chosen.map(({ file }) => basename(file, '.py'));
  return { ...choices, names: [names(choices.base), names(choices.head)] };
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'choice-'));
  files('bundled', ['spawn', 'sleep']);
  files('base/bench', ['both', 'gone']);
  files('head/bench', ['both', 'fresh']);
});

describe('chooseOnBothSides', () => {
  it.each([
    [
      ['core'],
      [
        ['sleep', 'spawn'],
        ['sleep', 'spawn'],
      ],
    ],
    [['!spawn'], [['sleep'], ['sleep']]],
    [
      ['bench/*.py'],
      [
        ['both', 'gone'],
        ['both', 'fresh'],
      ],
    ],
    [['bench/fresh.py'], [[], ['fresh']]],
    [
      ['bench/gone.py', 'spawn'],
      [['gone', 'spawn'], ['spawn']],
    ],
    [
      ['bench/fresh.py', '!bench/gone.py'],
      [[], ['fresh']],
    ],
    [
      ['bench/*.py', '!bench/fresh.py'],
      [['both', 'gone'], ['both']],
    ],
  ])('%j is %j in base and in head', async (items, expected) => {
    expect((await choose(...items)).names).toEqual(expected);
  });

  it("takes each side's own file", async () => {
    const { base, head } = await choose('bench/both.py');
    expect([base, head].map(({ chosen }) => chosen[0]?.file)).toEqual(['base', 'head'].map((side) => join(root, side, 'bench', 'both.py')));
  });

  it.each([[['bench/none.py']], [['spam']], [['core', '!bench/none.py']]])('%j, which neither knows, is refused', async (items) => {
    await expect(choose(...items)).rejects.toBeInstanceOf(UserError);
  });
});

describe('itemsOfTree', () => {
  it('tells paths into the tree from its folder and leaves everything else', () => {
    const items = [
      'core',
      '!spawn',
      './bench/a.py',
      'bench/*.py',
      '/tree/bench/b.py',
      '!/tree/bench/c.py',
      '/elsewhere/d.py',
      '/treehouse/e.py',
    ];
    expect(itemsOfTree(items, '/tree')).toEqual([
      'core',
      '!spawn',
      './bench/a.py',
      'bench/*.py',
      './bench/b.py',
      '!./bench/c.py',
      '/elsewhere/d.py',
      '/treehouse/e.py',
    ]);
  });

  it.each([['../bench/a.py'], ['!../bench/a.py'], ['bench/../../a.py']])('refuses %s, which leads out', (item) => {
    expect(() => itemsOfTree([item], '/tree')).toThrow(UserError);
  });
});
