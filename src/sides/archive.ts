import { createReadStream } from 'node:fs';
import { mkdir, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { TREE_TIMEOUT } from './git.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Largest tree that is unpacked, bytes of the uncompressed archive; a small file can hold any number of them. */
export const unpackedLimitBytes = 4 * 1024 ** 3;

/** An archive to unpack. */
export interface Archive {
  /** Absolute path of a gzipped tar file whose entries lie in one folder. */
  readonly file: string;
  /** Absolute path of the folder that gets what is in that one; made here. */
  readonly folder: string;
  readonly limitBytes?: number;
  readonly signal: AbortSignal;
}

type Entries =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly complaint: string; readonly missing: boolean };

/**
 * Unpacks the archive with tar. Returns why it could not be, or null. Nothing is written outside the folder, and nothing in
 * it leads outside.
 */
export async function unpackArchive(archive: Archive): Promise<Refusal | null> {
  const listed = await tar(archive, ['-t']);
  if (!listed.ok) return unreadable(archive, listed);
  const outside = listed.stdout.split('\n').find((name) => name.startsWith('/') || name.split('/').includes('..'));
  if (outside !== undefined) return unsafe(archive, `the entry ${JSON.stringify(outside.slice(0, 100))} would lie outside its folder`);
  await mkdir(archive.folder);
  const owner = ['--no-same-owner', '--no-same-permissions'];
  const unpacked = await tar(archive, ['-x', '--strip-components=1', ...owner, '-C', archive.folder]);
  if (!unpacked.ok) return unreadable(archive, unpacked);
  const root = await realpath(archive.folder);
  if ((await readdir(root)).length === 0) return unreadable(archive, { complaint: 'there is nothing in it', missing: false });
  const bad = await whatLeadsOutside(root, root);
  return bad === null ? null : unsafe(archive, bad);
}

/** Runs tar on the uncompressed archive, which is counted on its way. */
async function tar({ file, limitBytes = unpackedLimitBytes, signal }: Archive, args: readonly string[]): Promise<Entries> {
  signal.throwIfAborted();
  const child = execa('tar', [...args, '-f', '-'], {
    env: { LC_ALL: 'C' },
    reject: false,
    killDescendants: true,
    timeout: TREE_TIMEOUT * 1000,
    cancelSignal: signal,
  });
  // Both ends: where tar stops early the pipe breaks, and where the file is damaged tar would wait for the rest.
  const fed = pipeline(createReadStream(file), createGunzip(), counted(limitBytes), child.stdin).then(
    () => null,
    (error: Error) => {
      child.kill();
      return error;
    },
  );
  const [fault, result] = await Promise.all([fed, child]);
  signal.throwIfAborted();
  if (result.code === 'ENOENT') return { ok: false, complaint: 'tar is not on PATH', missing: true };
  if (fault !== null && !isBrokenPipe(fault)) return { ok: false, complaint: fault.message, missing: false };
  if (!result.failed) return { ok: true, stdout: result.stdout };
  const said = result.stderr.split('\n').find((line) => line.startsWith('tar: ')) ?? `tar ended with exit code ${result.exitCode}`;
  return { ok: false, complaint: said, missing: false };
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
}

function counted(limitBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= limitBytes) done(null, chunk);
      else done(new Error(`unpacked it has more than the ${limitBytes} bytes allowed`));
    },
  });
}

/** The first entry that is a link to outside `root`, or neither file, folder nor link; in words, or null. */
async function whatLeadsOutside(root: string, folder: string): Promise<string | null> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = JSON.stringify(relative(root, path).slice(0, 100));
    if (entry.isSymbolicLink() && (await pointsOutside(root, path))) return `the link ${name} leads outside the tree`;
    if (!(entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())) return `the entry ${name} is no file, folder or link`;
    const below = entry.isDirectory() ? await whatLeadsOutside(root, path) : null;
    if (below !== null) return below;
  }
  return null;
}

/** By its text, which also tells of a link to nothing, and by where it ends, which also tells of a link through links. */
async function pointsOutside(root: string, link: string): Promise<boolean> {
  const byText = resolve(dirname(link), await readlink(link));
  const end = await realpath(link).catch(() => byText);
  return ![byText, end].every((path) => path === root || path.startsWith(`${root}/`));
}

const remedy = 'Set "fetch-depth: 0" at actions/checkout, so that git has the base commit and no archive is needed.';

function unreadable({ file }: Archive, { complaint, missing }: { readonly complaint: string; readonly missing: boolean }): Refusal {
  const installed = missing ? 'Install tar, or set "fetch-depth: 0" at actions/checkout, so that no archive is needed.' : remedy;
  return refusal(`The archive of the base commit, ${file}, cannot be unpacked: ${complaint}.`, installed);
}

function unsafe({ file }: Archive, why: string): Refusal {
  return refusal(`The archive of the base commit, ${file}, is refused: ${why}.`, remedy);
}
