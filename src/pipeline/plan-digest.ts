import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { cellId } from '../model/cell.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import { treeDigest } from '../sides/tree-digest.ts';
import { programVersion } from '../version.ts';
import type { ConfirmRequest } from './confirm.ts';
import type { Head } from './head.ts';
import type { ReadySide } from './pair-sides.ts';
import { warmups } from './surroundings.ts';

/**
 * A digest of everything that a sample of the rounds depends on: code, machine, interpreters with their packages, cells and
 * how they are measured. Null where the code cannot be named, as outside a checkout.
 *
 * @param results absolute path of the results file of this run
 */
export async function planDigest(head: Head, results: string): Promise<string | null> {
  const { options, folder, commit, shard, prepared, workloads, matrix, machine } = head;
  const tree = await treeDigest(folder, await writtenFiles(head, results));
  if (tree === null) return null;
  const { values, timeout, seed, processes } = options;
  return digestOf({
    ...{ programVersion, warmups, tree, commit, shard, machine, values, timeout, seed, processes },
    runtimes: prepared.runtimes.map(({ runtime }) => runtime),
    peer: prepared.peer.realPath,
    workloads: recordedWorkloads(workloads.described),
    cells: matrix.cells.map(cellId),
  });
}

/** Whether a file is one that runs and reports write, or a draft, a journal or a lock of it: it may lie among the code. */
async function writtenFiles({ options, folder }: Head, results: string): Promise<(path: string) => boolean> {
  const reports = [options['report-path'], options['html-report-path']].map((path) => resolve(folder, path));
  const files = await Promise.all([results, ...reports].map(realPathOf));
  return (path) => files.some((file) => path === file || path.startsWith(`${file}.`));
}

/** As git names it: without a link on the way. The file need not be there. */
async function realPathOf(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  return join(folder, basename(path));
}

/** A digest of what a series of pairs was fixed to before its first pair: suspects, base, and the rules of its looks. */
export function seriesDigest({ base, rules, seed }: ConfirmRequest, { plan }: ReadySide, suspects: readonly PairSuspect[]): string {
  return digestOf({ rules, seed, base: base.description.commit, plan, suspects });
}

function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
