import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type ChildOptions, runChild } from './child-process.ts';

const options: ChildOptions = { env: { PATH: '/usr/bin:/bin' }, timeout: 20 };
const shell = (script: string, more: Partial<ChildOptions> = {}) => runChild('/bin/sh', ['-c', script], { ...options, ...more });

/** Waits up to 5 s for a process to be gone. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

test('output of a good end is returned, and only the given environment is there', async () => {
  const result = await shell('env', { env: { PATH: '/usr/bin:/bin', ONLY: '1' } });
  expect(result).toMatchObject({ ok: true });
  const names = result.ok ? result.stdout.split('\n').map((line) => line.split('=')[0]) : [];
  expect(names.filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name ?? '')).sort()).toEqual(['ONLY', 'PATH']);
});

test.each([
  ['an exit code', 'echo out; echo why >&2; exit 3', 'ended with exit code 3'],
  ['a signal', 'kill -ILL $$', 'was ended by SIGILL'],
])('%s is a fault with the output kept', async (_, script, fault) => {
  expect(await shell(script)).toMatchObject({ ok: false, fault });
});

test('a program that is not there or cannot run is a fault', async () => {
  expect(await runChild('/no/such/program', [], options)).toMatchObject({ ok: false, fault: 'could not be started (ENOENT)' });
  expect(await runChild('/etc/passwd', [], options)).toMatchObject({ ok: false, fault: 'could not be started (EACCES)' });
});

test('a flood of output is ended', async () => {
  const result = await shell('while :; do echo flood flood flood flood flood flood flood flood; done');
  expect(result).toMatchObject({ ok: false, fault: expect.stringContaining('printed more than') });
});

test('a program that hangs is ended with what it started', async () => {
  const result = await shell('sleep 1000 & echo $!; trap "" TERM; while :; do sleep 1; done', { timeout: 0.5 });
  expect(result).toMatchObject({ ok: false, fault: 'did not answer within 0.5 s' });
  expect(await gone(Number(result.ok ? 0 : result.output.split('\n')[0]))).toBe(true);
});

test('a grandchild that holds the pipe does not hold the result', async () => {
  const started = performance.now();
  const result = await shell('setsid sleep 30 & echo $!; exit 0');
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(result.ok).toBe(true);
  // It left the group on purpose, so that only its own id reaches it.
  process.kill(Number(result.ok ? result.stdout : 0), 'SIGKILL');
});

test('an abort kills the child and throws its reason; an earlier one starts nothing', async () => {
  const controller = new AbortController();
  const running = shell('sleep 1000', { signal: controller.signal });
  controller.abort(new Error('stopped by the user'));
  await expect(running).rejects.toThrow('stopped by the user');
  await expect(shell('true', { signal: controller.signal })).rejects.toThrow('stopped by the user');
});

test('a child does not outlive this process when it exits without an abort', async () => {
  const module = JSON.stringify(new URL('./child-process.ts', import.meta.url).href);
  const program = `import { runChild } from ${module};
    void runChild('/bin/sh', ['-c', 'echo $$ >&2; exec sleep 1000'], { env: {}, timeout: 900 });
    const { readdirSync, readFileSync } = await import('node:fs');
    const children = () => readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim();
    while (children() === '') await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(children());
    process.exit(0);`;
  const result = await runChild(process.execPath, ['--input-type=module', '-e', program], options);
  expect(result).toMatchObject({ ok: true, stdout: expect.stringMatching(/^\d+$/) });
  expect(await gone(Number(result.ok ? result.stdout : 0))).toBe(true);
});
