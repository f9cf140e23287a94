import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DiscoveryOptions, discoverInterpreters } from './discover.ts';
import { probeAnswer } from './probe-answer.fixture.ts';
import { selectInterpreters } from './select.ts';

let root = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'discover-')));
});
afterEach(() => rm(root, { recursive: true }));

/** A machine with nothing on it but the folder of the test. PATH keeps the commands that the fake interpreters use. */
function machine(more: Partial<DiscoveryOptions> = {}): DiscoveryOptions {
  return {
    home: root,
    cwd: root,
    explicit: [],
    ...more,
    env: { RUNNER_TOOL_CACHE: join(root, 'cache'), PATH: join(root, 'bin'), ...more.env },
  };
}

/** Writes an executable shell script. */
async function script(path: string, body: string): Promise<string> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), `#!/bin/sh\n${body}\n`);
  await chmod(join(root, path), 0o755);
  return join(root, path);
}

/** A program that answers a probe like an interpreter. */
function fake(path: string, version: string, more: Record<string, unknown> = {}): Promise<string> {
  const executable = join(root, path);
  return script(path, `echo '${JSON.stringify({ ...probeAnswer, version, base_prefix: root, executable, ...more })}'`);
}

test('each place is searched, and the order of preference is explicit path, tool cache, uv, pyenv, PATH', async () => {
  await fake('bin/python3.13', '3.13.0');
  await fake('.pyenv/versions/3.13.0/bin/python', '3.13.0');
  await fake('cache/Python/3.13.0/x64/bin/python', '3.13.0');
  await fake('cache/Python/3.13.5/x64-freethreaded/bin/python', '3.13.5', { free_threaded: true });
  await fake('mine/python', '3.13.0');
  await fake('.local/share/uv/python/cpython-3.13.0-linux-x86_64-gnu/bin/python3.13', '3.13.0');
  const found = await discoverInterpreters(machine({ explicit: ['./mine/python'] }));
  expect(found.refused).toEqual([]);
  expect(found.interpreters.map(({ source, facts }) => [source, facts.version, facts.freeThreaded])).toEqual([
    ['explicit path', '3.13.0', false],
    ['tool cache', '3.13.0', false],
    ['tool cache', '3.13.5', true],
    ['uv', '3.13.0', false],
    ['pyenv', '3.13.0', false],
    ['PATH', '3.13.0', false],
  ]);
  const sourceOf = (request: string) => selectInterpreters([request], found).interpreters[0]?.source;
  expect(sourceOf('3.13')).toBe('explicit path');
  expect(sourceOf('3.13t')).toBe('tool cache');
});

test('PATH is read for python, python3, python3.X and python3.Xt, and for nothing else', async () => {
  for (const name of ['python', 'python3', 'python3.12', 'python3.14t']) await fake(`bin/${name}`, '3.12.0');
  for (const name of ['python2', 'python3-config', 'python3.12-config', 'ipython3', 'pythonw']) await fake(`bin/${name}`, '3.12.0');
  await writeFile(join(root, 'bin/python3.11'), 'not executable');
  await mkdir(join(root, 'bin/python3.10'));
  const found = await discoverInterpreters(machine());
  const names = found.interpreters.flatMap((item) => item.names.map((name) => name.replace(`${root}/bin/`, '')));
  expect(names.sort()).toEqual(['python', 'python3', 'python3.12', 'python3.14t']);
});

test('links, shims and environments are resolved to one interpreter', async () => {
  const real = await fake('cache/Python/3.12.1/x64/bin/python3.12', '3.12.1');
  await symlink(real, join(root, 'cache/Python/3.12.1/x64/bin/python'));
  await mkdir(join(root, 'bin'));
  await symlink(real, join(root, 'bin/python3'));
  await script('bin/python3.12', `exec ${real} "$@"`);
  const found = await discoverInterpreters(machine({ explicit: ['bin/python3.12', '~/bin/python3'] }));
  expect(found.interpreters).toHaveLength(1);
  expect(found.interpreters[0]).toMatchObject({ realPath: real, source: 'explicit path' });
  expect(found.interpreters[0]?.names).toEqual(expect.arrayContaining(['bin/python3.12', '~/bin/python3', join(root, 'bin/python3')]));
  expect(selectInterpreters(['~/bin/python3', 'bin/python3.12'], found).interpreters).toHaveLength(1);
});

