import { setTimeout as delay } from 'node:timers/promises';
import { mapInParallel } from '../model/map-in-parallel.ts';
import { UserError } from '../model/user-error.ts';
import type { BaselineBranch, BranchFile, BranchMoment } from './baseline-branch.ts';
import {
  type BaselineFiles,
  type FileChanges,
  type FileChoice,
  type FileEdit,
  type Files,
  namesOf,
  UnreadableFiles,
} from './baseline-files.ts';
import { foreignNames, introductionChange, introductionName } from './branch-introduction.ts';
import { checkBranchName } from './branch-name.ts';
import { largestBaselineFile } from './folder-files.ts';
import { bytesOf, textOf } from './lossless-text.ts';
import { isTrendFile } from './trend-names.ts';

/** How long a writer that came second waits; given, so that tests need no time and always take the same course. */
export interface Backoff {
  /** Waits; rejects as soon as the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}

const jobBackoff: Backoff = {
  sleep: (seconds, signal) => delay(seconds * 1000, undefined, { signal }),
  random: Math.random,
};

/**
 * How often a change is tried. Each time at least one of several writers gets through, so that twelve that begin at once
 * are done after as many attempts; twenty are too, by their different waits.
 */
const mostAttempts = 12;

/** Longest first wait, seconds, which is about what an attempt takes; it doubles up to the longest. */
const firstWait = 1;
const longestWait = 8;

/** Files that are read at the same time. */
const atOnce = 4;

/**
 * The files of a baseline on a branch of their own: compare and swap, so that of several writers none undoes what another
 * wrote. The branch is made by the first change, without a parent: it shares no history with the code.
 *
 * @throws UserError for a name that is no branch's
 */
export function branchFiles(branch: BaselineBranch, backoff: Backoff = jobBackoff): BaselineFiles {
  checkBranchName(branch.name);
  return {
    where: `the branch ${branch.name}`,
    list: async () => namesOn(await branch.moment()),
    read: async (names) => readFiles(branch, await branch.moment(), names),
    change: async (summary, choice, edit) => {
      await changeFiles({ branch, backoff, summary, choice, edit });
      return [];
    },
  };
}

function namesOn({ files }: BranchMoment): readonly string[] {
  return [...files.keys()].filter((name) => name !== introductionName).toSorted();
}

async function readFiles(branch: BaselineBranch, { files }: BranchMoment, names: readonly string[]): Promise<Files> {
  const found = names.flatMap((name) => {
    const file = files.get(name);
    return file === undefined ? [] : [{ name, ...file }];
  });
  refuseTooLarge(branch.name, found);
  return new Map(await mapInParallel(found, { atOnce }, async ({ name, id }) => [name, textOf(await branch.content(id))] as const));
}

function refuseTooLarge(branch: string, files: readonly (BranchFile & { readonly name: string })[]): void {
  const tooLarge = files.filter(({ size }) => size > largestBaselineFile);
  if (tooLarge.length === 0) return;
  const what = ({ name, size }: (typeof files)[number]) =>
    `${name} on the branch ${branch} has ${size} bytes, and at most ${largestBaselineFile} are read.`;
  throw new UnreadableFiles(
    new Map(tooLarge.map((file) => [file.name, what(file)])),
    'Repair or remove that file on the branch; it stays as it is.',
  );
}

interface Change {
  readonly branch: BaselineBranch;
  readonly backoff: Backoff;
  readonly summary: string;
  readonly choice: FileChoice;
  readonly edit: FileEdit;
}

/** Why a change is not there yet, and the commits that may be there all the same because nobody answered. */
interface Standing {
  readonly reason: string;
  readonly unanswered: readonly string[];
}

async function changeFiles(change: Change): Promise<void> {
  const { branch, backoff } = change;
  let standing: Standing = { reason: '', unanswered: [] };
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    try {
      const after = await attemptChange(change, standing);
      if (after === 'done') return;
      standing = after;
      if (attempt < mostAttempts) await backoff.sleep(waitAfter(attempt, backoff), branch.signal);
    } catch (error) {
      throw branch.signal.aborted ? branch.signal.reason : withDoubt(error, change, standing);
    }
  }
  throw givenUp(change, standing);
}

