import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import type { VersionAnswer } from './index-versions.ts';
import { chooseInstaller, type Installer } from './installer.ts';
import { type ProvisioningGround, provisioningGround } from './provision.fixture.ts';
import { uvForTests } from './uv.fixture.ts';
import { chooseUvloops } from './uvloop-choice.ts';

const day = 24 * 3600;
let ground: ProvisioningGround;
let index = '';
let folder = '';

beforeAll(async () => {
  ground = await provisioningGround();
  index = await mkdtemp(join(tmpdir(), 'uvloop-index-'));
  for (const version of ['0.9.1', '0.19.0', '0.20.0', '0.20.3', '0.21.0rc1', '0.22.1', '1.0']) {
    await ground.makeWheel('uvloop', version, { folder: index });
  }
  folder = await mkdtemp(join(tmpdir(), 'uvloop-choice-'));
});
afterAll(async () => {
  await ground.remove();
  for (const each of [index, folder]) await rm(each, { recursive: true });
});

async function installerOf(name: 'pip' | 'uv', env: Record<string, string>): Promise<Installer | string> {
  const surroundings = { env, home: ground.root, cwd: ground.root };
  const pip = await chooseInstaller({ surroundings });
  if (name === 'pip') return pip;
  const found = await uvForTests(ground.supported);
  return found.uv === undefined ? found.reason : chooseInstaller({ surroundings, uv: found.uv });
}

/** An index of nothing but the wheels of this test, and none of what uv remembers of another one. */
const local = () => ({ ...ground.offline(), PIP_FIND_LINKS: index, UV_FIND_LINKS: index, UV_CACHE_DIR: join(folder, 'uv-cache') });

test.for(['pip', 'uv'] as const)('%s: a range is the newest release of each of its minor versions', async (name, context) => {
  const installer = await installerOf(name, local());
  if (typeof installer === 'string') return context.skip(installer);
  expect(installer.name).toBe(name);
  const own = await mkdtemp(join(folder, `${name}-`));
  const options = { interpreters: [ground.supported], installer, folder: own, now: () => 0 };
  const requirementsOf = async (...requested: string[]) => {
    const { requirements, unavailable } = await chooseUvloops({ ...options, requested });
    expect(unavailable).toEqual([]);
    return requirements.map(({ text }) => text);
  };
  expect(await requirementsOf('0.19-0.22')).toEqual(['uvloop==0.19.*', 'uvloop==0.20.*', 'uvloop==0.22.*']);
  expect(await requirementsOf('>=0.22', 'latest', '0.22', '0.20.0')).toEqual([
    'uvloop==0.22.*',
    'uvloop==1.0.*',
    'uvloop',
    'uvloop==0.20.0',
  ]);
  const { requirements, unavailable } = await chooseUvloops({ ...options, requested: ['>=2.0', '0.21-0.21'] });
  expect(requirements).toEqual([]);
  expect(unavailable).toEqual([
    { requested: 'uvloop >=2.0', reason: expect.stringContaining('Ask for a range that the index has releases in.') },
    { requested: 'uvloop 0.21-0.21', reason: expect.stringContaining('No uvloop in this range could be found') },
  ]);
});

test('pip is asked through an interpreter that has it', async () => {
  const installer = await installerOf('pip', local());
  if (typeof installer === 'string') throw new Error(installer);
  const without = { ...ground.supported, realPath: '/bin/false' };
  const range = { from: { major: 0, minor: 19 }, to: undefined };
  const minors = [
    { major: 1, minor: 0 },
    { major: 0, minor: 22 },
    { major: 0, minor: 20 },
    { major: 0, minor: 19 },
  ];
  expect(await installer.versions({ name: 'uvloop', range, interpreters: [without, ground.supported] })).toEqual({ ok: true, minors });
  expect(await installer.versions({ name: 'uvloop', range, interpreters: [without] })).toMatchObject({ ok: false });
});

/** An installer that answers as it is told and counts how often it was asked. */
function answering(answers: VersionAnswer[]): Installer & { readonly asked: () => number } {
  let asked = 0;
  const never = () => Promise.reject(new Error('nothing is to be installed'));
  const versions = async (): Promise<VersionAnswer> => {
    asked += 1;
    return answers.shift() ?? { ok: false, failure: { cause: 'other', complaint: 'asked once too often' } };
  };
  return { name: 'pip', create: never, install: never, versions, asked: () => asked };
}