test('what uv manages is found once each, wherever its folder is, and without its moving links and debug builds', async () => {
  const uv = 'data/uv/python';
  const platform = 'linux-x86_64-gnu';
  await fake(`${uv}/cpython-3.14.2-${platform}/bin/python3.14`, '3.14.2');
  await symlink('python3.14', join(root, uv, `cpython-3.14.2-${platform}/bin/python`));
  await symlink(`cpython-3.14.2-${platform}`, join(root, uv, `cpython-3.14-${platform}`));
  await fake(`${uv}/cpython-3.14.2+freethreaded-${platform}/bin/python3.14t`, '3.14.2', { free_threaded: true });
  await fake(`${uv}/cpython-3.14.2+debug-${platform}/bin/python3.14`, '3.14.2');
  await fake(`${uv}/pypy-3.11.13-${platform}/bin/python`, '3.11.13', { implementation: 'pypy' });
  const labels = async (env: Record<string, string>) => {
    const { interpreters } = await discoverInterpreters(machine({ env }));
    return interpreters.map(({ source, names, facts }) => [source, facts.freeThreaded, names.map((name) => name.split('/').slice(-3)[0])]);
  };
  const expected = [
    ['uv', true, [`cpython-3.14.2+freethreaded-${platform}`]],
    ['uv', false, [`cpython-3.14.2-${platform}`, `cpython-3.14.2-${platform}`]],
  ];
  expect(await labels({ XDG_DATA_HOME: join(root, 'data') })).toEqual(expected);
  expect(await labels({ UV_PYTHON_INSTALL_DIR: join(root, uv), XDG_DATA_HOME: '/nowhere' })).toEqual(expected);
  expect(await labels({ UV_PYTHON_INSTALL_DIR: uv })).toEqual(expected);
  expect(await labels({})).toEqual([]);
});

test("pyenv's shims are not run, wherever pyenv is", async () => {
  const marker = join(root, 'shim-was-run');
  await script('elsewhere/shims/python3.13', `touch ${marker}; exit 1`);
  await fake('elsewhere/versions/3.13.0/bin/python', '3.13.0');
  await fake('elsewhere/versions/miniconda3-24/bin/python', '3.12.0');
  const env = { PYENV_ROOT: join(root, 'elsewhere'), PATH: `${join(root, 'elsewhere/shims')}:relative/bin:` };
  const found = await discoverInterpreters(machine({ env }));
  expect(found.interpreters.map(({ facts }) => facts.version)).toEqual(['3.13.0']);
  expect(found.refused).toEqual([]);
  await expect(realpath(marker)).rejects.toThrow('ENOENT');
});

test('an explicit path that is no interpreter is refused with the reason', async () => {
  await script('silent', 'exit 0');
  await script('loud', 'echo cannot load library >&2; exit 127');
  await writeFile(join(root, 'text'), 'print()');
  const explicit = ['./none', './silent', './loud', './text', '.', './nul\u0000byte'];
  const found = await discoverInterpreters(machine({ explicit }));
  expect(found.interpreters).toEqual([]);
  const reasons = Object.fromEntries(found.refused.map(({ name, reason }) => [name, reason]));
  expect(reasons).toEqual({
    './none': 'does not exist',
    './silent': 'is no Python (its answer to a probe cannot be read)',
    './loud': 'is no usable Python: it ended with exit code 127 (cannot load library)',
    './text': 'is not an executable file',
    '.': expect.stringContaining('is a folder'),
    './nul\u0000byte': 'does not exist',
  });
  expect(selectInterpreters(explicit, found).unavailable).toHaveLength(explicit.length);
});

test('one broken installation costs only itself', async () => {
  await script('cache/Python/3.11.0/x64/bin/python', 'exit 1');
  await mkdir(join(root, 'cache/Python/3.10.0/x64'), { recursive: true });
  await writeFile(join(root, 'cache/Python/3.12.1'), 'a file where a folder belongs');
  await fake('cache/Python/3.12.0/x64/bin/python', '3.12.0', { executable: join(root, 'gone') });
  await fake('cache/Python/3.13.0/x64/bin/python', '3.13.0');
  const found = await discoverInterpreters(machine());
  expect(found.interpreters.map(({ facts }) => facts.version)).toEqual(['3.13.0']);
  expect(found.refused.map(({ reason }) => reason)).toEqual([
    'is no usable Python: it ended with exit code 1',
    'names an interpreter that does not exist',
  ]);
});

test('a machine with nothing, not even the variables, has no interpreter', async () => {
  const { interpreters, refused, searched } = await discoverInterpreters({ env: {}, home: root, cwd: root, explicit: [] });
  expect([interpreters, refused]).toEqual([[], []]);
  expect(searched.map(({ place }) => place)).toEqual([
    'no tool cache (RUNNER_TOOL_CACHE is not set)',
    `uv's folder ${root}/.local/share/uv/python (not there)`,
    `pyenv's folder ${root}/.pyenv/versions (not there)`,
    'PATH',
  ]);
});

test('the interpreters of this machine are found, each once, and again through a tool cache of links', async () => {
  const here = { env: process.env, home: homedir(), cwd: root };
  const found = await discoverInterpreters({ ...here, explicit: [] });
  expect(found.interpreters.length).toBeGreaterThan(0);
  expect(new Set(found.interpreters.map(({ realPath }) => realPath)).size).toBe(found.interpreters.length);
  const [chosen] = selectInterpreters([], found).interpreters;
  if (chosen === undefined) throw new Error('this machine has no supported Python to test with');
  const bin = join(root, 'cache', 'Python', chosen.facts.version, 'x64', 'bin');
  await mkdir(bin, { recursive: true });
  await symlink(chosen.realPath, join(bin, 'python'));
  const cached = await discoverInterpreters(machine());
  const { version, build, freeThreaded } = chosen.facts;
  const expected = { facts: { version, build, freeThreaded }, realPath: chosen.realPath, source: 'tool cache' };
  expect(cached.interpreters).toMatchObject([expected]);
});
