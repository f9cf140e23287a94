import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseBaselineFile } from '../src/baseline/baseline-file.ts';
import { largestBaselineFile } from '../src/baseline/folder-files.ts';
import { keptRuns } from '../src/baseline/store.ts';
import { contextLine } from '../src/baseline/stored-run-schema.ts';

const root = join(import.meta.dirname, '..', 'docs');
const text = readFileSync(join(root, 'baselines.md'), 'utf8');

describe('docs/baselines.md', () => {
  it('shows a file that can be read, with a line of every kind that runs share', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const lines = parseBaselineFile(example);
    expect(lines.filter(({ status }) => status === 'damaged')).toEqual([]);
    expect(lines.filter(({ status }) => status === 'run')).toHaveLength(1);
    for (const { shape } of contextLine.options) {
      const [kind] = shape.kind.values;
      expect(example).toContain(`"kind":"${kind}"`);
      expect(text).toContain(`\`${kind}\``);
    }
  });

  it('states the limits of the program', () => {
    expect(text).toContain(`The newest ${keptRuns} runs of each file stay`);
    expect(text).toContain(`more than ${largestBaselineFile / 2 ** 20} MB`);
  });

  it('links files that are there', () => {
    for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)\)/g)) expect(() => readFileSync(join(root, link)), link).not.toThrow();
  });
});
