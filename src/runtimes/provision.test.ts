import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { discoverInterpreters } from './discover.ts';
import { environmentName, environmentRecipe } from './environment-marker.ts';
import type { Interpreter } from './interpreter.ts';
import { type ProvisionOptions, provisionRuntimes } from './provision.ts';
import { selectInterpreters } from './select.ts';

const run = promisify(execFile);
/** Nothing listens on the discard port. */
const DEAD_INDEX = 'http://127.0.0.1:9/simple';

let root = '';
let wheels = '';
let interpreters: readonly Interpreter[] = [];
let supported: Interpreter;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'provision-'));
  wheels = join(root, 'wheels');
  await mkdir(wheels);
  const discovery = await discoverInterpreters({ env: process.env, home: homedir(), cwd: root, explicit: [] });
  interpreters = discovery.interpreters;
  const chosen = selectInterpreters([], discovery).interpreters.find(({ facts }) => facts.venv && facts.ensurepip);
  if (chosen === undefined) throw new Error('this machine has no supported Python with venv and ensurepip to test with');
  supported = chosen;
  for (const version of ['0.98.0', '0.99.1']) await makeWheel('uvloop', version);
  await makeWheel('helper_library', '1.2.3');
  for (const version of ['1.0', '2.0']) await makeWheel('second_library', version);
  await makeWheel('needy_library', '1.0', { needs: 'second_library<2' });
  await makeWheel('zoo_library', '1.0', { needs: 'uvloop<0.99' });
});
afterAll(() => rm(root, { recursive: true }));

interface WheelPlace {
  /** A requirement of its own. */
  readonly needs?: string;
  readonly folder?: string;
}

/** Writes a wheel that holds nothing but its own description, so that most tests need no network. */
async function makeWheel(name: string, version: string, { needs = '', folder = wheels }: WheelPlace = {}): Promise<void> {
  const script = `
import sys, zipfile
name, version, folder, needs = sys.argv[1:]
needs = needs and f"Requires-Dist: {needs}\\n"
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as wheel:
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{needs}")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{name}.py", "")
    wheel.writestr(f"{info}/RECORD", "")
`;
  await run(supported.realPath, ['-I', '-c', script, name, version, folder, needs]);
}

/** A PATH without uv: neither venv nor pip looks for commands. */
const withoutUv = (): string => join(root, 'no-commands');

/** The wheels of this test and no index. */
const offline = () => ({
  HOME: homedir(),
  PATH: withoutUv(),
  PIP_NO_INDEX: '1',
  PIP_FIND_LINKS: wheels,
  UV_OFFLINE: '1',
  UV_FIND_LINKS: wheels,
});
const unreachable = () => ({ HOME: homedir(), PATH: withoutUv(), PIP_INDEX_URL: DEAD_INDEX, PIP_FIND_LINKS: '', PIP_RETRIES: '1' });

function provision(folder: string, more: Partial<ProvisionOptions> & { readonly env?: Record<string, string | undefined> } = {}) {
  const { env = offline(), ...options } = more;
  const surroundings = { env, home: homedir(), cwd: root };
  return provisionRuntimes({
    interpreters: [supported],
    folder: join(root, folder),
    uvloop: ['latest'],
    packages: [],
    surroundings,
    ...options,
  });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('an environment has what was asked for, is reused, and is made anew when it is incomplete or does not start', async () => {
  const folder = join(root, 'reuse', environmentName(environmentRecipe(supported, ['uvloop==0.98.0', 'helper_library>=1'])));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'left-over'), '');
  const progress: string[] = [];
  const options = { uvloop: ['0.98.0'], packages: ['helper_library>=1'], onProgress: (text: string) => void progress.push(text) };
  const first = await provision('reuse', options);
  expect(first.unavailable).toEqual([]);
  expect(first.runtimes).toHaveLength(1);
  const [runtime] = first.runtimes;
  if (runtime === undefined) throw new Error('no runtime');
  const { version, build } = supported.facts;
  expect(runtime).toMatchObject({
    made: true,
    folder,
    runtime: {
      id: `cpython-${version}-gil-${build}+uvloop-0.98.0`,
      python: version,
      freeThreaded: false,
      source: supported.source,
      packages: { uvloop: '0.98.0', 'helper-library': '1.2.3' },
    },
  });
  expect(await exists(join(folder, 'left-over'))).toBe(false);
  expect(progress).toEqual([
    `Preparing Python ${version} with uvloop 0.98.0, helper_library>=1 with pip`,
    `Made Python ${version} with uvloop 0.98.0, helper_library>=1`,
  ]);
  const { stdout } = await run(runtime.executable, ['-I', '-c', 'import sys, uvloop; print(sys.prefix)']);
  expect(stdout.trim()).toBe(runtime.folder);

  const second = await provision('reuse', options);
  expect(second).toEqual({ ...first, runtimes: [{ ...runtime, made: false }] });

  await rm(runtime.executable);
  await symlink('/no/such/python', runtime.executable);
  expect(await provision('reuse', options)).toEqual(first);
});

