import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProvisioningGround, provisioningGround } from './provision.fixture.ts';

let ground: ProvisioningGround;

beforeAll(async () => {
  ground = await provisioningGround();
  await ground.makeWheel('needy_library', '1.0', { needs: 'second_library<2' });
  await ground.makeWheel('zoo_library', '1.0', { needs: 'uvloop<0.99' });
});
afterAll(() => ground.remove());

test('of packages that contradict each other the first is kept, and each other one is named with the reason', async () => {
  const packages = ['second_library==2.0', 'zoo_library', 'needy_library', 'second_library==1.0', 'helper_library'];
  const { runtimes, unavailable } = await ground.provision('contradiction', { uvloop: ['0.99.1'], packages });
  expect(runtimes.map(({ runtime }) => runtime.packages)).toEqual([
    { uvloop: '0.99.1', 'second-library': '2.0', 'helper-library': '1.2.3' },
  ]);
  const { version } = ground.supported.facts;
  expect(unavailable.map(({ requested }) => requested)).toEqual(
    ['zoo_library', 'needy_library', 'second_library==1.0'].map((text) => `${text} on ${version}`),
  );
  for (const { reason } of unavailable) expect(reason).toMatch(/conflicting dependencies.*Make the requirements of the workloads agree/);
  // The index is out of reach, so that nothing but the memory of the environment can answer.
  const again = await ground.provision('contradiction', { uvloop: ['0.99.1'], packages, env: ground.unreachable() });
  expect(again).toEqual({ runtimes: [{ ...runtimes[0], made: false }], unavailable });
});

test('what comes late does not overwrite what is there', async () => {
  const late = join(ground.root, 'late-wheels');
  await mkdir(late);
  const env = { ...ground.offline(), PIP_FIND_LINKS: `${ground.wheels} ${late}` };
  const options = { uvloop: [], packages: ['second_library==2.0', 'late_library'], env };
  await ground.provision('late', options);
  await ground.makeWheel('late_library', '1.0', { folder: late, needs: 'second_library<2' });
  const { runtimes, unavailable } = await ground.provision('late', options);
  expect(runtimes).toMatchObject([{ made: false, runtime: { packages: { 'second-library': '2.0' } } }]);
  expect(unavailable).toMatchObject([{ reason: expect.stringContaining('conflicting dependencies') }]);
});

test('what is not pinned is the newest at most a day ago, and stays when the index is out of reach', async () => {
  const index = join(ground.root, 'moving-index');
  await mkdir(index);
  for (const name of ['uvloop', 'helper_library']) await ground.makeWheel(name, '0.1', { folder: index });
  const day = 24 * 3600;
  const progress: string[] = [];
  const at = async (seconds: number, env: Record<string, string> = { ...ground.offline(), PIP_FIND_LINKS: index }) => {
    const more = { now: () => 1.8e9 + seconds, env, onProgress: (text: string) => void progress.push(text) };
    const { runtimes, unavailable } = await ground.provision('moving', { packages: ['helper_library==0.1', 'new_library'], ...more });
    const [only] = runtimes;
    return { made: only?.made, packages: only?.runtime.packages, missing: unavailable.length };
  };
  const old = { uvloop: '0.1', 'helper-library': '0.1' };
  expect(await at(0)).toEqual({ made: true, packages: old, missing: 1 });
  for (const name of ['uvloop', 'helper_library']) await ground.makeWheel(name, '0.2', { folder: index });
  expect(await at(day - 1)).toEqual({ made: false, packages: old, missing: 1 });
  expect(await at(day, ground.unreachable())).toEqual({ made: false, packages: old, missing: 1 });
  expect(progress.at(-1)).toMatch(/^Reused .* as it was: newer versions could not be looked for/);
  expect(await at(day + 1800)).toEqual({ made: false, packages: old, missing: 1 });
  await ground.makeWheel('new_library', '3.0', { folder: index });
  expect(await at(day + 3600)).toEqual({ made: false, packages: { ...old, uvloop: '0.2', 'new-library': '3.0' }, missing: 0 });
  expect(progress.at(-1)).not.toContain('as it was');
  await ground.makeWheel('uvloop', '0.3', { folder: index });
  // A clock that ran far ahead when the environment was made must not keep it for ever.
  expect(await at(-10 * day)).toMatchObject({ packages: { uvloop: '0.3' } });
});

test('an environment of exact versions is never looked up again', async () => {
  const options = { uvloop: ['0.98.0'], packages: ['helper_library==1.2.3'] };
  const made = await ground.provision('pinned', { ...options, now: () => 0 });
  const later = await ground.provision('pinned', { ...options, now: () => 1e9, env: ground.unreachable() });
  expect(later).toEqual({ ...made, runtimes: [{ ...made.runtimes[0], made: false }] });
  const marker = await readFile(join(made.runtimes[0]?.folder ?? '', 'environment.json'), 'utf8');
  expect(JSON.parse(marker).freshUntil).toBe(24 * 3600);
});
