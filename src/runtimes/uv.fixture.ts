import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { discoverInterpreters } from './discover.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';
import { parsePythonVersion } from './python-version.ts';
import { findUv } from './uv.ts';

const run = promisify(execFile);

/** Where the tests keep uv between runs; ignored by git. */
const uvFolder = join(import.meta.dirname, '..', '..', '.concurrency-regressions', 'test-environments', 'uv');

/** uv of PATH, or one from the package index that is kept; or why there is none, for the test that is skipped. */
export async function uvForTests(
  interpreter: Interpreter,
): Promise<{ readonly uv: string; readonly reason?: undefined } | { readonly uv?: undefined; readonly reason: string }> {
  const surroundings: Surroundings = { env: process.env, home: uvFolder, cwd: import.meta.dirname };
  const kept = join(uvFolder, 'bin', 'uv');
  const found = (await findUv({ surroundings })) ?? (await findUv({ surroundings, uv: kept }));
  if (found !== undefined) return { uv: found };
  try {
    await run(interpreter.realPath, ['-I', '-m', 'venv', '--clear', uvFolder]);
    await run(join(uvFolder, 'bin', 'python'), ['-I', '-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', 'uv']);
    return { uv: kept };
  } catch (error) {
    return { reason: `uv cannot be installed from the package index: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What uv is told so that it offers one Python from this machine and knows of no other. */
export interface OfferedPython {
  readonly env: Record<string, string>;
  /** The interpreter that is offered: same version, same configure arguments, but a place of its own. */
  readonly original: Interpreter;
  /** Absolute path of the folder that uv installs into. */
  readonly folder: string;
}

/**
 * Packs an installation of this machine as uv's downloads are packed, so that uv installs it as it would any other.
 * Undefined when none here can be moved: one in /usr is not in a folder of its own.
 */
export async function offerPython(root: string): Promise<OfferedPython | undefined> {
  const { interpreters } = await discoverInterpreters({ env: process.env, home: process.env['HOME'] ?? root, cwd: root, explicit: [] });
  const original = interpreters.find(isMovable);
  const version = original === undefined ? undefined : parsePythonVersion(original.facts.version);
  if (original === undefined || version === undefined) return undefined;
  await mkdir(root, { recursive: true });
  const archive = join(root, 'python.tar.gz');
  await pack(original.facts.basePrefix, archive);
  const platform = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const { major, minor, patch } = version;
  const arch = { family: platform, variant: null };
  const entry = { name: 'cpython', arch, os: 'linux', libc: 'gnu', major, minor, patch, prerelease: '', sha256: null, variant: null };
  const offers = join(root, 'downloads.json');
  const key = `cpython-${original.facts.version}-linux-${platform}-gnu`;
  await writeFile(offers, JSON.stringify({ [key]: { ...entry, url: `file://${archive}`, build: '20250101' } }));
  const folder = join(root, 'uv-pythons');
  return { original, folder, env: { UV_PYTHON_INSTALL_DIR: folder, UV_PYTHON_DOWNLOADS_JSON_URL: offers, UV_NO_CONFIG: '1' } };
}

/** An installation in a folder of its own that finds its own library wherever it is copied to. */
function isMovable({ facts, environment, source }: Interpreter): boolean {
  const version = parsePythonVersion(facts.version);
  const ownFolder = basename(facts.basePrefix) !== 'usr' && dirname(facts.basePrefix) !== '/';
  const supported = version !== undefined && version.minor >= 10 && facts.implementation === 'cpython' && !facts.freeThreaded;
  return supported && ownFolder && source === 'pyenv' && Object.keys(environment).length === 0;
}

async function pack(prefix: string, archive: string): Promise<void> {
  const leftOut = ['test', 'site-packages', '__pycache__', 'idlelib', 'tkinter', '*.a'].map((name) => `--exclude=${name}`);
  const rename = `--transform=s,^${basename(prefix)},python,`;
  await run('tar', ['-I', 'gzip -1', ...leftOut, rename, '-cf', archive, '-C', dirname(prefix), basename(prefix)]);
}