test('several uvloop versions make several runtimes; one that cannot be had is named and not replaced', async () => {
  const { runtimes, unavailable } = await provision('versions', { uvloop: ['0.98.0', '0.1.999', 'latest', '0.99.1'] });
  expect(runtimes.map(({ runtime }) => runtime.packages)).toEqual([{ uvloop: '0.98.0' }, { uvloop: '0.99.1' }]);
  expect(new Set(runtimes.map(({ folder }) => folder.length)).size).toBe(1);
  expect(unavailable.map(({ requested }) => requested)).toEqual([`uvloop 0.1.999 on ${supported.facts.version}`]);
  expect(unavailable[0]?.reason).toContain('0.98.0, 0.99.1');
  expect(unavailable[0]?.reason).toContain('Ask for a version that has a wheel');
});

test('a runtime exists without what cannot be had; a missing version is remembered, a missing network is tried again', async () => {
  const packages = ['helper_library', 'second_library>=7', 'no-such-library'];
  const away = await provision('retry', { packages, env: unreachable() });
  expect(away.runtimes).toMatchObject([{ made: true, runtime: { id: expect.not.stringContaining('uvloop'), packages: {} } }]);
  expect(away.unavailable).toHaveLength(4);
  for (const { reason } of away.unavailable) expect(reason).toContain('Check the network');
  const back = await provision('retry', { packages });
  expect(back.runtimes).toMatchObject([{ made: false, runtime: { packages: { uvloop: '0.99.1', 'helper-library': '1.2.3' } } }]);
  const { version } = supported.facts;
  expect(back.unavailable).toMatchObject([
    { requested: `second_library>=7 on ${version}`, reason: expect.stringContaining('Ask for a version that has a wheel') },
    { requested: `no-such-library on ${version}`, reason: expect.stringContaining('index settings') },
  ]);
  const folder = back.runtimes[0]?.folder ?? '';
  const marker = JSON.parse(await readFile(join(folder, 'environment.json'), 'utf8'));
  expect(Object.keys(marker.refused)).toEqual(['second_library>=7']);
  expect(await provision('retry', { packages })).toEqual(back);
});

test('of packages that contradict each other the first is kept, and each other one is named with the reason', async () => {
  const packages = ['second_library==2.0', 'zoo_library', 'needy_library', 'second_library==1.0', 'helper_library'];
  const { runtimes, unavailable } = await provision('contradiction', { uvloop: ['0.99.1'], packages });
  expect(runtimes.map(({ runtime }) => runtime.packages)).toEqual([
    { uvloop: '0.99.1', 'second-library': '2.0', 'helper-library': '1.2.3' },
  ]);
  const { version } = supported.facts;
  expect(unavailable.map(({ requested }) => requested)).toEqual(
    ['zoo_library', 'needy_library', 'second_library==1.0'].map((text) => `${text} on ${version}`),
  );
  for (const { reason } of unavailable) expect(reason).toMatch(/conflicting dependencies.*Make the requirements of the workloads agree/);
  // The index is out of reach, so that nothing but the memory of the environment can answer.
  const again = await provision('contradiction', { uvloop: ['0.99.1'], packages, env: unreachable() });
  expect(again).toEqual({ runtimes: [{ ...runtimes[0], made: false }], unavailable });
});

