import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForOrphans } from './orphans.ts';
import { type ProvisioningGround, provisioningGround } from './provision.fixture.ts';

let ground: ProvisioningGround;
beforeAll(async () => {
  ground = await provisioningGround();
});
afterAll(() => ground.remove());

const packages = ['helper_library', 'second_library'];
const everything = { 'helper-library': '1.2.3', 'second-library': '2.0' };

/** Another run as its user would start it, and what it prints. */
function run(folder: string): { readonly child: ChildProcess; readonly lines: Promise<readonly unknown[]> } {
  const script = fileURLToPath(new URL('./provision-run.fixture.ts', import.meta.url));
  const args = [script, join(ground.root, folder), ground.supported.realPath, ...packages];
  const child = spawn(process.execPath, args, { env: ground.offline(), stdio: ['ignore', 'pipe', 'inherit'] });
  const printed = text(child.stdout);
  const lines = printed.then((all) =>
    all
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line)),
  );
  return { child, lines };
}

test('two runs at once make one environment: the other one waits for it, says so, and has all that is in it', async () => {
  const runs = [run('twice'), run('twice')];
  const [first = [], second = []] = await Promise.all(runs.map(({ lines }) => lines));
  const results = [first.at(-1), second.at(-1)];
  expect(results).toEqual(
    expect.arrayContaining([
      { made: true, packages: everything },
      { made: false, packages: everything },
    ]),
  );
  const waited = [first, second].flat().filter((line) => String(line).startsWith('Waiting for another run (process '));
  expect(waited).toHaveLength(1);
  expect(await readdir(join(ground.root, 'twice'))).toHaveLength(1);
});

test('what a killed run left is neither waited for nor taken for an environment', async () => {
  const killed = run('killed');
  const begun = async () => (await readdir(join(ground.root, 'killed')).catch(() => [])).some((name) => !name.includes('.lock'));
  while (!(await begun())) await sleep(20);
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  expect(await readdir(join(ground.root, 'killed'))).toContainEqual(expect.stringMatching(/\.lock$/));
  const after = await run('killed').lines;
  expect(after.at(-1)).toEqual({ made: true, packages: everything });
  expect(after.join(' ')).not.toContain('Waiting for another run');
  expect(await readdir(join(ground.root, 'killed'))).toHaveLength(1);
});

test('an installer that outlives its run is waited for', async () => {
  const { realPath } = ground.supported;
  const installer = spawn('/bin/sh', ['-c', 'sleep 2', realPath, join(ground.root, 'orphan', 'bin', 'python')], { stdio: 'ignore' });
  const unrelated = spawn('/bin/sh', ['-c', 'sleep 60', join(ground.root, 'orphan-2')], { stdio: 'ignore' });
  const waited: (readonly number[])[] = [];
  await waitForOrphans(join(ground.root, 'orphan'), { onWait: (pids) => void waited.push(pids) });
  expect(waited).toEqual(existsSync('/proc/self/cmdline') ? [[installer.pid]] : []);
  if (waited.length > 0) expect(installer.exitCode).toBe(0);
  unrelated.kill('SIGKILL');
});
