import { tmpdir } from 'node:os';
import type { Options } from '../config/options.ts';
import type { BuildMatch } from '../judge/pair-suspects.ts';
import { ownerTag } from '../measure/program-process.ts';
import type { BaseDescription } from '../model/pairs-of-run.ts';
import type { Run } from '../model/run.ts';
import { type Runtime, runtimeLabel } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import { movedToolchains, moveText, type ToolchainMove } from '../plan/toolchain.ts';
import { resolveBase } from '../sides/base-commit.ts';
import { openBaseTree } from '../sides/base-tree.ts';
import { differsOnlyInWorkflows } from '../sides/workflow-difference.ts';
import type { Head } from './head.ts';

/** What head is to be compared with in pairs, or why there is nothing. */
export type BaseChoice =
  | { readonly kind: 'commit'; readonly commit: string; readonly origin: string; readonly notes: readonly string[] }
  /** The checkout itself, on other runtimes or, to see false alarms, on the same ones. */
  | {
      readonly kind: 'same tree';
      readonly origin: string;
      /** What base runs on where it is not what head runs on, one for each runtime of head; empty for the same ones. */
      readonly bases: readonly Runtime[];
    }
  | { readonly kind: 'none'; readonly pairs: 'asked' | 'unasked'; readonly reason: string };

/** Runtimes of the base side where they are other ones than head's. */
export interface BaseRuntimes {
  readonly options: Partial<Pick<Options, 'python-version' | 'uvloop-version'>>;
  /** The ids that base may have; null for any. What else is provided instead is not what was stored. */
  readonly ids: ReadonlySet<string> | null;
}

/** A base tree that is there. */
export interface OpenBase {
  /** Absolute path of what is the working directory in it. */
  readonly tree: string;
  readonly description: BaseDescription;
  readonly runtimes: BaseRuntimes;
  readonly match: BuildMatch;
  close(): Promise<void>;
}

/**
 * Chooses the base: the same tree for a null run, the commit that was named or that the pull request starts from, or,
 * where the code is the same and only the toolchain moved, the same tree on the runtimes of the stored runs.
 *
 * @param stored the newest stored run of every runtime on such a machine
 */
export async function chooseBase(head: Head, stored: readonly Run[]): Promise<BaseChoice> {
  const { options } = head;
  if (options['null-run']) return { kind: 'same tree', origin: 'the same tree (null run)', bases: [] };
  if (options.compare === 'baseline')
    return { kind: 'none', pairs: 'unasked', reason: 'Pairs were not asked for ("compare" is "baseline").' };
  const runtimes = head.prepared.runtimes.map(({ runtime }) => runtime);
  const moves = movedToolchains(
    runtimes,
    stored.flatMap((run) => run.runtimes),
  );
  const resolved = await resolveCommit(head);
  // A base that was asked for and cannot be had is no proof that the code is the same.
  const sameCode =
    resolved.kind === 'none'
      ? resolved.pairs === 'unasked'
      : moves.length > 0 && (await differsOnlyInWorkflows(head.folder, resolved.commit, head.surroundings.signal));
  // At a terminal another version is mostly one that was asked for, and no reason to measure twice.
  const watched = head.surroundings.workflow !== null || options['base-ref'] !== undefined;
  return watched && moves.length > 0 && sameCode ? movedTree(runtimes, moves) : resolved;
}

/** The same tree on the stored runtimes; what did not move stays what it is, so that its cells can be measured too. */
function movedTree(runtimes: readonly Runtime[], moves: readonly ToolchainMove[]): BaseChoice {
  const bases = runtimes.map((runtime) => moves.find(({ head }) => head.id === runtime.id)?.base ?? runtime);
  return { kind: 'same tree', origin: `this tree on the stored runtimes (${moves.map(moveText).join('; ')})`, bases };
}

async function resolveCommit({ options, surroundings, folder }: Head): Promise<Exclude<BaseChoice, { readonly kind: 'same tree' }>> {
  const { workflow, repository, signal } = surroundings;
  const baseRef = options['base-ref'];
  const pullRequest = workflow?.pullRequest ?? null;
  const mergeGroupBase = workflow?.mergeGroupBase ?? null;
  if (baseRef === undefined && pullRequest === null && mergeGroupBase === null) {
    return {
      kind: 'none',
      pairs: 'unasked',
      reason:
        'There is no base to measure against: this is no pull request, and "base-ref" is not given. Name one, such as main, for verdicts at once.',
    };
  }
  const mergeBaseByApi = repository === null ? undefined : repository.mergeBase;
  const resolved = await resolveBase({ folder, baseRef, pullRequest, mergeGroupBase, mergeBaseByApi, signal });
  // What was named by the user must be there; what an event names may be out of reach, which the report says.
  if (!resolved.ok && baseRef !== undefined) throw new UserError(resolved.reason, resolved.remedy);
  if (!resolved.ok) return { kind: 'none', pairs: 'asked', reason: `${resolved.reason} ${resolved.remedy}` };
  return { kind: 'commit', commit: resolved.commit, origin: resolved.origin, notes: resolved.notes };
}

/** A base that was opened, or why it could not be: one or two sentences, with what to do. */
export type OpenedBase = { readonly ok: true; readonly open: OpenBase } | { readonly ok: false; readonly reason: string };

/** Makes the chosen base ready to be read. */
export async function openBase(
  { folder, surroundings }: Head,
  choice: Exclude<BaseChoice, { readonly kind: 'none' }>,
): Promise<OpenedBase> {
  if (choice.kind === 'same tree') return { ok: true, open: sameTree(folder, choice) };
  const { repository, signal, progress } = surroundings;
  const downloadTarball = repository === null ? undefined : repository.downloadTarball;
  const opened = await openBaseTree({
    checkout: folder,
    folder: tmpdir(),
    owner: ownerTag(),
    commit: choice.commit,
    downloadTarball,
    signal,
  });
  if (!opened.ok) return { ok: false, reason: `${opened.reason} ${opened.remedy}` };
  const description = { commit: choice.commit, origin: choice.origin, notes: [...choice.notes, ...opened.notes] };
  const close = async () => {
    const left = await opened.close();
    if (left !== null) progress.note(left);
  };
  return { ok: true, open: { tree: opened.tree, description, runtimes: anyRuntimes, match: 'same build', close } };
}

function sameTree(folder: string, { origin, bases }: Extract<BaseChoice, { readonly kind: 'same tree' }>): OpenBase {
  const runtimes = runtimesOf(bases);
  const match = bases.length > 0 ? 'same minor version' : 'same build';
  return { tree: folder, description: { commit: null, origin, notes: [] }, runtimes, match, close: async () => {} };
}

const anyRuntimes: BaseRuntimes = { options: {}, ids: null };

function runtimesOf(bases: readonly Runtime[]): BaseRuntimes {
  if (bases.length === 0) return anyRuntimes;
  const uvloops = bases.flatMap(({ packages }) => packages['uvloop'] ?? []);
  const options = {
    'python-version': [...new Set(bases.map(runtimeLabel))],
    ...(uvloops.length === 0 ? {} : { 'uvloop-version': [...new Set(uvloops)] }),
  };
  return { options, ids: new Set(bases.map(({ id }) => id)) };
}
