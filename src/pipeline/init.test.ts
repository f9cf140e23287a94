import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfigFile } from '../config/config-file.ts';
import { readOptions } from '../config/options.ts';
import { commitFiles, git } from '../sides/repository.fixture.ts';
import { readInitArguments } from '../terminal/init-arguments.ts';
import { initialise } from './init.ts';

const top = join(import.meta.dirname, '..', '..');
const recipes = join(top, 'docs', 'recipes');
const workloadsFolder = join(top, 'workloads');

const pyproject = '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.10,<3.14"\n';

function folder(files: Readonly<Record<string, string>> = {}): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'init-')));
  onTestFinished(() => rmSync(made, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), text);
  }
  return made;
}

/** A repository on a branch, without a commit. */
function repository(files: Readonly<Record<string, string>> = {}, branch = 'trunk'): string {
  const made = folder(files);
  git(made, 'init', '--quiet', `--initial-branch=${branch}`);
  return made;
}

function init(cwd: string, ...argv: readonly string[]) {
  return initialise(readInitArguments(argv), { cwd, workloadsFolder, signal: new AbortController().signal }, recipes);
}

const isThere = (root: string) => existsSync(join(root, '.github'));

describe('initialise', () => {
  it('guesses everything from the project and says what each guess rests on', async () => {
    const root = repository({ 'pyproject.toml': pyproject });
    const made = await init(root);
    expect(made).toMatchObject({ recipe: 'one-job', root, written: true, notes: [], baselineBranch: 'concurrency-baselines' });
    expect(made.settings).toEqual({
      branch: { value: 'trunk', origin: 'a guess: the branch that is checked out' },
      pythons: { value: ['3.12', '3.13'], origin: 'a guess: the newest that requires-python of pyproject.toml admits' },
      install: { value: 'pip install .', origin: 'a guess: pyproject.toml describes a package' },
      workloads: { value: ['core'], origin: 'the default' },
    });
    for (const { path, text } of made.files) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  it('guesses nothing that nothing speaks for', async () => {
    const { settings } = await init(repository({ 'pyproject.toml': '[tool.ruff]\n' }));
    expect(settings).toMatchObject({ pythons: { value: null }, install: { value: null } });
  });

  it('does as it is told, and its config file says so to the program', async () => {
    const root = repository({ 'pyproject.toml': pyproject, 'b/one.py': '' });
    const { settings } = await init(
      root,
      ...['--branch', 'release/2+', '--python-version', '3.10 3.13t', '--install', 'pip install ".[a]"\nmake'],
      ...['--workloads', 'chat_server, ./b/*.py'],
    );
    for (const { origin } of Object.values(settings)) expect(origin).toBe('given');
    const config = join(root, '.github', 'concurrency.yml');
    const options = readOptions([{ source: config, given: await readConfigFile(config, true) }]);
    expect(options).toEqual({
      ...readOptions([]),
      ...{ 'python-version': ['3.10', '3.13t'], install: 'pip install ".[a]"\nmake', workloads: ['chat_server', './b/*.py'] },
    });
    expect(readFileSync(join(root, '.github', 'workflows', 'concurrency.yml'), 'utf8')).toContain('branches: [release/2\\+]');
  });

  it('installs nothing when the command is empty', async () => {
    const { settings } = await init(repository({ 'setup.py': '' }), '--install', '');
    expect(settings.install).toEqual({ value: null, origin: 'given' });
  });

  it('prefers the default branch of origin to the branch that is checked out', async () => {
    const server = repository();
    commitFiles(server, { a: '' });
    const clone = folder();
    git(clone, 'clone', '--quiet', server, 'x');
    git(join(clone, 'x'), 'checkout', '--quiet', '-b', 'feature');
    const { settings } = await init(join(clone, 'x'));
    expect(settings.branch).toEqual({ value: 'trunk', origin: 'the default branch of origin' });
  });

  it('asks for the branch where nothing names one', async () => {
    const root = repository();
    git(root, 'checkout', '--quiet', '--detach', commitFiles(root, { a: '' }));
    await expect(init(root)).rejects.toThrow(/No branch is checked out.*--branch; nothing was written/);
    expect(isThere(root)).toBe(false);
  });

  it('writes at the top of the repository, and says so in a folder below it', async () => {
    const root = repository({ 'sub/pyproject.toml': pyproject });
    const { notes, settings } = await init(join(root, 'sub'));
    expect(notes).toEqual([expect.stringMatching(/^The project is taken to be at .*, not in sub\/:/)]);
    expect(settings.install.value).toBeNull();
    expect(isThere(root)).toBe(true);
    expect(isThere(join(root, 'sub'))).toBe(false);
  });

  it('notes what it could not read and what cannot be measured', async () => {
    const { notes } = await init(repository({ 'pyproject.toml': '[', 'b/no-name.py': '' }), '--workloads', 'core,./b/*.py');
    expect(notes).toEqual([
      expect.stringMatching(/^Nothing was taken from pyproject/),
      expect.stringMatching(/no-name\.py: Its name is no/),
    ]);
  });

  it('writes nothing in a dry run', async () => {
    const root = repository();
    const made = await init(root, '--dry-run');
    expect(made).toMatchObject({
      written: false,
      files: [{ path: '.github/workflows/concurrency.yml' }, { path: '.github/concurrency.yml' }],
    });
    expect(isThere(root)).toBe(false);
  });

  it('writes over its own files only when forced', async () => {
    const root = repository();
    await init(root);
    await expect(init(root, '--recipe', 'fork')).rejects.toThrow(/concurrency\.yml are there/);
    await expect(init(root, '--recipe', 'fork', '--dry-run')).rejects.toThrow(/concurrency\.yml are there/);
    expect(existsSync(join(root, '.github', 'workflows', 'concurrency-report.yml'))).toBe(false);
    await init(root, '--recipe', 'fork', '--force');
    expect(readFileSync(join(root, '.github', 'workflows', 'concurrency-report.yml'), 'utf8')).toContain('workflow_run');
  });

  it.each<[readonly string[], RegExp]>([
    [['--branch', ''], /"" is no name of a branch\..*--branch/],
    [['--branch', 'a b'], /"a b" is no name of a branch/],
    [['--branch', 'main]\npermissions: write-all'], /"main\]\\npermissions: write-all" is no name/],
    [['--branch', 'HEAD'], /"HEAD" is no name/],
    [['--branch', 'a'.repeat(40)], /is no name/],
    [['--python-version', '3.x'], /--python-version has "3\.x", which is neither/],
    [['--install', ' '], /flag "install": is not a shell command/],
    [['--install', 'a\0b'], /flag "install": holds a null character/],
    [['--workloads', './none/*.py'], /There is no workload "\.\/none\/\*\.py"/],
  ])('refuses %j and writes nothing', async (argv, message) => {
    const root = repository();
    await expect(init(root, ...argv)).rejects.toThrow(message);
    expect(isThere(root)).toBe(false);
  });

  it('refuses a folder that is in no repository, and one that git keeps for itself', async () => {
    const outside = folder();
    await expect(init(outside)).rejects.toThrow(/is not in a git checkout \(git: not a git repository.*git init/);
    expect(isThere(outside)).toBe(false);
    await expect(init(join(repository(), '.git'))).rejects.toThrow(/is not in a git checkout/);
  });
});
