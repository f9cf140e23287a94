import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './markdown-documents.ts';

const text = readFileSync(join(root, 'docs', 'comparison.md'), 'utf8');

/** The columns after the feature and ours, in this order in every table. */
const peers = ['github-action-benchmark', 'Bencher', 'CodSpeed', 'asv', 'tachometer', 'rustc-perf', 'pyperf'];

interface Row {
  readonly feature: string;
  readonly ours: string;
  readonly theirs: readonly string[];
}

/** The rows of the tables that compare: those with a column for each tool. */
function rowsOf(markdown: string): readonly Row[] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('| '));
  const cells = lines.map((line) => line.slice(2, -2).split(' | '));
  const wide = cells.filter(({ length }) => length === peers.length + 2);
  return wide.flatMap(([feature = '', ours = '', ...theirs]) => (feature === '' || feature === '---' ? [] : [{ feature, ours, theirs }]));
}

/** Addresses of the link definitions, by label. */
function definitionsOf(markdown: string): ReadonlyMap<string, string> {
  return new Map([...markdown.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, label = '', url = '']) => [label, url]));
}

/** What is wrong with our cells: a claim that no test shows. */
function unshown(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ feature, ours }) => {
    const [, word, file = '', title = ''] = /^\[([^\]]+)\]\(\.\.\/(\S+\.test\.ts) "(.+)"\)$/.exec(ours) ?? [];
    if (word === undefined) return ours === 'no' || ours === 'Python' ? [] : [`${feature}: "${ours}" names no test`];
    if (!existsSync(join(root, file))) return [`${feature}: there is no ${file}`];
    return readFileSync(join(root, file), 'utf8').includes(title) ? [] : [`${feature}: ${file} has no test "${title}"`];
  });
}

/** What is wrong with the cells of others: a claim without a source that stays what it is. */
function unsourced(rows: readonly Row[], definitions: ReadonlyMap<string, string>): readonly string[] {
  const lasting = /^https:\/\/(?:github\.com\/[\w.-]+\/[\w.-]+\/blob\/[0-9a-f]{40}\/\S+|codspeed\.io\/docs\/\S+)$/;
  return rows.flatMap(({ feature, theirs }) =>
    theirs.flatMap((cell, index) => {
      const label = /^\[.+\]\[([\w-]+)\]$/.exec(cell)?.[1];
      const url = label === undefined ? undefined : definitions.get(label);
      return url !== undefined && lasting.test(url) ? [] : [`${feature}, ${peers[index]}: ${cell}`];
    }),
  );
}

describe('docs/comparison.md', () => {
  const rows = rowsOf(text);
  const definitions = definitionsOf(text);

  it('has every tool in every table', () => {
    const heads = text.split('\n').filter((line) => line.startsWith('| | ours'));
    expect(heads.length).toBeGreaterThan(2);
    expect(new Set(heads)).toEqual(new Set([`| | ours | ${peers.join(' | ')} |`]));
    expect(rows.length).toBeGreaterThan(25);
  });

  it('names for each claim of ours a test that is there', () => {
    expect(unshown(rows)).toEqual([]);
  });

  it('names for each claim about others a file at a commit, or a page of their documentation', () => {
    expect(unsourced(rows, definitions)).toEqual([]);
  });

  it('defines every source once and uses all of them', () => {
    const labels = [...text.matchAll(/^\[([\w-]+)\]: /gm)].map(([, label = '']) => label);
    expect(labels.length).toBe(definitions.size);
    expect(labels.filter((label) => !text.includes(`][${label}]`))).toEqual([]);
  });

  it('says where others are better, in the tables and after them', () => {
    expect(rows.filter(({ theirs }) => theirs.some((cell) => cell.includes('**better**'))).length).toBeGreaterThan(4);
    expect(text).toMatch(/^## Where others are better$/m);
  });
});

describe('a claim that nothing shows', () => {
  const definitions = new Map([['x', 'https://github.com/owner/name/blob/main/README.md']]);
  const row = (ours: string, theirs = '[no][x]') => ({ feature: 'colour', ours, theirs: [theirs] });

  it('is seen among ours', () => {
    const gone = row('[yes](../test/gone.test.ts "is there")');
    const renamed = row('[yes](../test/architecture.test.ts "no such title")');
    expect(unshown([row('yes'), gone, renamed])).toEqual([
      'colour: "yes" names no test',
      'colour: there is no test/gone.test.ts',
      'colour: test/architecture.test.ts has no test "no such title"',
    ]);
  });

  it('is seen about others: without a source, with one that is not defined, and with one that moves', () => {
    const rows = [row('no', 'no'), row('no', '[no][y]'), row('no')];
    expect(unsourced(rows, definitions)).toHaveLength(3);
  });
});
