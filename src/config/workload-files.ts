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

/**
 * Turns the `workloads` option into files, in order and without repeats.
 * An item is `bundled` (the set of the write-up), a bundled workload's name or a glob over them, or a path or glob of
 * the user's own files (it holds a slash or ends in `.py`). `!` before an item takes its files out again.
 *
 * @throws UserError when an item names nothing, two files share a name, or nothing is left
 */
export async function findWorkloadFiles(items: readonly string[], places: WorkloadPlaces): Promise<readonly string[]> {
  const bundled = await bundledFiles(places.bundled);
  let chosen: readonly string[] = items.every((item) => item.startsWith('!')) ? bundled : [];
  for (const item of items) {
    const named = await filesOf(item.replace(/^!/, ''), bundled, places);
    chosen = item.startsWith('!') ? chosen.filter((file) => !named.includes(file)) : [...new Set([...chosen, ...named])];
  }
  if (chosen.length === 0)
    throw new UserError('The option "workloads" leaves no workload.', 'Name at least one, or leave it out for the bundled set.');
  refuseNameClash(chosen);
  return chosen;
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
  if (item === 'bundled') return bundled;
  const own = item.includes('/') || item.endsWith('.py');
  const found = own ? await ownFiles(item, places.workingDirectory) : bundled.filter((file) => paths.matchesGlob(idOf(file), item));
  if (found.length > 0) return found;
  const known = bundled.map(idOf).join(', ');
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

function idOf(file: string): string {
  return paths.basename(file, '.py');
}

function refuseNameClash(chosen: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const file of chosen) {
    const other = seen.get(idOf(file));
    if (other !== undefined)
      throw new UserError(`${file} and ${other} share the name "${idOf(file)}".`, 'Rename one: the name is the workload.');
    seen.set(idOf(file), file);
  }
}
