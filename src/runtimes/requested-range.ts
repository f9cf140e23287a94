import { UserError } from '../model/user-error.ts';
import { isDefaultChoice, OLDEST_SUPPORTED, parsePythonVersion } from './python-version.ts';
import { compareMinors, type MinorVersion, minorLabel, type VersionRange } from './version-range.ts';

/** A range as it was written and as it was read. */
export interface AskedRange {
  readonly text: string;
  readonly range: VersionRange;
  readonly freeThreaded: boolean;
}

/** What a plan takes of a range. */
export interface PlannedRange {
  /** Single requests, from old to new, at least one: "3.13", "3.14t". */
  readonly pythons: readonly string[];
  /** What of the range is not planned, why, and what to do; null when all of it is. */
  readonly missing: string | null;
}

/** More minor versions than a range that is meant has. */
const LONGEST_RANGE = 30;

/** PEP 703: before it there is no build without the lock. */
const OLDEST_FREE_THREADED = '3.13';

/**
 * Names the minor versions of a range one by one, for machines that may have others than this one: those that are
 * supported, and of those that are newer than any that was tested only what is at hand here, because a range may end
 * anywhere. Null where they cannot be named: the range does not end within Python 3, or nothing is left of it.
 *
 * @param atHand minor versions of the range that are at hand, "3.13", "3.14t"
 * @throws UserError for a range of more minor versions than anybody means
 */
export function planRange({ text, range, freeThreaded }: AskedRange, atHand: ReadonlySet<string>): PlannedRange | null {
  const { from, to } = range;
  if (to?.major !== 3) return null;
  const oldest = minorOf(freeThreaded ? OLDEST_FREE_THREADED : OLDEST_SUPPORTED);
  const first = compareMinors(from, oldest) < 0 ? oldest : from;
  refuseTooLong(text, to.minor - first.minor + 1);
  const minors = Array.from({ length: Math.max(0, to.minor - first.minor + 1) }, (_, index) => first.minor + index);
  const named = minors.map((minor) => `${minorLabel({ major: 3, minor })}${freeThreaded ? 't' : ''}`);
  const pythons = named.filter((python) => isTested(python) || atHand.has(python));
  if (first.major !== 3 || pythons.length === 0) return null;
  const untested = named.filter((python) => !pythons.includes(python));
  return { pythons, missing: missing([olderThan(from, oldest, freeThreaded), newerThanTested(untested)], pythons) };
}

function minorOf(label: string): MinorVersion {
  const [major, minor] = label.split('.').map(Number);
  return { major: major ?? 0, minor: minor ?? 0 };
}

function refuseTooLong(text: string, count: number): void {
  if (count <= LONGEST_RANGE) return;
  throw new UserError(
    `The range "${text}" of "python-version" has ${count} minor versions.`,
    `Narrow it to ${LONGEST_RANGE} or fewer: each is a job of its own.`,
  );
}

function isTested(python: string): boolean {
  const version = parsePythonVersion(`${python.replace(/t$/, '')}.0`);
  return version !== undefined && isDefaultChoice(version);
}

function olderThan(from: MinorVersion, oldest: MinorVersion, freeThreaded: boolean): string {
  if (compareMinors(from, oldest) >= 0) return '';
  return `what is older than ${minorLabel(oldest)}, ${freeThreaded ? 'the first version with free-threaded builds' : 'the oldest supported version'}`;
}

function newerThanTested(untested: readonly string[]): string {
  return untested.length === 0
    ? ''
    : `${untested.join(', ')}, newer than any version that was tested and not at hand where the plan was made`;
}

function missing(parts: readonly string[], pythons: readonly string[]): string | null {
  const leftOut = parts.filter((part) => part !== '');
  if (leftOut.length === 0) return null;
  return `Left out of this range: ${leftOut.join('; ')}. Planned of it: ${pythons.join(', ')}. Write a range that begins and ends with these, and name a newer version by itself.`;
}
