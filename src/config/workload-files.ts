// As namespaces: names that an old Node lacks would stop the bundle before it can say that the Node is too old.
import * as files from 'node:fs/promises';
import * as paths from 'node:path';
import { UserError } from '../model/user-error.ts';
import { workloadId } from '../model/workload.ts';

/** Where workload files are looked for. */
export interface WorkloadPlaces {
  /** The folder of the bundled workloads. */
  readonly bundled: string;
  /** What relative patterns are relative to. */
  readonly workingDirectory: string;
}

/** How much of a workload is measured: the models of its core set, or every model and every point of its scale. */
export type Depth = 'core' | 'full';

/** A workload file and how much of it is asked for. */
export interface ChosenWorkload {
  /** Absolute path. */
  readonly file: string;
  readonly depth: Depth;
}

/** A file that cannot be measured at all, whatever is in it. */
export interface UnusableFile {
  readonly file: string;
  /** What is wrong and what to do: one sentence each. */
  readonly reason: string;
}

/** The files that were asked for. */
interface FoundFiles {
  /** At least one, or there is an unusable one; no two share a name. */
  readonly chosen: readonly ChosenWorkload[];
  readonly unusable: readonly UnusableFile[];
}

/** The words that stand for all bundled workloads. */
const sets: ReadonlyMap<string, Depth> = new Map([
  ['core', 'core'],
  ['bundled', 'core'],
  ['full', 'full'],
]);

/**
 * Turns the `workloads` option into files, in order and without repeats.
 * An item is `core` or `bundled` (the set of the write-up), `full` (every bundled workload, model and scale), a bundled
 * workload's name or a glob over them, or a path or glob of the user's own files (it holds a slash or ends in `.py`);
 * what is named by itself is measured in full. `!` before an item takes its files out again.
 *
 * @throws UserError when an item names nothing or nothing is left
 */
export async function findWorkloadFiles(items: readonly string[], places: WorkloadPlaces): Promise<FoundFiles> {
  const bundled = await bundledFiles(places.bundled);
  const chosen = new Map<string, Depth>();
  const asked = items.every((item) => item.startsWith('!')) ? ['core', ...items] : items;
  for (const item of asked) {
    const name = item.replace(/^!/, '');
    const named = await filesOf(name, bundled, places);
    for (const file of named) choose(chosen, file, item.startsWith('!') ? null : (sets.get(name) ?? 'full'));
  }
  if (chosen.size === 0)
    throw new UserError('The option "workloads" leaves no workload.', 'Name at least one, or leave it out for the core set.');
  const unusable = unusableAmong([...chosen.keys()]);
  const refused = new Set(unusable.map(({ file }) => file));
  const usable = [...chosen].filter(([file]) => !refused.has(file));
  return { chosen: usable.map(([file, depth]) => ({ file, depth })), unusable };
}

/** Notes what one item says of one file: null takes it out, and a file that is asked for in full stays so. */
function choose(chosen: Map<string, Depth>, file: string, depth: Depth | null): void {
  if (depth === null) chosen.delete(file);
  else if (chosen.get(file) !== 'full') chosen.set(file, depth);
}

async function bundledFiles(folder: string): Promise<readonly string[]> {
  const names = await files.readdir(folder).catch(() => {
    throw new UserError(
      `The bundled workloads are not at ${folder}.`,
      'Use a complete checkout of the action: dist and workloads belong together.',
    );
  });
  return names
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => paths.join(folder, name));
}

async function filesOf(item: string, bundled: readonly string[], places: WorkloadPlaces): Promise<readonly string[]> {
  if (sets.has(item)) return bundled;
  const own = item.includes('/') || item.endsWith('.py');
  const found = own ? await ownFiles(item, places.workingDirectory) : bundled.filter((file) => paths.matchesGlob(workloadId(file), item));
  if (found.length > 0) return found;
  const known = bundled.map(workloadId).join(', ');
  const remedy = own
    ? 'Check the path; it is relative to working-directory.'
    : `The bundled workloads are ${known}; a file of yours is named by its path, such as ./${item}.py.`;
  throw new UserError(`There is no workload "${item}".`, remedy);
}

async function ownFiles(pattern: string, workingDirectory: string): Promise<readonly string[]> {
  const direct = paths.resolve(workingDirectory, pattern);
  if (await isFile(direct)) return [direct];
  const found: string[] = [];
  for await (const match of files.glob(paths.relative(workingDirectory, direct), { cwd: workingDirectory })) {
    const file = paths.resolve(workingDirectory, match);
    if (file.endsWith('.py') && (await isFile(file))) found.push(file);
  }
  return found.sort();
}

async function isFile(path: string): Promise<boolean> {
  return files.stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

/** Longest name of a workload: it is a part of every cell's identity. */
const longestName = 100;

/** Files whose place or name alone makes them useless; of two with one name, the later one. */
function unusableAmong(chosen: readonly string[]): readonly UnusableFile[] {
  const seen = new Map<string, string>();
  return chosen.flatMap((file) => {
    const name = workloadId(file);
    const reason = whyUnusable(file, name, seen.get(name));
    if (!seen.has(name)) seen.set(name, file);
    return reason === null ? [] : [{ file, reason }];
  });
}

function whyUnusable(file: string, name: string, other: string | undefined): string | null {
  if (other !== undefined) return `It shares the name "${name}" with ${other}. Rename one: the name is the workload.`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.length > longestName) {
    return `Its name is no name of a Python module of at most ${longestName} characters. Rename it: letters, digits and underscores.`;
  }
  if (file.includes(paths.delimiter)) return `Its folder has a "${paths.delimiter}" in its name, which PYTHONPATH cannot hold. Move it.`;
  return null;
}
