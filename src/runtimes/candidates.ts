import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import type { InterpreterSource, RefusedCandidate, SearchedPlace, Surroundings } from './interpreter.ts';

/** A file that may be an interpreter; only running it tells. */
export interface Candidate {
  /** The path, as written when it was explicit. */
  readonly name: string;
  /** Absolute path to run. */
  readonly path: string;
  readonly source: InterpreterSource;
}

/** A place and what lies in it. */
export interface Search extends SearchedPlace {
  readonly candidates: readonly Candidate[];
}

/** The path that an explicit request names: `~` is the home folder, relative paths start from the working folder. */
function explicitPath(name: string, where: Surroundings): string {
  return name === '~' || name.startsWith('~/') ? join(where.home, name.slice(1)) : resolve(where.cwd, name);
}

/** Checks the paths that were asked for by name; one that cannot be run is refused with the reason. */
export async function explicitCandidates(
  names: readonly string[],
  where: Surroundings,
): Promise<readonly (Candidate | RefusedCandidate)[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = explicitPath(name, where);
      const reason = await whyNotRunnable(path);
      return reason === undefined ? { name, path, source: 'explicit path' } : { name, source: 'explicit path', reason };
    }),
  );
}

async function whyNotRunnable(path: string): Promise<string | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) return 'does not exist';
  if (status.isDirectory()) return 'is a folder, not an interpreter (name the file in it, such as bin/python3)';
  return (await isRunnable(path)) ? undefined : 'is not an executable file';
}

async function isRunnable(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Every place that interpreters are looked for in without being named, in order of preference. */
export function searchPlaces(where: Surroundings): Promise<readonly Search[]> {
  return Promise.all([toolCache(where), uvFolder(where), pyenvFolder(where), commandPath(where)]);
}

/** The runner's tool cache, `<cache>/Python/<version>/<architecture>/bin/python`, free-threaded architectures included. */
async function toolCache(where: Surroundings): Promise<Search> {
  const source = 'tool cache';
  const cache = where.env['RUNNER_TOOL_CACHE'];
  if (cache === undefined || !isAbsolute(cache)) return { source, place: 'no tool cache (RUNNER_TOOL_CACHE is not set)', candidates: [] };
  const root = join(cache, 'Python');
  const versions = (await names(root)).filter((name) => /^\d/.test(name));
  const builds = await Promise.all(
    versions.map(async (version) => (await names(join(root, version))).map((arch) => join(root, version, arch))),
  );
  return { source, place: await described('the tool cache', root), candidates: await runnable(builds.flat(), source) };
}

/** The folder of the interpreters that uv manages: its variable, or the place it takes without one. */
function uvRoot(where: Surroundings): string {
  const data = where.env['XDG_DATA_HOME'];
  const root = where.env['UV_PYTHON_INSTALL_DIR'];
  if (root !== undefined && root !== '') return resolve(where.cwd, root);
  return join(data !== undefined && isAbsolute(data) ? data : join(where.home, '.local', 'share'), 'uv', 'python');
}

/**
 * The CPythons that uv manages, `<folder>/cpython-<version>[+freethreaded]-<platform>/bin`, whether uv itself is at hand or
 * not. Not every build has a plain `python`. Left out are the links that uv moves from patch to patch, and debug builds,
 * which are several times slower by design.
 */
async function uvFolder(where: Surroundings): Promise<Search> {
  const root = uvRoot(where);
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const builds = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('cpython-') && !entry.name.includes('debug'));
  const folders = builds.map(({ name }) => name).sort();
  const paths = await Promise.all(folders.map((folder) => commandsIn(join(root, folder, 'bin'))));
  const candidates = paths.flat().map((path): Candidate => ({ name: path, path, source: 'uv' }));
  return { source: 'uv', place: await described("uv's folder", root), candidates };
}

/** The folder of pyenv: its variable, or the place it takes without one. */
function pyenvRoot(where: Surroundings): string {
  const root = where.env['PYENV_ROOT'];
  return root !== undefined && isAbsolute(root) ? root : join(where.home, '.pyenv');
}

/** The CPython versions that pyenv built. Other implementations and Conda, whose folders start with a letter, are left out. */
async function pyenvFolder(where: Surroundings): Promise<Search> {
  const root = join(pyenvRoot(where), 'versions');
  const versions = (await names(root)).filter((name) => /^\d/.test(name));
  const folders = versions.map((version) => join(root, version));
  return { source: 'pyenv', place: await described("pyenv's folder", root), candidates: await runnable(folders, 'pyenv') };
}

async function described(what: string, root: string): Promise<string> {
  const status = await stat(root).catch(() => undefined);
  return `${what} ${root}${status?.isDirectory() === true ? '' : ' (not there)'}`;
}

/** `bin/python` of each installation folder, where there is one. */
async function runnable(installations: readonly string[], source: InterpreterSource): Promise<readonly Candidate[]> {
  const paths = installations.map((folder) => join(folder, 'bin', 'python'));
  const found = await Promise.all(paths.map(isRunnable));
  return paths.filter((_, index) => found[index] === true).map((path) => ({ name: path, path, source }));
}

const COMMAND_NAME = /^python(?:3(?:\.\d+t?)?)?$/;

/** Every `python`, `python3`, `python3.X` and `python3.Xt` on PATH. pyenv's shims are left out: its versions are found themselves. */
async function commandPath(where: Surroundings): Promise<Search> {
  const shims = join(pyenvRoot(where), 'shims');
  const folders = (where.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder) && resolve(folder) !== shims);
  const paths = await Promise.all([...new Set(folders)].map(commandsIn));
  const candidates = paths.flat().map((path): Candidate => ({ name: path, path, source: 'PATH' }));
  return { source: 'PATH', place: 'PATH', candidates };
}

async function commandsIn(folder: string): Promise<readonly string[]> {
  const paths = (await names(folder)).filter((name) => COMMAND_NAME.test(name)).map((name) => join(folder, name));
  const found = await Promise.all(paths.map(isRunnable));
  return paths.filter((_, index) => found[index] === true);
}

/** Names in a folder, sorted, so that the order does not depend on the file system; none when it cannot be read. */
async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

/**
 * What makes two candidates the same before either is run: the real path of an interpreter. A link to anything else may
 * be a launcher that decides by the name it is called with, and stays apart.
 */
export async function candidateKey(candidate: Candidate): Promise<string> {
  const real = await realpath(candidate.path).catch(() => candidate.path);
  return basename(real).startsWith('python') ? real : candidate.path;
}
