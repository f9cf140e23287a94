import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discoverInterpreters } from './discover.ts';
import { probeInterpreter } from './probe.ts';
import { probeAnswer } from './probe-answer.fixture.ts';

let folder = '';
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'probe-')));
});
afterAll(() => rm(folder, { recursive: true }));

const options = { env: { PATH: '/usr/bin:/bin' }, timeout: 10 };
async function program(body: string, path = join(folder, 'program')): Promise<string> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

const answering = (answer: unknown) => program(`cat <<'END'\n${typeof answer === 'string' ? answer : JSON.stringify(answer)}\nEND`);

test('real interpreters say what they are, twice the same', async () => {
  const where = { env: process.env, home: homedir(), cwd: folder, explicit: [] };
  const { interpreters } = await discoverInterpreters(where);
  const some = interpreters.filter(({ facts }) => facts.implementation === 'cpython').slice(-2);
  expect(some.length).toBeGreaterThan(0);
  for (const { realPath, facts } of some) {
    const again = await probeInterpreter(realPath, { env: process.env });
    expect(again).toMatchObject({ ok: true, facts: { version: facts.version, build: facts.build, basePrefix: facts.basePrefix } });
    expect(facts.build).toMatch(/^[0-9a-f]{8}$/);
    expect(facts.version).toMatch(/^\d+\.\d+\.\d+/);
  }
});

test('an answer is read although other things are printed around it', async () => {
  const path = await answering(`::warning::hello\n${JSON.stringify(probeAnswer)}\ngood bye`);
  expect(await probeInterpreter(path, options)).toMatchObject({ ok: true, facts: { version: '3.13.0', venv: true, ensurepip: false } });
});

test.each<readonly [string, unknown]>([
  ['nothing', ''],
  ['text', 'Python 3.13.0'],
  ['half an answer', '{"version":"3.13.0"'],
  ['another document', { hello: 'world' }],
  ['a version that is a path', { ...probeAnswer, version: '../../etc' }],
  ['a version that is a number', { ...probeAnswer, version: 3.13 }],
  ['an implementation with markup', { ...probeAnswer, implementation: '<b>|' }],
  ['a relative executable', { ...probeAnswer, executable: 'python' }],
  ['no prefix', { ...probeAnswer, base_prefix: null }],
  ['endless configure arguments', { ...probeAnswer, config_args: 'x'.repeat(70_000) }],
])('%s is no answer', async (_, answer) => {
  expect(await probeInterpreter(await answering(answer), options)).toEqual({
    ok: false,
    reason: 'is no Python (its answer to a probe cannot be read)',
  });
});

test.each([
  ['hangs', 'sleep 1000', 'did not answer within 1 s'],
  ['floods', 'while :; do echo "{ { { { { { { { { { { { { { { { { { { { { {"; done', 'printed more than'],
  ['crashes', 'kill -SEGV $$', 'was ended by SIGSEGV'],
  ['is Python 2', 'echo "Unknown option: -I" >&2; exit 2', 'is a Python older than 3.4'],
  ['quotes our script', 'echo "bad file $3" >&2; exit 2', 'is no usable Python: it ended with exit code 2'],
])('a program that %s is refused with the reason', async (_, body, reason) => {
  const result = await probeInterpreter(await program(body), { ...options, timeout: body.startsWith('sleep') ? 1 : 20 });
  expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
});

test('an interpreter gets no token of the caller', async () => {
  const path = await program(`env > ${join(folder, 'seen')}; exit 1`);
  const env = { PATH: '/usr/bin:/bin', GITHUB_TOKEN: 'canary', INPUT_X: 'canary', NODE_OPTIONS: 'canary', PYTHONPATH: 'canary' };
  await probeInterpreter(path, { env });
  const seen = await readFile(join(folder, 'seen'), 'utf8');
  expect(seen).toContain('PATH=/usr/bin:/bin');
  expect(seen).not.toContain('canary');
});

test('a tool-cache build with a shared libpython is given its own library folder, another build is not', async () => {
  const installation = join(folder, 'Python', '3.13.0', 'x64');
  await mkdir(join(installation, 'bin'), { recursive: true });
  await mkdir(join(installation, 'lib'));
  const answer = JSON.stringify(probeAnswer);
  const body = `[ "$LD_LIBRARY_PATH" = "${join(installation, 'lib')}" ] && echo '${answer}'`;
  const path = await program(body, join(installation, 'bin', 'python'));
  expect(await probeInterpreter(path, options)).toMatchObject({ ok: false });
  await writeFile(join(installation, 'lib', 'libpython3.13.so.1.0'), '');
  expect(await probeInterpreter(path, options)).toMatchObject({ ok: true, environment: { LD_LIBRARY_PATH: join(installation, 'lib') } });
});
