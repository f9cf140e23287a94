import { execFile } from 'node:child_process';
import { access, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { environmentName, environmentRecipe } from './environment-marker.ts';
import { type ProvisioningGround, provisioningGround } from './provision.fixture.ts';
import type { ProvisionedRuntime } from './provision.ts';
import { selectInterpreters } from './select.ts';

const run = promisify(execFile);

let ground: ProvisioningGround;

beforeAll(async () => {
  ground = await provisioningGround();
});
afterAll(() => ground.remove());

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('an environment has what was asked for, is reused, and is made anew when it is incomplete or does not start', async () => {
  const folder = join(ground.root, 'reuse', environmentName(environmentRecipe(ground.supported, ['uvloop==0.98.0', 'helper_library>=1'])));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'left-over'), '');
  const progress: string[] = [];
  const options = { uvloop: ['0.98.0'], packages: ['helper_library>=1'], onProgress: (text: string) => void progress.push(text) };
  const first = await ground.provision('reuse', options);
  expect(first.unavailable).toEqual([]);
  expect(first.runtimes).toHaveLength(1);
  const [runtime] = first.runtimes;
  if (runtime === undefined) throw new Error('no runtime');
  const { version, build } = ground.supported.facts;
  expect(runtime).toMatchObject({
    made: true,
    folder,
    runtime: {
      id: `cpython-${version}-gil-${build}+uvloop-0.98.0`,
      python: version,
      freeThreaded: false,
      source: ground.supported.source,
      packages: { uvloop: '0.98.0', 'helper-library': '1.2.3' },
      provenance: ground.supported.facts.provenance,
      wheels: [
        { name: 'helper-library', version: '1.2.3', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { name: 'uvloop', version: '0.98.0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ],
    },
  });
  expect(await exists(join(folder, 'left-over'))).toBe(false);
  expect(progress).toEqual([
    `Preparing Python ${version} with uvloop 0.98.0, helper_library>=1 with pip`,
    `Made Python ${version} with uvloop 0.98.0, helper_library>=1`,
  ]);
  const { stdout } = await run(runtime.executable, ['-I', '-c', 'import sys, uvloop; print(sys.prefix)']);
  expect(stdout.trim()).toBe(runtime.folder);

  const second = await ground.provision('reuse', options);
  expect(second).toEqual({ ...first, runtimes: [{ ...runtime, made: false }] });

  await rm(runtime.executable);
  await symlink('/no/such/python', runtime.executable);
  expect(await ground.provision('reuse', options)).toEqual(first);
});

test('several uvloop versions make several runtimes; one that cannot be had is named and not replaced', async () => {
  const { runtimes, unavailable } = await ground.provision('versions', { uvloop: ['0.98.0', '0.1.999', 'latest', '0.99.1'] });
  expect(runtimes.map(({ runtime }) => runtime.packages)).toEqual([{ uvloop: '0.98.0' }, { uvloop: '0.99.1' }]);
  expect(new Set(runtimes.map(({ folder }) => folder.length)).size).toBe(1);
  expect(unavailable.map(({ requested }) => requested)).toEqual([`uvloop 0.1.999 on ${ground.supported.facts.version}`]);
  expect(unavailable[0]?.reason).toContain('0.98.0, 0.99.1');
  expect(unavailable[0]?.reason).toContain('Ask for a version that has a wheel');
});

test('a minor version is its newest release, and a wheel is known by its content, wherever it is installed', async () => {
  const other = join(ground.root, 'other-wheels');
  await mkdir(other);
  await ground.makeWheel('uvloop', '0.98.0', { folder: other });
  await ground.makeWheel('uvloop', '0.98.7', { folder: other });
  const changed = join(ground.root, 'changed-wheels');
  await mkdir(changed);
  await ground.makeWheel('uvloop', '0.98.7', { folder: changed, needs: 'helper_library' });
  const installed = async (folder: string, version: string, wheels: string) => {
    const env = { ...ground.offline(), PIP_FIND_LINKS: `${wheels} ${ground.wheels}` };
    const { runtimes } = await ground.provision(folder, { uvloop: [version], env });
    return runtimes[0]?.runtime.wheels?.[0];
  };
  const first = await installed('content-1', '0.98', other);
  expect(first).toMatchObject({ name: 'uvloop', version: '0.98.7' });
  expect(await installed('content-2', '0.98.7', other)).toEqual(first);
  const second = await installed('content-3', '0.98.7', changed);
  expect(second).toMatchObject({ name: 'uvloop', version: '0.98.7' });
  expect(second?.sha256).not.toBe(first?.sha256);
});

test('a runtime exists without what cannot be had; a missing version is remembered, a missing network is tried again', async () => {
  const packages = ['helper_library', 'second_library>=7', 'no-such-library'];
  const away = await ground.provision('retry', { packages, env: ground.unreachable() });
  expect(away.runtimes).toMatchObject([{ made: true, runtime: { id: expect.not.stringContaining('uvloop'), packages: {} } }]);
  expect(away.unavailable).toHaveLength(4);
  for (const { reason } of away.unavailable) expect(reason).toContain('Check the network');
  const back = await ground.provision('retry', { packages });
  expect(back.runtimes).toMatchObject([{ made: false, runtime: { packages: { uvloop: '0.99.1', 'helper-library': '1.2.3' } } }]);
  const { version } = ground.supported.facts;
  expect(back.unavailable).toMatchObject([
    { requested: `second_library>=7 on ${version}`, reason: expect.stringContaining('Ask for a version that has a wheel') },
    { requested: `no-such-library on ${version}`, reason: expect.stringContaining('index settings') },
  ]);
  const folder = back.runtimes[0]?.folder ?? '';
  const marker = JSON.parse(await readFile(join(folder, 'environment.json'), 'utf8'));
  expect(Object.keys(marker.refused)).toEqual(['second_library>=7']);
  expect(await ground.provision('retry', { packages })).toEqual(back);
});

test('an interpreter that cannot make environments is unavailable with the reason', async () => {
  const broken = { ...ground.supported, realPath: '/bin/false', facts: { ...ground.supported.facts, ensurepip: false } };
  const { runtimes, unavailable } = await ground.provision('broken', { interpreters: [broken] });
  expect(runtimes).toEqual([]);
  expect(unavailable).toMatchObject([{ requested: ground.supported.facts.version, reason: expect.stringContaining('python3-venv') }]);
});

test('malformed requirements are refused before anything is made', async () => {
  await expect(ground.provision('refused', { uvloop: ['newest'] })).rejects.toThrow(UserError);
  await expect(ground.provision('refused', { packages: ['--index-url=http://x'] })).rejects.toThrow(UserError);
  await expect(ground.provision('refused', { packages: ['helper_library', 'uvloop<0.20'] })).rejects.toThrow('uvloop-version');
  expect(await exists(join(ground.root, 'refused'))).toBe(false);
});

test('an abort stops the work, and what it leaves is not taken for an environment', async () => {
  const controller = new AbortController();
  const stopped = ground.provision('aborted', {
    signal: controller.signal,
    onProgress: () => void setTimeout(() => controller.abort(new Error('stopped by the user')), 300),
  });
  await expect(stopped).rejects.toThrow('stopped by the user');
  const left = await readdir(join(ground.root, 'aborted')).catch(() => []);
  for (const name of left) expect(await exists(join(ground.root, 'aborted', name, 'environment.json'))).toBe(false);
});

test('unsupported interpreters of this machine never reach provisioning', (context) => {
  const old = ground.interpreters.filter(({ facts }) => /^3\.[0-8]\./.test(facts.version));
  if (old.length === 0) context.skip('no Python older than 3.9 on this machine');
  for (const interpreter of old) {
    const name = interpreter.names[0] ?? '';
    const selection = selectInterpreters([name], { interpreters: [interpreter], refused: [], searched: [] });
    expect(selection.interpreters).toEqual([]);
    expect(selection.unavailable[0]?.reason).toContain(`is Python ${interpreter.facts.version}, and the oldest supported version is 3.9`);
  }
});

test('from the real index, with pip and with uv: uvloop is installed and runs', async (context) => {
  const env = { ...process.env, PATH: ground.withoutUv };
  const pip = await ground.provision('pip', { packages: ['uv'], env });
  const unreached = pip.unavailable.find(({ reason }) => reason.includes('Check the network'));
  if (unreached !== undefined) context.skip(`the package index is unreachable. ${unreached.reason}`);
  expect(pip.unavailable).toEqual([]);
  const uv = join(pip.runtimes[0]?.folder ?? '', 'bin', 'uv');
  const progress: string[] = [];
  const options = { env: { ...env, PATH: dirname(uv) }, onProgress: (text: string) => void progress.push(text) };
  const fast = await ground.provision('uv', { ...options, uvloop: ['latest', '0.1.999'] });
  expect(progress[0]).toContain('with uv');
  expect(fast.unavailable.map(({ requested }) => requested)).toEqual([`uvloop 0.1.999 on ${ground.supported.facts.version}`]);
  expect(fast.runtimes).toMatchObject([{ made: true, runtime: { packages: { uvloop: pip.runtimes[0]?.runtime.packages['uvloop'] } } }]);
  const uvloopWheel = ({ runtime }: ProvisionedRuntime) => runtime.wheels?.find(({ name }) => name === 'uvloop');
  expect(fast.runtimes.map(uvloopWheel)).toEqual(pip.runtimes.map(uvloopWheel));
  for (const { executable, runtime } of [...pip.runtimes, ...fast.runtimes]) {
    const check = 'import uvloop; print(uvloop.__version__, uvloop.new_event_loop().__class__.__module__)';
    const { stdout } = await run(executable, ['-I', '-c', check]);
    expect(stdout.trim()).toBe(`${runtime.packages['uvloop']} uvloop`);
  }
  const again = await ground.provision('uv', { env, uv });
  expect(again.runtimes).toEqual([{ ...fast.runtimes[0], made: false }]);
  const contradiction = await ground.provision('uv-contradiction', { ...options, uvloop: [], packages: ['six==1.16.0', 'six==1.15.0'] });
  expect(contradiction.runtimes).toMatchObject([{ runtime: { packages: { six: '1.16.0' } } }]);
  expect(contradiction.unavailable).toMatchObject([
    { requested: `six==1.15.0 on ${ground.supported.facts.version}`, reason: expect.stringContaining('Make the requirements') },
  ]);
  await run(uv, ['pip', 'uninstall', '--quiet', '--python', fast.runtimes[0]?.executable ?? '', 'uvloop'], { env });
  expect((await ground.provision('uv', { env, uv })).runtimes).toEqual(fast.runtimes);
});
