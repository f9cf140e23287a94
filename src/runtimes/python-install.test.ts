import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { runtimeId } from '../model/runtime.ts';
import { discoverInterpreters } from './discover.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';
import { prepareRuntimes } from './prepare.ts';
import { installPythons } from './python-install.ts';
import { selectInterpreters } from './select.ts';
import { type OfferedPython, offerPython, uvForTests } from './uv.fixture.ts';

const run = promisify(execFile);

let root = '';
let offered: OfferedPython | undefined;
let uv: string | undefined;
let why = 'no Python of this machine can be moved';

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'python-install-')));
  offered = await offerPython(join(root, 'offer'));
  if (offered === undefined) return;
  const found = await uvForTests(offered.original);
  why = found.reason ?? why;
  if (found.uv === undefined) return;
  // In a folder of its own: beside uv there may be a Python.
  uv = join(root, 'commands', 'uv');
  await mkdir(dirname(uv));
  await symlink(found.uv, uv);
});
afterAll(() => rm(root, { recursive: true }));

interface Bare {
  readonly surroundings: Surroundings;
  /** "3.13" and "3.13.0" of the Python that uv offers. */
  readonly minor: string;
  readonly exact: string;
  readonly original: Interpreter;
  readonly folder: string;
}

/** A machine that has uv, what uv offers, and no Python at all. */
function bare(context: TestContext, more: Record<string, string> = {}): Bare {
  if (offered === undefined || uv === undefined) return context.skip(why);
  const env: Record<string, string> = { PATH: dirname(uv), HOME: root, ...offered.env, ...more };
  const minor = offered.original.facts.version.split('.').slice(0, 2).join('.');
  const surroundings = { env, home: root, cwd: root };
  return { surroundings, minor, exact: offered.original.facts.version, original: offered.original, folder: offered.folder };
}

const look = (surroundings: Surroundings) => discoverInterpreters({ ...surroundings, explicit: [] });

/** The id a runtime of this interpreter has. */
const idOf = ({ facts: { version: python, ...facts } }: Interpreter) => runtimeId({ python, ...facts, packages: {} });

test('nothing is installed unless it is allowed, and the reason names every place that was looked at', async (context) => {
  const { surroundings, minor, folder } = bare(context);
  const options = { requested: [minor], uvloop: [], packages: [], folder: join(root, 'never'), surroundings, onProgress: () => {} };
  const refused = prepareRuntimes({ ...options, signal: new AbortController().signal });
  await expect(refused).rejects.toThrow(
    `Looked at: no tool cache (RUNNER_TOOL_CACHE is not set), uv's folder ${folder} (not there), pyenv's folder ${root}/.pyenv/versions (not there), PATH.`,
  );
  await expect(refused).rejects.toThrow('python-install: missing');
  await expect(access(folder)).rejects.toThrow('ENOENT');
});

test('what uv does not have is unavailable with what uv said', async (context) => {
  const { surroundings } = bare(context);
  const discovery = await look(surroundings);
  const progress: string[] = [];
  const onProgress = (text: string) => void progress.push(text);
  const { installed, failures } = await installPythons({
    requested: ['3.99', '3.8', 'all', '>=3.99'],
    discovery,
    surroundings,
    onProgress,
  });
  expect(installed).toEqual([]);
  expect([...failures.keys()]).toEqual(['3.99']);
  expect(failures.get('3.99')).toMatch(/^"uv python install 3\.99" failed: .*3\.99/);
  expect(progress).toEqual(['Installing Python 3.99 with uv']);
});

test('without uv nothing can be installed, and that is said', async (context) => {
  const { surroundings, minor } = bare(context, { PATH: '/nowhere' });
  const options = { uvloop: [], packages: [], folder: join(root, 'no-uv'), surroundings, onProgress: () => {} };
  const refused = prepareRuntimes({ ...options, install: 'missing', requested: [minor], signal: new AbortController().signal });
  await expect(refused).rejects.toThrow('It could not be installed: uv, which would install it, is not on PATH.');
});

test.for<readonly [string, (minor: string) => string]>([
  ['latest', () => 'latest'],
  ['a range', (minor) => `3.9-${minor}`],
  ['an open range', () => '>=3.9'],
])('%s installs what uv offers', async ([name, request], context) => {
  const { surroundings, minor } = bare(context, { UV_PYTHON_INSTALL_DIR: join(root, name) });
  const discovery = await look(surroundings);
  const options = { requested: [request(minor)], discovery, surroundings, onProgress: () => {} };
  expect(await installPythons(options)).toEqual({ installed: [minor], failures: new Map() });
  const after = await look(surroundings);
  expect(selectInterpreters(options.requested, after)).toMatchObject({ interpreters: [{ source: 'uv' }], unavailable: [] });
  expect(await installPythons({ ...options, discovery: after })).toEqual({ installed: [], failures: new Map() });
});

test('one version of uv, of a tool cache and of pyenv never share an id, though their configure arguments are equal', async (context) => {
  const { surroundings, minor, exact, original, folder } = bare(context);
  const progress: string[] = [];
  const options = {
    uvloop: [],
    packages: [],
    folder: join(root, 'made'),
    surroundings,
    onProgress: (text: string) => void progress.push(text),
  };
  const prepared = await prepareRuntimes({ ...options, install: 'missing', requested: [minor], signal: new AbortController().signal });
  expect(progress[0]).toBe(`Installing Python ${minor} with uv`);
  expect(prepared.runtimes).toMatchObject([
    { runtime: { python: exact, source: 'uv', provenance: { distribution: 'python-build-standalone' } } },
  ]);
  const managed = (await look(surroundings)).interpreters[0];

  const build = join(root, 'cache', 'Python', exact, 'x64');
  await mkdir(dirname(build), { recursive: true });
  const filter = (path: string) => !/\/(test|site-packages|__pycache__)$/.test(path);
  await cp(original.facts.basePrefix, build, { recursive: true, verbatimSymlinks: true, filter });
  await writeFile(`${build}.complete`, '');
  const cached = (await look({ ...surroundings, env: { RUNNER_TOOL_CACHE: join(root, 'cache'), UV_PYTHON_INSTALL_DIR: '/nowhere' } }))
    .interpreters[0];
  if (managed === undefined || cached === undefined) throw new Error('an interpreter was not found');

  expect(managed.realPath.startsWith(folder)).toBe(true);
  expect(cached.facts.provenance.distribution).toBe('actions/python-versions');
  const three = [original, managed, cached];
  expect(new Set(three.map(({ facts }) => facts.provenance.configArgs)).size).toBe(1);
  expect(new Set(three.map(({ facts }) => facts.version)).size).toBe(1);
  expect(new Set(three.map(idOf)).size).toBe(3);
  const { stdout } = await run(managed.realPath, ['-I', '-c', 'import sys; print(sys.base_prefix)']);
  expect(stdout.trim()).toBe(managed.facts.basePrefix);
});