/** Full jitter: writers that met once do not meet again. */
function waitAfter(attempt: number, { random }: Backoff): number {
  return random() * Math.min(longestWait, firstWait * 2 ** (attempt - 1));
}

async function attemptChange({ branch, summary, choice, edit }: Change, { unanswered }: Standing): Promise<'done' | Standing> {
  const moment = await branch.moment();
  if (moment.commit !== null && unanswered.length > 0 && (await branch.holds(moment.commit, unanswered))) return 'done';
  refuseForeign(branch.name, await foreignNames(branch, moment));
  const there = namesOn(moment);
  const names = namesOf(choice, there);
  const now = await readFiles(branch, moment, names);
  const changes = realChanges(edit(now, there), now, names);
  if (changes.size === 0) return 'done';
  const all = new Map([...changes, ...introductionChange(moment, changes)]);
  const outcome = await branch.commit(moment, commitMessage(summary, changes), contentsOf(all));
  if (outcome.kind === 'stored') return 'done';
  return { reason: outcome.reason, unanswered: outcome.kind === 'unanswered' ? [...unanswered, outcome.commit] : unanswered };
}

/**
 * What is different from what is there. A file that was not read must not be written: another writer's lines could be in
 * it. Charts hold no one's: they are drawn from what was read, and the branch itself knows those that are the same.
 */
function realChanges(changes: FileChanges, now: Files, names: readonly string[]): FileChanges {
  const unread = [...changes.keys()].find((name) => !names.includes(name) && !isTrendFile(name));
  if (unread !== undefined) throw new RangeError(`the edit changes ${unread}, which it did not ask for`);
  const isUnread = (name: string) => !names.includes(name);
  return new Map([...changes].filter(([name, text]) => isUnread(name) || text !== (now.get(name) ?? null)));
}

/** Charts and the introduction are short and many, and never anything but text. */
function contentsOf(changes: FileChanges): ReadonlyMap<string, Buffer | string | null> {
  const isText = (name: string) => isTrendFile(name) || name === introductionName;
  return new Map([...changes].map(([name, text]) => [name, text === null || isText(name) ? text : bytesOf(text)]));
}

function commitMessage(summary: string, changes: FileChanges): string {
  const subject = summary.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  const lines = [...changes]
    .filter(([name]) => !isTrendFile(name))
    .map(([name, text]) => `${text === null ? 'Removed' : 'Written'}: ${name}`);
  return `${subject}\n\n${lines.toSorted().join('\n')}\n`;
}

function refuseForeign(branch: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const shown = names.slice(0, 3).map((name) => JSON.stringify(name));
  throw new UserError(
    `The branch ${branch} holds other files (${shown.join(', ')}) and is no baseline.`,
    'Name a branch of its own with "baseline-branch"; nothing was written.',
  );
}

function givenUp({ branch, summary }: Change, { reason, unanswered }: Standing): UserError {
  if (unanswered.length > 0) return inDoubt(`The last answer was "${reason}".`, branch.name, summary);
  return new UserError(
    `Not written to the branch ${branch.name} after ${mostAttempts} attempts: ${summary} (the last one: ${reason}).`,
    'Run the job again; if it stays so, look whether many jobs write at once or a rule protects the branch.',
  );
}

/** Once a commit went unanswered, no later fault may say that nothing was written. */
function withDoubt(error: unknown, { branch, summary }: Change, { unanswered }: Standing): unknown {
  if (unanswered.length === 0 || !(error instanceof UserError)) return error;
  return inDoubt(error.message, branch.name, summary);
}

function inDoubt(why: string, branch: string, summary: string): UserError {
  return new UserError(
    `GitHub did not answer whether it was written to the branch ${branch}: ${summary}. ${why}`,
    'Run the job again: what is there already is not written twice.',
  );
}
