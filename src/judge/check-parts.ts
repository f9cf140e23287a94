import { cellIdsOf, type Run } from '../model/run.ts';
import { shardCount, shardName } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';

/** A results document and where it was read from. */
export interface PartFile {
  readonly file: string;
  readonly results: Run;
}

/** Parts that belong together, in the order of the plan, and what the plan had besides. */
export interface CheckedParts<File extends PartFile> {
  readonly parts: readonly File[];
  /** Names of the shards that delivered nothing, in the order of the plan. */
  readonly missing: readonly string[];
}

/**
 * Puts the results of one run in order.
 *
 * @throws UserError when they are of several commits or plans, the same shard or cell is in two of them, or one was
 * measured without a shard beside others of a plan: whatever was made of them would be no report on one change
 */
export function checkParts<File extends PartFile>(files: readonly File[]): CheckedParts<File> {
  const [first] = files;
  if (first === undefined) throw new RangeError('a report needs at least one results file');
  for (const other of files) refuseMixed(first, other);
  const parts = files.toSorted((one, other) => placeOf(one) - placeOf(other) || one.file.localeCompare(other.file));
  refuseTwice(parts);
  refuseEmpty(parts);
  return { parts, missing: missingShards(first, parts) };
}

/** What a part is called in messages: its shard, else its file. */
export function partName({ file, results: { shard } }: PartFile): string {
  return shard === null ? file : `shard ${shard.index} of ${shardCount(shard)} (${shardName(shard.pythons, shard.index)})`;
}

function placeOf({ results: { shard } }: PartFile): number {
  return shard?.index ?? 0;
}

const startAgain = 'Give "results" the files of one run only; nothing was written.';

function refuseMixed(first: PartFile, other: PartFile): void {
  const [was, is] = [first.results, other.results];
  if (was.commit !== is.commit)
    throw new UserError(`${first.file} is of commit ${was.commit ?? 'none'}, ${other.file} of ${is.commit ?? 'none'}.`, startAgain);
  if ((was.shard === null) !== (is.shard === null))
    throw new UserError(`Of ${first.file} and ${other.file}, only one is a shard of a plan.`, startAgain);
  if (was.shard?.run !== is.shard?.run)
    throw new UserError(
      `${first.file} is of the plan ${was.shard?.run ?? 'none'}, ${other.file} of the plan ${is.shard?.run ?? 'none'}.`,
      startAgain,
    );
  if (JSON.stringify(was.shard?.pythons) !== JSON.stringify(is.shard?.pythons))
    throw new UserError(`${first.file} and ${other.file} do not agree on the shards of their plan.`, startAgain);
}

function refuseTwice(parts: readonly PartFile[]): void {
  const shards = new Map<number, PartFile>();
  const cells = new Map<string, PartFile>();
  for (const part of parts) {
    const { shard } = part.results;
    const twin = shard === null ? undefined : shards.get(shard.index);
    if (twin !== undefined) throw new UserError(`${twin.file} and ${part.file} are both ${partName(part)}.`, startAgain);
    if (shard !== null) shards.set(shard.index, part);
    for (const id of cellIdsOf(part.results)) {
      const other = cells.get(id);
      if (other !== undefined) throw new UserError(`The cell ${id} is in ${other.file} and in ${part.file}.`, twiceRemedy);
      cells.set(id, part);
    }
  }
}

function refuseEmpty(parts: readonly PartFile[]): void {
  if (parts.some(({ results }) => [...cellIdsOf(results)].length > 0)) return;
  throw new UserError(
    `No cell was measured in ${parts.map(({ file }) => file).join(', ')}.`,
    'A report on nothing would pass: see the logs of the measuring jobs.',
  );
}

/**
 * Refuses parts whose pairs were looked at by other rules than theirs are judged by: the looks are fixed before the first
 * pair, and a look that nobody took can neither clear nor convict.
 *
 * @throws UserError that names the part
 */
export function checkLooks(parts: readonly PartFile[], looks: readonly number[]): void {
  for (const part of parts) {
    const { comparison } = part.results;
    if (comparison === null || comparison.pairs.kind !== 'pairs' || comparison.looks.join() === looks.join()) continue;
    throw new UserError(
      `${partName(part)} was measured with "confirm-pairs: ${comparison.looks.join(', ')}", and this report judges by ${looks.join(', ')}.`,
      'Give the measuring and the reporting job the same configuration; nothing was reported.',
    );
  }
}

const twiceRemedy =
  'Name each Python once in "python-version", and give jobs on different kinds of machines a "name" and a report of their own; nothing was written.';

function missingShards({ results: { shard } }: PartFile, parts: readonly PartFile[]): readonly string[] {
  if (shard === null) return [];
  const there = new Set(parts.map(placeOf));
  const places = Array.from({ length: shardCount(shard) }, (_, index) => index + 1);
  return places.filter((index) => !there.has(index)).map((index) => shardName(shard.pythons, index));
}
