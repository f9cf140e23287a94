import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { usedActions } from '../scripts/recipes.ts';
import { readOptions } from '../src/config/options.ts';
import { actionlint, zizmor } from './workflow-linters.ts';
import { jobsById, silencedRules, silencedWithoutReason, unexplainedPermissions } from './workflow-rules.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder)).map((file) => ({ file, text: read(join(folder, file)) }));
const manifest: { scripts: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(read('package.json'));
const action: { inputs: Record<string, unknown> } = parse(read('action.yml'));

const jobsOf = (file: string) => jobsById(read(join(folder, file)));
const allJobs = workflows.flatMap(({ file, text }) =>
  Object.entries(jobsById(text)).map(([id, job]) => ({ at: `${file}: ${id}`, ...job })),
);
const allSteps = allJobs.flatMap(({ at, steps }) => steps.map((step) => ({ at, ...step })));

describe.each(workflows)('$file', ({ file, text }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(join(root, folder, file))).toEqual([]);
  });

  it('passes zizmor at its strictest', async () => {
    expect(await zizmor(join(root, folder, file))).toEqual([]);
  });

  it('silences a rule only where it would speak, and says why', async () => {
    expect(silencedWithoutReason(text)).toEqual([]);
    const spoken = await zizmor(join(root, folder, file), { ignores: false });
    expect(silencedRules(text).map(({ rule, line }) => ({ rule, line }))).toEqual(spoken.toSorted((a, b) => a.line - b.line));
  });

  it('gives no permission to the workflow as a whole, and says what each of a job is for', () => {
    expect(parse(text).permissions).toEqual({});
    expect(unexplainedPermissions(text)).toEqual([]);
  });

  it('names every action by its commit, with the version beside it', () => {
    const used = usedActions(text);
    expect(used).toHaveLength(text.match(/\buses: (?!\.\/)/g)?.length ?? 0);
    for (const { repository, ref, comment } of used) {
      expect(ref, repository).toMatch(/^[0-9a-f]{40}$/);
      expect(comment, repository).toMatch(/^v\d+\.\d+\.\d+$/);
    }
  });
});

describe('the configuration beside the workflows', () => {
  it.each(['action.yml', '.github/dependabot.yml'])('%s passes zizmor at its strictest', async (path) => {
    expect(await zizmor(join(root, path), { ignores: false })).toEqual([]);
  });

  it('has every kind of dependency brought up to date, and none on its first day', () => {
    const { updates } = parse(read('.github/dependabot.yml'));
    expect(updates.map((each: Record<string, string>) => each['package-ecosystem'])).toEqual(['github-actions', 'npm', 'pip']);
    for (const { cooldown } of updates) expect(cooldown['default-days']).toBeGreaterThanOrEqual(7);
  });
});

