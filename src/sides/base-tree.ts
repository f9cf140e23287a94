import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { unpackArchive } from './archive.ts';
import { type Checkout, readCheckout } from './checkout.ts';
import { type Git, gitIn, isCommit, TREE_TIMEOUT } from './git.ts';
import { type Refusal, refusal } from './refusal.ts';
import { fetchCommit, hasCommit } from './remote-commit.ts';

/** A commit that is wanted as a second tree. */
export interface BaseTreeRequest {
  /** Absolute path of the working directory; may lie below the root of its checkout. */
  readonly checkout: string;
  /** 40 hex digits; need not be in the checkout. */
  readonly commit: string;
  /** Absolute path of the folder that the tree is made in, under a name of its own; made when it is missing. */
  readonly folder: string;
  /** Written beside the tree, so that the next run knows what is left over of one that was killed. */
  readonly owner: string;
  /** Writes the gzipped tar archive of a commit into a file; for commits that git cannot get. A UserError is its refusal. */
  readonly downloadTarball?: ((commit: string, toFile: string) => Promise<void>) | undefined;
  readonly signal: AbortSignal;
}

/** A second tree. */
export interface BaseTree {
  readonly ok: true;
  /** Absolute path of what the working directory is in the base commit. */
  readonly tree: string;
  /** Whether the commit was at hand, came from the remote, or came as an archive without git's metadata. */
  readonly how: 'worktree' | 'fetched worktree' | 'archive';
  /** What is not in it and may be missed, a sentence each. */
  readonly notes: readonly string[];
  /** Takes the tree away, from the disk and from git's list. Returns why something is left of it, or null. */
  close(): Promise<string | null>;
}

/** The folder of one tree, and git of the checkout. */
interface Place {
  readonly request: BaseTreeRequest;
  readonly git: Git;
  /** Real path, of this tree alone. */
  readonly own: string;
  /** Where the root of the repository goes, below `own`. */
  readonly root: string;
}

/**
 * Makes a second tree of a commit: a git worktree where the commit is at hand or can be fetched, and else the unpacked
 * archive. The checkout stays as it is. What went wrong is a refusal, and leaves nothing behind.
 */
export async function openBaseTree(request: BaseTreeRequest): Promise<BaseTree | Refusal> {
  const { checkout, commit, folder, signal } = request;
  if (!isCommit(commit)) return refusal(`${JSON.stringify(commit)} is no commit id.`, 'Name the base as "base-ref".');
  const git = gitIn(checkout, signal);
  const here = await readCheckout(git, checkout);
  if (!here.ok) return here;
  await mkdir(folder, { recursive: true });
  const own = await realpath(await mkdtemp(join(folder, 'base-')));
  await writeFile(join(own, 'owner'), request.owner);
  const place = { request, git, own, root: join(own, 'tree') };
  const close = () => remove(place);
  try {
    const made = await fill(place);
    const opened = made.ok ? await describe(place, here, made.how) : made;
    if (!opened.ok) await close();
    return opened.ok ? { ...opened, close } : opened;
  } catch (error) {
    await close();
    throw error;
  }
}

type Made = Pick<BaseTree, 'ok' | 'how'>;

async function fill(place: Place): Promise<Made | Refusal> {
  const byGit = await checkOut(place);
  if (byGit.ok || place.request.downloadTarball === undefined) return byGit;
  const fault = await download(place, place.request.downloadTarball);
  return fault === null ? { ok: true, how: 'archive' } : refusal(`${byGit.reason} ${fault.reason}`, fault.remedy);
}

async function checkOut({ request: { commit }, git, root }: Place): Promise<Made | Refusal> {
  const present = await hasCommit(git, commit);
  const missing = present ? null : await fetchCommit(git, commit);
  if (missing !== null) return missing;
  const added = await git(['worktree', 'add', '--quiet', '--detach', root, commit], TREE_TIMEOUT);
  if (added.ok) return { ok: true, how: present ? 'worktree' : 'fetched worktree' };
  return refusal(
    `Git could not make a second tree of the base commit ${commit} (git: ${added.complaint}).`,
    'Check that the disk has room and that the .git folder of the checkout can be written to.',
  );
}

/** Returns why there is no tree, or null. */
async function download(
  { request, own, root, git }: Place,
  from: NonNullable<BaseTreeRequest['downloadTarball']>,
): Promise<Refusal | null> {
  const { commit, signal } = request;
  const file = join(own, 'base.tar.gz');
  await forget(git, root);
  try {
    await from(commit, file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return refusal(error.message.slice(0, -error.remedy.length).trimEnd(), error.remedy);
  }
  const unpacked = await unpackArchive({ file, folder: root, signal });
  await rm(file, { force: true });
  return unpacked;
}

/** Finds the working directory in the tree, and what the tree lacks. */
async function describe({ request, root }: Place, { prefix }: Checkout, how: BaseTree['how']): Promise<Omit<BaseTree, 'close'> | Refusal> {
  const tree = join(root, prefix).replace(/\/$/, '');
  const found = await stat(tree).catch(() => null);
  if (found?.isDirectory() === true) return { ok: true, tree, how, notes: await notesOf(root, how) };
  return refusal(
    `The base commit ${request.commit} has no folder ${prefix.replace(/\/$/, '')}.`,
    'Choose a "working-directory" that the base commit has, too; what is new has nothing to be compared with.',
  );
}

async function notesOf(root: string, how: BaseTree['how']): Promise<readonly string[]> {
  const submodules = await stat(join(root, '.gitmodules')).catch(() => null);
  const attributes = await readFile(join(root, '.gitattributes'), 'utf8').catch(() => '');
  const place = how === 'archive' ? 'check out with "fetch-depth: 0" and let' : 'let';
  const lacks = [
    ...(submodules === null ? [] : [`its submodules: where they are needed, ${place} "install" run \`git submodule update --init\``]),
    ...(/\bfilter=lfs\b/.test(attributes)
      ? [`files of Git LFS, of which it has pointers: where they are needed, ${place} "install" run \`git lfs pull\``]
      : []),
    ...(how === 'archive'
      ? [
          'a .git folder and what .gitattributes keeps out of archives (export-ignore), because it came as an archive; "fetch-depth: 0" avoids it',
        ]
      : []),
  ];
  return lacks.map((what) => `The tree of the base commit lacks ${what}.`);
}

/** Not ended by the signal: it is what an interrupted run has left to do. */
async function remove({ request, own, root }: Place): Promise<string | null> {
  const git = gitIn(request.checkout);
  await forget(git, root);
  const left = await rm(own, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).then(
    () => null,
    (error: Error) => error.message,
  );
  // Once more, in case that git could not remove what is in it; git knows of no tree there otherwise.
  await forget(git, root);
  return left;
}

/** Takes the tree that a killed run left below a folder off git's list; a folder without one is left alone. */
export async function removeLeftTree(checkout: string, folder: string): Promise<void> {
  const root = join(folder, 'tree');
  if ((await stat(root).catch(() => null)) !== null) await forget(gitIn(checkout), root);
}

/** Takes one worktree off git's list. Not `prune`, which forgets other trees, too, such as those on a disk that is not mounted. */
async function forget(git: Git, root: string): Promise<void> {
  await git(['worktree', 'remove', '--force', '--force', root], TREE_TIMEOUT);
}
