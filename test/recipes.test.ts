import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readRecipes, recipesFolder, unlinkedRecipes, usedActions } from '../scripts/recipes.ts';
import { readOptions } from '../src/config/options.ts';
import { artifactName } from '../src/plan/artifact-name.ts';
import { actionlint, zizmor } from './workflow-linters.ts';
import { silencedRules, silencedWithoutReason, unexplainedPermissions } from './workflow-rules.ts';

const root = join(import.meta.dirname, '..');
const recipes = readRecipes();
const ours = 'concurrency-regressions/concurrency-regressions';
const action: { inputs: Record<string, unknown>; outputs: Record<string, unknown> } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/** Expressions that the recipes hold. */
const temporary = `\${{ runner.temp }}`;
const artifactOfShard = `\${{ matrix.artifact }}`;

interface Job {
  readonly name: string;
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly if?: string; readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

function jobsOf(workflow: string): readonly Job[] {
  const { jobs }: { jobs: Record<string, Job> } = parse(workflow);
  return Object.values(jobs);
}

/** A recipe with one change, as a file. */
function changed(file: string, from: string | RegExp, to: string): string {
  const text = recipes.find((recipe) => recipe.file === file)?.text ?? '';
  expect(text).toMatch(from);
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, file), text.replace(from, to));
  return join(folder, file);
}

describe.each(recipes)('$file', ({ file, text }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(join(recipesFolder, file))).toEqual([]);
  });

  it('passes zizmor at its strictest', async () => {
    expect(await zizmor(join(recipesFolder, file))).toEqual([]);
  });

  it('silences a rule only where it would speak, and says why', async () => {
    expect(silencedWithoutReason(text)).toEqual([]);
    const spoken = await zizmor(join(recipesFolder, file), { ignores: false });
    const silenced = silencedRules(text);
    expect(silenced.map(({ rule }) => rule).toSorted()).toEqual(spoken.map(({ rule }) => rule).toSorted());
  });

  it('gives no permission to the workflow as a whole and ends every job in time', () => {
    const workflow: { permissions: unknown; jobs: Record<string, Record<string, unknown>> } = parse(text);
    expect(workflow.permissions).toEqual({});
    expect(unexplainedPermissions(text)).toEqual([]);
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      expect(job['permissions'], name).toBeDefined();
    }
  });

  it('writes to the repository in no job that a pull request starts', () => {
    for (const job of jobsOf(text).filter(({ permissions }) => permissions['contents'] === 'write')) {
      expect(job.if, job.name).toContain("github.event_name != 'pull_request'");
    }
  });

  it('stores without a check, by what was accepted on what was merged', () => {
    const jobs = jobsOf(text).filter(({ permissions }) => permissions['contents'] === 'write');
    expect(jobs).toHaveLength(file === 'fork-report.yml' ? 0 : 1);
    for (const { permissions, steps } of jobs) {
      expect(permissions).toEqual({ contents: 'write', 'pull-requests': 'read' });
      expect(steps.at(-1)?.with).toMatchObject({ 'check-run': false });
    }
  });

  it('sends a merge queue the check that it waits for', () => {
    const workflow: { on: Record<string, unknown> } = parse(text);
    const reporting = jobsOf(text).filter(({ permissions, if: when }) => {
      return permissions['checks'] === 'write' && when?.includes("github.event_name == 'merge_group'");
    });
    expect(reporting).toHaveLength('merge_group' in workflow.on ? 1 : 0);
  });

  it('keeps results out of the checkout, and reads those that the jobs named', () => {
    const uses = (repository: string) =>
      jobsOf(text).flatMap(({ steps }) => steps.filter((step) => step.uses?.startsWith(`${repository}@`)));
    const reports = uses(ours).filter((step) => step.with?.['mode'] === 'report');
    const downloads = uses('actions/download-artifact');
    expect(downloads).toHaveLength(reports.length);
    for (const { with: given = {} } of reports) expect(given['results']).toBe(`${temporary}/results/**/*.json`);
    const artifact = artifactName(readOptions([]).name, 1);
    for (const { with: given = {} } of downloads) {
      expect(given['path']).toBe(`${temporary}/results`);
      expect(matchesGlob(artifact, String(given['pattern']))).toBe(true);
    }
    for (const { with: given = {} } of uses('actions/upload-artifact')) expect([artifact, artifactOfShard]).toContain(given['name']);
  });

  it('gives our action what it takes, and takes from it what it gives', () => {
    const steps = jobsOf(text).flatMap((job) => job.steps);
    const uses = steps.filter((step) => step.uses?.startsWith(`${ours}@`));
    expect(uses.length).toBeGreaterThan(0);
    for (const { with: given = {} } of uses) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      const values = Object.entries(given).filter(([, value]) => !String(value).includes('${{'));
      expect(() => readOptions([{ source: 'input', given: Object.fromEntries(values) }])).not.toThrow();
    }
    const taken = [...text.matchAll(/steps\.[\w-]+\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(taken));
  });
});

