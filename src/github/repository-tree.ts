import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { UserError } from '../model/user-error.ts';
import { type ApiRepository, apiFault } from './client.ts';

/** Largest archive that is taken, bytes: far more than the source of a Python project, far less than the disk of a runner. */
export const tarballLimitBytes = 1024 ** 3;

/**
 * Downloads the gzipped tar archive of a commit, as one folder that holds the tree, into a file of its own. GitHub
 * redirects to another host for it, which does not get the token.
 *
 * @throws UserError when it cannot be had or is larger than the limit; nothing is left of the file then
 */
export async function downloadTarball(
  repository: ApiRepository,
  commit: string,
  toFile: string,
  limitBytes: number = tarballLimitBytes,
): Promise<void> {
  const { client, owner, repo, signal } = repository;
  const wanted = `the archive of commit ${commit}`;
  try {
    const { data } = await client().request('GET /repos/{owner}/{repo}/tarball/{ref}', {
      owner,
      repo,
      ref: commit,
      request: { signal, parseSuccessResponseBody: false },
    });
    await pipeline(Readable.fromWeb(data as ReadableStream), sizeLimit(wanted, limitBytes), createWriteStream(toFile), {
      signal,
    });
  } catch (error) {
    await rm(toFile, { force: true });
    throw isCutOff(error) && !signal.aborted ? cutOff(wanted) : apiFault(error, wanted, repository);
  }
}

function sizeLimit(wanted: string, limitBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= limitBytes) done(null, chunk);
      else done(tooLarge(wanted, limitBytes));
    },
  });
}

function tooLarge(wanted: string, limitBytes: number): UserError {
  return new UserError(
    `There is more than the ${limitBytes} bytes allowed in ${wanted}.`,
    'Set "fetch-depth: 2" at actions/checkout, so that git has the base commit and nothing needs to be downloaded.',
  );
}

function cutOff(wanted: string): UserError {
  return new UserError(`The connection ended in the middle of ${wanted}.`, 'Run again; check the network if it stays so.');
}

/** What fetch throws when the body ends before its time. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}
