import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { interpretersAtHand } from '../python-environments.ts';

const run = promisify(execFile);

/** The programs that read our exports, in the versions that the tests are written against. */
const packages = ['pyperf==2.11.0', 'prometheus_client==0.26.0', 'junitparser==5.0.3', 'xmlschema==4.3.2'];

const folder = join(import.meta.dirname, '..', '..', '.concurrency-regressions', 'test-environments');

let known: Promise<string> | null = null;

/** The interpreter of an environment that has them all, made once and kept. */
function consumersPython(): Promise<string> {
  known ??= environment();
  return known;
}

async function environment(): Promise<string> {
  const interpreter = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 11 && minor <= 14 && !freeThreaded);
  if (interpreter === undefined) throw new Error('the tests of exports need a CPython from 3.11 on');
  const kept = join(folder, `exports-${interpreter.label}-${packages.map((name) => name.split('==')[1]).join('-')}`);
  const python = join(kept, 'bin', 'python');
  if (existsSync(python)) return python;
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(join(folder, 'exports-'));
  await run(interpreter.executable, ['-m', 'venv', made]);
  const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  await run(join(made, 'bin', 'python'), ['-m', 'pip', 'install', ...quiet, ...packages], { timeout: 150_000 });
  // Another test may have made it meanwhile: theirs is as good.
  await rename(made, kept).catch(() => rm(made, { recursive: true, force: true }));
  return python;
}

/** Runs a Python program; it gets `words` as arguments, and what it prints is JSON. */
export async function askPython(program: string, ...words: readonly string[]): Promise<unknown> {
  const { stdout } = await run(await consumersPython(), ['-c', program, ...words], { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout);
}

/** What a module of Python prints. */
export async function runModule(...words: readonly string[]): Promise<string> {
  return (await run(await consumersPython(), ['-m', ...words], { maxBuffer: 64 * 2 ** 20 })).stdout;
}
