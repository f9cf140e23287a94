import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makerOf, readDocuments, root } from './markdown-documents.ts';

const index = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
const pages = readDocuments().filter(({ file }) => file.startsWith('docs/') && file !== 'docs/README.md');

it('docs/README.md has a row for every page', () => {
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter(({ file }) => !index.includes(`](${file.slice('docs/'.length)})`)).map(({ file }) => file)).toEqual([]);
});

it('docs/README.md names the command that made a page', () => {
  const made = pages.flatMap(({ file, text }) => {
    const maker = makerOf({ file, text });
    return maker === null ? [] : [{ link: `](${file.slice('docs/'.length)})`, maker }];
  });
  expect(made.length).toBeGreaterThan(5);
  const rows = index.split('\n').filter((line) => line.startsWith('| '));
  expect(made.filter(({ link, maker }) => !rows.some((row) => row.includes(link) && row.includes(`\`${maker}\``)))).toEqual([]);
});
