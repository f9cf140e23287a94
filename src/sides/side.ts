import { mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BothSides, SideName } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';

/** One side of a comparison: a source tree, and where the environments that belong to it are made. */
export interface Side {
  readonly name: SideName;
  /** Real path of the tree. */
  readonly tree: string;
  /** A link to the tree whose path is as long as the other side's: this is what processes see of it. */
  readonly link: string;
  /** Absolute path of the folder of its environments, as long as the other side's. */
  readonly environments: string;
}

/** Both sides, and how to take away what was made for them. Nothing is written into the trees but the bytecode that Python caches there. */
export interface Sides extends BothSides<Side> {
  close(): Promise<void>;
}

/** Where trees are looked for and environments are kept. */
export interface SidePlaces {
  /** What relative trees are relative to. */
  readonly cwd: string;
  /** Absolute path of the folder that gets one folder of environments a side. */
  readonly environments: string;
  /** Written into what is made for them, so that the next run knows what is left over of one that was killed. */
  readonly owner: string;
}

/**
 * Opens two trees. Processes reach them through links of equal length, because the length of the paths a process gets
 * moves its stack and with it its speed.
 *
 * @throws UserError when a tree is no folder
 */
export async function openSides(trees: BothSides<string>, places: SidePlaces): Promise<Sides> {
  const base = await openTree('base', resolve(places.cwd, trees.base));
  const head = await openTree('head', resolve(places.cwd, trees.head));
  const links = await realpath(await mkdtemp(join(tmpdir(), 'sides-')));
  await writeFile(join(links, 'owner'), places.owner);
  const close = () => rm(links, { recursive: true, force: true });
  try {
    return { base: await side('base', base, { links, places }), head: await side('head', head, { links, places }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openTree(name: SideName, path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return realpath(path);
  const what = found === null ? 'does not exist' : 'is not a folder';
  throw new UserError(
    `The ${name} tree ${path} ${what}.`,
    `Give a folder that holds the source, such as a git worktree, as --${name}; nothing was measured.`,
  );
}

async function side(
  name: SideName,
  tree: string,
  { links, places }: { readonly links: string; readonly places: SidePlaces },
): Promise<Side> {
  const link = join(links, name);
  await symlink(tree, link);
  return { name, tree, link, environments: join(places.environments, name) };
}
