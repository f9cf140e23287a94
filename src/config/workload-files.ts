// As namespaces: names that an old Node lacks would stop the bundle before it can say that the Node is too old.
import * as files from 'node:fs/promises';
import * as paths from 'node:path';
import { UserError } from '../model/user-error.ts';

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
 * @throws UserError when an item names nothing, two files share a name, or nothing is left
 */
export async function findWorkloadFiles(items: readonly string[], places: WorkloadPlaces): Promise<readonly ChosenWorkload[]> {
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
  refuseNameClash([...chosen.keys()]);
  return [...chosen].map(([file, depth]) => ({ file, depth }));
}

/** Notes what one item says of one file: null takes it out, and a file that is asked for in full stays so. */
function choose(chosen: Map<string, Depth>, file: string, depth: Depth | null): void {
  if (depth === null) chosen.delete(file);
  else if (chosen.get(file) !== 'full') chosen.set(file, depth);
}

/** The name of a workload: that of its file without `.py`. */
export function workloadId(file: string): string {
  return paths.basename(file, '.py');
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

function refuseNameClash(chosen: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const file of chosen) {
    const other = seen.get(workloadId(file));
    if (other !== undefined)
      throw new UserError(`${file} and ${other} share the name "${workloadId(file)}".`, 'Rename one: the name is the workload.');
    seen.set(workloadId(file), file);
  }
}
