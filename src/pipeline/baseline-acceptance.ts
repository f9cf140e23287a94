import { z } from 'zod';
import { acceptedFields } from '../baseline/accepted-schema.ts';
import type { BaselineFiles } from '../baseline/baseline-files.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { firstIssue } from '../baseline/json-text.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { matchesPattern } from '../model/name-pattern.ts';
import { cellIdsOf } from '../model/run.ts';
import { UserError } from '../model/user-error.ts';
import type { AcceptAction } from '../terminal/baseline-arguments.ts';
import { readRecords } from './stored-records.ts';

/** An accepted change of level. */
export interface AcceptedBaseline {
  readonly shift: AcceptedShift;
  /** Whether it was there already, word for word or with another reason. */
  readonly known: boolean;
  /** Ids of the stored cells that it is about, sorted. */
  readonly cells: readonly string[];
  /** Whether a run of the commit is stored; else it counts from the next run on. */
  readonly measured: boolean;
}

interface Circumstances {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
}

/**
 * Stores that somebody accepted a change of level.
 *
 * @throws UserError when a pattern fits no stored cell, or the commit is none or several of those that were stored
 */
export async function acceptShift(files: BaselineFiles, action: AcceptAction, circumstances: Circumstances): Promise<AcceptedBaseline> {
  const runs = (await readRecords(files)).files.flat();
  const ids = [...new Set(runs.flatMap((run) => [...cellIdsOf(run)]))].toSorted();
  const commits = new Set(runs.flatMap(({ commit }) => commit ?? []));
  const cells = fittingCells(action.cells, ids, files.where);
  const commit = fullCommit(action.commit, commits, files.where);
  const shift: AcceptedShift = {
    ...{ cells: action.cells, commit, why: action.why },
    by: action.by ?? authorOf(circumstances.environment),
    created: circumstances.now.toISOString(),
  };
  checkStorable(shift);
  const store = baselineStore(files, condensedRun);
  const before = (await store.accepted()).length;
  await store.accept(shift);
  return { shift, known: (await store.accepted()).length === before, cells, measured: commits.has(commit) };
}

function fittingCells(patterns: readonly string[], ids: readonly string[], where: string): readonly string[] {
  const unfit = patterns.find((pattern) => !ids.some((id) => matchesPattern(pattern, id)));
  if (unfit === undefined) return ids.filter((id) => patterns.some((pattern) => matchesPattern(pattern, id)));
  const example = ids[0] === undefined ? 'there is none yet' : `one of them is ${ids[0]}`;
  throw new UserError(
    `No cell in ${where} fits "${unfit}"; nothing was stored.`,
    `Write --cells as WORKLOAD/MODEL/RUNTIME, with * for any text: ${example}.`,
  );
}

/** A whole id may be of a commit that is not measured yet; what is shorter must be found. */
function fullCommit(digits: string, commits: ReadonlySet<string>, where: string): string {
  if (digits.length === 40) return digits;
  const [found, ...others] = [...commits].filter((commit) => commit.startsWith(digits));
  if (found !== undefined && others.length === 0) return found;
  throw new UserError(
    `${found === undefined ? 'No commit' : 'More than one commit'} of the runs in ${where} begins with ${digits}; nothing was stored.`,
    'Give all 40 digits of the commit with which the new level began; "baseline show" names it.',
  );
}

function authorOf(environment: Circumstances['environment']): string {
  const name = ['GITHUB_ACTOR', 'USER', 'LOGNAME', 'USERNAME'].map((key) => environment[key]?.trim()).find((value) => value);
  if (name !== undefined) return name;
  throw new UserError('It is not known who accepts the change; nothing was stored.', 'Say it with --by NAME.');
}

function checkStorable(shift: AcceptedShift): void {
  const checked = z.strictObject(acceptedFields).safeParse(shift);
  if (checked.success) return;
  throw new UserError(`The change cannot be stored: ${firstIssue(checked.error)}.`, 'Shorten or mend what was given; nothing was stored.');
}