describe('the steps of the workflows', () => {
  it('run scripts that exist', () => {
    const commands = allSteps.flatMap(({ run }) => run ?? []).join('\n');
    const scripts = [...commands.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    const files = [...commands.matchAll(/\b(?:scripts|test)\/[\w.-]+\.\w+/g)].map(([path]) => path);
    expect(scripts.length).toBeGreaterThan(4);
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
    expect(files.length).toBeGreaterThan(4);
    for (const path of files) expect(() => read(path), path).not.toThrow();
  });

  it('install packages without running their scripts, on the Node that the tests have', () => {
    const installing = allSteps.filter(({ run }) => /npm (ci|install)\b/.test(run ?? ''));
    for (const { at, run } of installing) expect(run, at).toBe('npm ci --ignore-scripts');
    const nodes = allSteps.filter(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(nodes).toHaveLength(installing.length);
    for (const node of nodes) expect(node.with['node-version'], node.at).toBe(manifest.devDependencies['node']);
  });

  it('give this action what it takes', () => {
    const ours = allSteps.filter(({ uses }) => uses === './');
    expect(ours.length).toBeGreaterThan(3);
    for (const { at, with: given } of ours) {
      expect(Object.keys(action.inputs), at).toEqual(expect.arrayContaining(Object.keys(given)));
      const values = Object.entries(given).filter(([, value]) => !String(value).includes('${{'));
      expect(() => readOptions([{ source: 'input', given: Object.fromEntries(values) }]), at).not.toThrow();
    }
  });

  it('hold no token that may write where packages are installed or anything is measured', () => {
    const writing = allJobs.filter(({ permissions }) => permissions['contents'] === 'write');
    expect(writing.map(({ at }) => at)).toEqual(['null-run.yml: publish', 'release.yml: publish', 'release.yml: major']);
    for (const { at, steps } of writing)
      for (const { run = '', uses } of steps) {
        expect(run, at).not.toMatch(/\b(npm|npx|node|pip)\b/);
        expect(uses, at).not.toBe('./');
      }
  });
});

describe('ci', () => {
  it('has one job that succeeds only when every other did', () => {
    const { ci, ...others } = jobsOf('ci.yml');
    expect(ci?.needs).toEqual(Object.keys(others));
    expect(ci?.if).toBe('always()');
    for (const result of ['failure', 'cancelled', 'skipped']) expect(ci?.steps[0]?.if).toContain(`'${result}'`);
  });
});

describe('smoke', () => {
  it('starts the action on every release of Python that is supported, and one without the lock', () => {
    const matrix = jobsOf('smoke.yml')['python']?.strategy?.matrix;
    expect(matrix).toMatchObject({ python: ['3.10', '3.11', '3.12', '3.13', '3.14', '3.14t'] });
  });
});

describe('the linters and rules', () => {
  /** smoke.yml with one change, as a file. */
  function changed(from: string | RegExp, to: string): string {
    const text = read(join(folder, 'smoke.yml'));
    expect(text).toMatch(from);
    const scratch = mkdtempSync(join(tmpdir(), 'workflow-'));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    writeFileSync(join(scratch, 'smoke.yml'), text.replace(from, to));
    return join(scratch, 'smoke.yml');
  }

  it.each([
    ['an injection', 'jq --exit-status', `echo "\${{ github.head_ref }}" && jq --exit-status`, 'template-injection'],
    ['a permission that is too much', 'contents: read #', 'contents: write\n      # ', 'undocumented-permissions'],
    ['a tag', /checkout@\w{40}/, 'checkout@v7', 'unpinned-uses'],
    ['a dangerous event', 'pull_request:', 'pull_request_target:', 'dangerous-triggers'],
    ['a runner of our own, which only the strictest persona minds', 'runs-on: ubuntu-24.04', 'runs-on: self-hosted', 'self-hosted-runner'],
  ])('see %s', async (_, from, to, rule) => {
    expect((await zizmor(changed(from, to))).map((finding) => finding.rule)).toContain(rule);
  });

  it('see a context that is not there', async () => {
    const path = changed('steps.python.outputs', 'steps.pythons.outputs');
    expect((await actionlint(path)).map(({ rule }) => rule)).toEqual(['expression']);
  });

  it('see a rule that is silenced without a reason, and one that is silenced for nothing', async () => {
    expect(silencedWithoutReason('uses: ./ # zizmor: ignore[self-repository]')).toHaveLength(1);
    expect(silencedWithoutReason('uses: ./ # zizmor: ignore[self-repository, unpinned-uses] ok')).toHaveLength(2);
    expect(silencedWithoutReason('uses: ./ # zizmor: ignore[self-repository] what is tested')).toEqual([]);
    const path = changed('mode: plan', 'mode: plan # zizmor: ignore[unpinned-uses] for no reason');
    const spoken = await zizmor(path, { ignores: false });
    expect(silencedRules(readFileSync(path, 'utf8'))).toHaveLength(spoken.length + 1);
  });

  it('see a permission without a reason, and a job without permissions', () => {
    expect(unexplainedPermissions('      contents: read\n      checks: write # to show it\n')).toEqual(['contents: read']);
    expect(() => jobsById('jobs: {a: {name: A, timeout-minutes: 5, steps: []}}')).toThrow('permissions');
  });
});
