import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowRecipes } from '../model/workflow-recipe.ts';
import { isRefName } from '../sides/git.ts';
import { workflowFiles } from './init-workflow.ts';

/** Not an interpolation of ours. */
const opening = '${';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'recipes');
const recipe = (name: string) => readFileSync(join(folder, `${name}.yml`), 'utf8');

/** The filter of the workflow, by a reader of either YAML. */
async function filter(branch: string, version: '1.1' | '1.2' = '1.2'): Promise<unknown> {
  const [file] = await workflowFiles('one-job', branch, folder);
  const { on, true: boolean }: Record<string, { push: { branches: unknown } }> = parse(file?.text ?? '', { version });
  return (on ?? boolean)?.push.branches;
}

describe('workflowFiles', () => {
  it('gives the recipes byte for byte where the branch is theirs, but for the names of files', async () => {
    const texts = await Promise.all(workflowRecipes.map((name) => workflowFiles(name, 'main', folder)));
    expect(texts).toEqual([
      [{ path: '.github/workflows/concurrency.yml', text: recipe('one-job') }],
      [{ path: '.github/workflows/concurrency.yml', text: recipe('matrix') }],
      [
        { path: '.github/workflows/concurrency.yml', text: recipe('fork-measure').replace('fork-report.yml', 'concurrency-report.yml') },
        { path: '.github/workflows/concurrency-report.yml', text: recipe('fork-report') },
      ],
    ]);
  });

  it.each(workflowRecipes)('changes nothing of %s but the branch', async (name) => {
    const [[ours], [theirs]] = await Promise.all([workflowFiles(name, 'trunk', folder), workflowFiles(name, 'main', folder)]);
    expect(ours?.text).toBe(theirs?.text.replace('branches: [main]', 'branches: [trunk]'));
    expect(ours?.text).not.toBe(theirs?.text);
  });

  it.each([
    ["it's", "it's"],
    ['"quoted"', '"quoted"'],
    ['&a', '&a'],
    ['null', 'null'],
    ['3.10', '3.10'],
    ['yes', 'yes'],
    ['0777', '0777'],
    ['a,b', 'a,b'],
    ['{a}', '{a}'],
    ['a#b', 'a#b'],
    ['#1', '#1'],
    [`a${opening}b}`, `a${opening}b}`],
    ['c++', 'c\\+\\+'],
    ['!main', '\\!main'],
    ['a!b', 'a!b'],
    ['größe/😀', 'größe/😀'],
  ])('names the branch %j as the filter %j', async (branch, expected) => {
    expect(await filter(branch)).toEqual([expected]);
    expect(await filter(branch, '1.1')).toEqual([expected]);
  });

  it('names every branch as what it is or refuses it', async () => {
    const branches = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }).filter(isRefName);
    await fc.assert(
      fc.asyncProperty(branches, async (branch) => {
        const found = await filter(branch).catch((error: Error) => error.message);
        if (typeof found === 'string') expect(found).toMatch(/^No workflow can name the branch/);
        else expect(found).toEqual([branch.replaceAll('+', '\\+').replace(/^!/, '\\!')]);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  it.each([
    [`a${opening}{github.token}}`, /No workflow can name the branch "a\$\{\{github\.token\}\}": GitHub takes/],
    ['a\u202eb', /holds a character that cannot be seen/],
    ['a\u0085b', /cannot be seen/],
    ['a\u2028b', /cannot be seen/],
  ])('refuses the branch %j', async (branch, message) => {
    await expect(workflowFiles('one-job', branch, folder)).rejects.toThrow(message);
  });

  it('says what is missing where the recipes are not', async () => {
    await expect(workflowFiles('fork', 'main', '/nowhere')).rejects.toThrow(
      /The recipe fork-\w+\.yml is not at \/nowhere\. Use a complete installation/,
    );
  });
});