const found = (...minors: number[]): VersionAnswer => ({ ok: true, minors: minors.map((minor) => ({ major: 0, minor })) });
const unreached: VersionAnswer = { ok: false, failure: { cause: 'network', complaint: 'timed out' } };

test('an answer holds for a day, and longer while the index is not reached, which is said', async () => {
  const own = await mkdtemp(join(folder, 'kept-'));
  const installer = answering([found(22, 21), unreached, found(23, 22, 21)]);
  const progress: string[] = [];
  const at = async (now: number) => {
    const onProgress = (text: string) => void progress.push(text);
    const options = { requested: ['>=0.21'], interpreters: [ground.supported], installer, folder: own, now: () => now, onProgress };
    return (await chooseUvloops(options)).requirements.length;
  };
  expect([await at(0), await at(day - 1), installer.asked()]).toEqual([2, 2, 1]);
  expect(progress).toEqual([]);
  expect(await at(day)).toBe(2);
  expect(progress).toEqual(['uvloop >=0.21: the versions of an earlier day, because the index was not reached (timed out)']);
  expect([await at(2 * day), installer.asked()]).toEqual([3, 3]);
  const [file = ''] = await readdir(own);
  for (const text of ['', '{"version":2}', '{"version":1,"minors":[],"freshUntil":9}']) {
    await writeFile(join(own, file), text);
    const damaged = { requested: ['>=0.21'], interpreters: [ground.supported], installer: answering([found(22)]), folder: own };
    expect((await chooseUvloops({ ...damaged, now: () => 2 * day })).requirements).toHaveLength(1);
  }
});

test('an index that is not reached and was never asked is a reason with a remedy', async () => {
  const own = await mkdtemp(join(folder, 'never-'));
  const options = { requested: ['>=0.21', 'latest'], interpreters: [ground.supported], installer: answering([unreached]), folder: own };
  const { requirements, unavailable } = await chooseUvloops({ ...options, now: () => 0 });
  expect(requirements).toMatchObject([{ text: 'uvloop' }]);
  expect(unavailable).toMatchObject([{ requested: 'uvloop >=0.21', reason: expect.stringContaining('Check the network') }]);
});

test('a range that stands for more environments than anybody means is refused', async () => {
  const own = await mkdtemp(join(folder, 'many-'));
  const installer = answering([found(...Array.from({ length: 31 }, (_, minor) => minor))]);
  const options = { requested: ['>=0.0'], interpreters: [ground.supported], installer, folder: own, now: () => 0 };
  await expect(chooseUvloops(options)).rejects.toThrow(UserError);
});

test('ranges and what each Python can have of them are found out from the real index', async (context) => {
  const commands = await mkdtemp(join(folder, 'commands-'));
  const uv = await uvForTests(ground.supported);
  if (uv.uv === undefined) return context.skip(uv.reason);
  await symlink(uv.uv, join(commands, 'uv'));
  const newest = ground.interpreters.find(({ facts }) => /^3\.1[3-9]\.\d+$/.test(facts.version) && !facts.freeThreaded);
  if (newest === undefined) return context.skip('uvloop 0.20 has wheels for every Python of this machine');
  const env = { ...process.env, PATH: dirname(join(commands, 'uv')) };
  const { runtimes, unavailable } = await ground.provision('real-range', { interpreters: [newest], uvloop: ['0.20-0.22'], env });
  if (unavailable.some(({ reason }) => reason.includes('Check the network'))) return context.skip('the package index is unreachable');
  expect(unavailable).toMatchObject([
    { requested: `uvloop 0.20 on ${newest.facts.version}`, reason: expect.stringContaining('uvloop==0.20.0 has no usable wheels') },
    ...(newest.facts.version.startsWith('3.13.') ? [] : [{ requested: `uvloop 0.21 on ${newest.facts.version}` }]),
  ]);
  expect(runtimes.at(-1)?.runtime.packages['uvloop']).toMatch(/^0\.22\./);
});
