import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readConfigFile } from '../../src/config/config-file.ts';
import { readOptions } from '../../src/config/options.ts';
import { workflowRecipes } from '../../src/model/workflow-recipe.ts';
import { git } from '../../src/sides/repository.fixture.ts';
import { actionlint, zizmor } from '../workflow-linters.ts';
import { started } from './mini-runner.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');
const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

const pyproject = `[project]
name = "x"
version = "1"
classifiers = ["Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.10"]
`;

/** A folder with a Python package, in git when there is a branch to be on. */
function project(branch: string | null): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'init-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'pyproject.toml'), pyproject);
  if (branch !== null) git(folder, 'init', '--quiet', `--initial-branch=${branch}`);
  return folder;
}

function init(cwd: string, ...args: readonly string[]) {
  return started(cli, { env: environment, cwd, interrupt: undefined }, ['init', ...args]);
}

async function lint(path: string): Promise<readonly unknown[]> {
  return [...(await actionlint(path)), ...(await zizmor(path))];
}

/** Names that git takes and that mean something else to YAML or to a filter. */
const branches = ['main', `it's-"a"`, '&a', '!main', 'null', '3.10', 'c++', 'a,b', '{a}', '#1', "'", `\${x}`, 'größe/😀'];

describe('init', () => {
  it.each(workflowRecipes)('writes a workflow that passes actionlint and zizmor: %s', async (recipe) => {
    const folder = project('main');
    const { code, log } = await init(folder, '--recipe', recipe, '--json');
    expect(code, log).toBe(0);
    const { files }: { files: { path: string; text: string }[] } = JSON.parse(log);
    const workflows = files.filter(({ path }) => path.startsWith('.github/workflows/'));
    expect(workflows).toHaveLength(recipe === 'fork' ? 2 : 1);
    for (const { path, text } of workflows) {
      expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
      expect(await lint(join(folder, path)), path).toEqual([]);
    }
  });

  it.each(branches)('names the branch %j so that linters and git agree', async (branch) => {
    const folder = project(branch);
    const { code, log } = await init(folder);
    expect(code, log).toBe(0);
    const path = join(folder, '.github', 'workflows', 'concurrency.yml');
    const [filter = ''] = parse(readFileSync(path, 'utf8')).on.push.branches;
    expect(filter.replaceAll(/\\([+!])/g, '$1')).toBe(git(folder, 'symbolic-ref', '--short', 'HEAD'));
    expect(await lint(path)).toEqual([]);
  });

  it('writes options that the program reads as they were meant', async () => {
    const folder = project('main');
    await init(folder, '--install', `pip install '.[a]' "b: c" # \${{ x }}`);
    const path = join(folder, '.github', 'concurrency.yml');
    const options = readOptions([{ source: path, given: await readConfigFile(path, true) }]);
    expect(options).toEqual({
      ...readOptions([]),
      ...{ 'python-version': ['3.9', '3.10'], install: `pip install '.[a]' "b: c" # \${{ x }}` },
    });
  });

  it('says what was written and what comes next', async () => {
    const { code, log } = await init(project('main'));
    expect(code, log).toBe(0);
    const words = log.replaceAll(/\s+/g, ' ');
    for (const part of ['2 files written', 'git add .github/workflows/concurrency.yml', 'Open a pull request.', 'The push to main']) {
      expect(words).toContain(part);
    }
  });

  it('shows the files of a dry run and writes none', async () => {
    const folder = project('main');
    const { code, log } = await init(folder, '--dry-run');
    expect(code, log).toBe(0);
    expect(log).toContain("python-version: ['3.9', '3.10']");
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  it('writes nothing over unasked: one message, exit code 2', async () => {
    const folder = project('main');
    const path = join(folder, '.github', 'concurrency.yml');
    await init(folder);
    rmSync(join(folder, '.github', 'workflows'), { recursive: true });
    writeFileSync(path, 'mine: 1\n');
    const { code, log } = await init(folder);
    expect(log).toMatch(/^concurrency-regressions: \.github\/concurrency\.yml is there, and .*--force.*\n$/);
    expect(code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('mine: 1\n');
    expect(existsSync(join(folder, '.github', 'workflows'))).toBe(false);
    expect((await init(folder, '--force')).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('workloads: [core]');
  });

  it.each<[string | null, readonly string[], RegExp]>([
    [null, [], /is not in a git checkout.*git init/],
    [`a\${{b}}`, [], /No workflow can name the branch/],
    ['main', ['--branch', 'x]\non: push'], /is no name of a branch/],
    ['main', ['--recipe', 'two'], /The recipes are one-job, matrix, fork/],
  ])('on %j with %j: one message, exit code 2, nothing written', async (branch, args, message) => {
    const folder = project(branch);
    const { code, log } = await init(folder, ...args);
    expect(log).toMatch(/^concurrency-regressions: [^\n]*\n$/);
    expect(log).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });
});