describe('the job that measures a shard', () => {
  it('installs a version and leaves a path alone', () => {
    const steps = jobsOf(recipes.find(({ file }) => file === 'matrix.yml')?.text ?? '').flatMap((job) => job.steps);
    const [setup, ...others] = steps.filter(({ uses }) => uses?.startsWith('actions/setup-python@'));
    expect(others).toEqual([]);
    expect(setup?.if).toContain("{ !contains(matrix.python, '/') }");
  });
});

describe('the official actions', () => {
  const workflows = join(root, '.github', 'workflows');
  const own = readdirSync(workflows).map((file) => readFileSync(join(workflows, file), 'utf8'));
  const official = [...recipes.map(({ text }) => text), ...own].flatMap(usedActions).filter(({ repository }) => repository !== ours);

  it('are pinned by commit with the version beside it, the same everywhere', () => {
    expect(official.length).toBeGreaterThan(10);
    for (const { repository, ref, comment } of official) {
      expect(ref, repository).toMatch(/^[0-9a-f]{40}$/);
      expect(comment, repository).toMatch(/^v\d+\.\d+\.\d+$/);
    }
    const pins = new Set(official.map(({ repository, ref, comment }) => `${repository}@${ref} ${comment}`));
    expect(pins.size).toBe(new Set(official.map(({ repository }) => repository)).size);
  });
});

describe('README', () => {
  it('links every recipe', () => {
    expect(unlinkedRecipes(readFileSync(join(root, 'README.md'), 'utf8'), recipes)).toEqual([]);
  });

  it('would be told of a recipe that it does not link', () => {
    const two = [
      { file: 'a.yml', text: 'name: a\n' },
      { file: 'b.yml', text: 'name: b\n' },
    ];
    expect(unlinkedRecipes('[a](docs/recipes/a.yml), docs/recipes/b.yml', two)).toEqual(['docs/recipes/b.yml']);
  });
});

describe('the linters', () => {
  it('see a property of the matrix that is not there, and an event that is none', async () => {
    const output = changed('matrix.yml', 'needs.plan.outputs.matrix', 'needs.plan.outputs.matrices');
    expect((await actionlint(output)).map(({ rule }) => rule)).toContain('expression');
    const event = changed('one-job.yml', 'merge_group:', 'merge_groups:');
    expect((await actionlint(event)).map(({ rule }) => rule)).toEqual(['events']);
  });

  it('see credentials that stay in the checkout, a token that may do all, and a pin by tag', async () => {
    const credentials = changed('one-job.yml', /\n {8}with:\n {10}persist-credentials: false/, '');
    expect((await zizmor(credentials)).map(({ rule }) => rule)).toEqual(['artipacked']);
    const token = changed('one-job.yml', /contents: read #.*/, 'actions: write');
    expect((await zizmor(token)).map(({ rule }) => rule)).toEqual(['undocumented-permissions']);
    const tag = changed('one-job.yml', /checkout@\w{40} #/, 'checkout@v7 #');
    expect((await zizmor(tag)).map(({ rule }) => rule)).toEqual(['unpinned-uses']);
  });
});