test('what comes late does not overwrite what is there', async () => {
  const late = join(root, 'late-wheels');
  await mkdir(late);
  const env = { ...offline(), PIP_FIND_LINKS: `${wheels} ${late}` };
  const options = { uvloop: [], packages: ['second_library==2.0', 'late_library'], env };
  await provision('late', options);
  await makeWheel('late_library', '1.0', { folder: late, needs: 'second_library<2' });
  const { runtimes, unavailable } = await provision('late', options);
  expect(runtimes).toMatchObject([{ made: false, runtime: { packages: { 'second-library': '2.0' } } }]);
  expect(unavailable).toMatchObject([{ reason: expect.stringContaining('conflicting dependencies') }]);
});

test('what is not pinned is the newest at most a day ago, and stays when the index is out of reach', async () => {
  const index = join(root, 'moving-index');
  await mkdir(index);
  for (const name of ['uvloop', 'helper_library']) await makeWheel(name, '0.1', { folder: index });
  const day = 24 * 3600;
  const progress: string[] = [];
  const at = async (seconds: number, env: Record<string, string> = { ...offline(), PIP_FIND_LINKS: index }) => {
    const more = { now: () => 1.8e9 + seconds, env, onProgress: (text: string) => void progress.push(text) };
    const { runtimes, unavailable } = await provision('moving', { packages: ['helper_library==0.1', 'new_library'], ...more });
    const [only] = runtimes;
    return { made: only?.made, packages: only?.runtime.packages, missing: unavailable.length };
  };
  const old = { uvloop: '0.1', 'helper-library': '0.1' };
  expect(await at(0)).toEqual({ made: true, packages: old, missing: 1 });
  for (const name of ['uvloop', 'helper_library']) await makeWheel(name, '0.2', { folder: index });
  expect(await at(day - 1)).toEqual({ made: false, packages: old, missing: 1 });
  expect(await at(day, unreachable())).toEqual({ made: false, packages: old, missing: 1 });
  expect(progress.at(-1)).toMatch(/^Reused .* as it was: newer versions could not be looked for/);
  expect(await at(day + 1800)).toEqual({ made: false, packages: old, missing: 1 });
  await makeWheel('new_library', '3.0', { folder: index });
  expect(await at(day + 3600)).toEqual({ made: false, packages: { ...old, uvloop: '0.2', 'new-library': '3.0' }, missing: 0 });
  expect(progress.at(-1)).not.toContain('as it was');
  await makeWheel('uvloop', '0.3', { folder: index });
  // A clock that ran far ahead when the environment was made must not keep it for ever.
  expect(await at(-10 * day)).toMatchObject({ packages: { uvloop: '0.3' } });
});

test('an environment of exact versions is never looked up again', async () => {
  const options = { uvloop: ['0.98.0'], packages: ['helper_library==1.2.3'] };
  const made = await provision('pinned', { ...options, now: () => 0 });
  const later = await provision('pinned', { ...options, now: () => 1e9, env: unreachable() });
  expect(later).toEqual({ ...made, runtimes: [{ ...made.runtimes[0], made: false }] });
  const marker = await readFile(join(made.runtimes[0]?.folder ?? '', 'environment.json'), 'utf8');
  expect(JSON.parse(marker).freshUntil).toBe(24 * 3600);
});

test('an interpreter that cannot make environments is unavailable with the reason', async () => {
  const broken = { ...supported, realPath: '/bin/false', facts: { ...supported.facts, ensurepip: false } };
  const { runtimes, unavailable } = await provision('broken', { interpreters: [broken] });
  expect(runtimes).toEqual([]);
  expect(unavailable).toMatchObject([{ requested: supported.facts.version, reason: expect.stringContaining('python3-venv') }]);
});

test('malformed requirements are refused before anything is made', async () => {
  await expect(provision('refused', { uvloop: ['newest'] })).rejects.toThrow(UserError);
  await expect(provision('refused', { packages: ['--index-url=http://x'] })).rejects.toThrow(UserError);
  await expect(provision('refused', { packages: ['helper_library', 'uvloop<0.20'] })).rejects.toThrow('uvloop-version');
  expect(await exists(join(root, 'refused'))).toBe(false);
});

test('an abort stops the work, and what it leaves is not taken for an environment', async () => {
  const controller = new AbortController();
  const stopped = provision('aborted', {
    signal: controller.signal,
    onProgress: () => void setTimeout(() => controller.abort(new Error('stopped by the user')), 300),
  });
  await expect(stopped).rejects.toThrow('stopped by the user');
  const left = await readdir(join(root, 'aborted')).catch(() => []);
  for (const name of left) expect(await exists(join(root, 'aborted', name, 'environment.json'))).toBe(false);
});

test('unsupported interpreters of this machine never reach provisioning', (context) => {
  const old = interpreters.filter(({ facts }) => /^3\.[0-8]\./.test(facts.version));
  if (old.length === 0) context.skip('no Python older than 3.9 on this machine');
  for (const interpreter of old) {
    const name = interpreter.names[0] ?? '';
    const selection = selectInterpreters([name], { interpreters: [interpreter], refused: [] });
    expect(selection.interpreters).toEqual([]);
    expect(selection.unavailable[0]?.reason).toContain(`is Python ${interpreter.facts.version}, and the oldest supported version is 3.9`);
  }
});

test('from the real index, with pip and with uv: uvloop is installed and runs', async (context) => {
  const env = { ...process.env, PATH: withoutUv() };
  const pip = await provision('pip', { packages: ['uv'], env });
  const unreached = pip.unavailable.find(({ reason }) => reason.includes('Check the network'));
  if (unreached !== undefined) context.skip(`the package index is unreachable. ${unreached.reason}`);
  expect(pip.unavailable).toEqual([]);
  const uv = join(pip.runtimes[0]?.folder ?? '', 'bin', 'uv');
  const progress: string[] = [];
  const options = { env: { ...env, PATH: dirname(uv) }, onProgress: (text: string) => void progress.push(text) };
  const fast = await provision('uv', { ...options, uvloop: ['latest', '0.1.999'] });
  expect(progress[0]).toContain('with uv');
  expect(fast.unavailable.map(({ requested }) => requested)).toEqual([`uvloop 0.1.999 on ${supported.facts.version}`]);
  expect(fast.runtimes).toMatchObject([{ made: true, runtime: { packages: { uvloop: pip.runtimes[0]?.runtime.packages['uvloop'] } } }]);
  for (const { executable, runtime } of [...pip.runtimes, ...fast.runtimes]) {
    const check = 'import uvloop; print(uvloop.__version__, uvloop.new_event_loop().__class__.__module__)';
    const { stdout } = await run(executable, ['-I', '-c', check]);
    expect(stdout.trim()).toBe(`${runtime.packages['uvloop']} uvloop`);
  }
  const again = await provision('uv', { env, uv });
  expect(again.runtimes).toEqual([{ ...fast.runtimes[0], made: false }]);
  const contradiction = await provision('uv-contradiction', { ...options, uvloop: [], packages: ['six==1.16.0', 'six==1.15.0'] });
  expect(contradiction.runtimes).toMatchObject([{ runtime: { packages: { six: '1.16.0' } } }]);
  expect(contradiction.unavailable).toMatchObject([
    { requested: `six==1.15.0 on ${supported.facts.version}`, reason: expect.stringContaining('Make the requirements') },
  ]);
  await run(uv, ['pip', 'uninstall', '--quiet', '--python', fast.runtimes[0]?.executable ?? '', 'uvloop'], { env });
  expect((await provision('uv', { env, uv })).runtimes).toEqual(fast.runtimes);
});
