import { UserError } from '../model/user-error.ts';

/** One package to install, and how it is spoken of when it cannot be. */
export interface Requirement {
  /** As pip and uv take it: "uvloop", "uvloop==0.22.1", "aiohttp>=3.9". */
  readonly text: string;
  /** Normalised name of the distribution, "aiohttp". */
  readonly name: string;
  /** As it was asked for: "uvloop latest", "uvloop 0.22.1", "aiohttp>=3.9". */
  readonly requested: string;
}

/** The request for the newest uvloop that has a wheel for the interpreter. */
export const LATEST = 'latest';

const MINOR_VERSION = /^\d+\.\d+$/;
const EXACT_VERSION = /^\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?$/;
// A name first: an option of pip (`--index-url`), a bare URL or a file name is no package that can be named in a result.
const NAMED_REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(?:$|[@<>=!~;(][^\p{Cc}]*$)/u;

/** The requirement of a requested uvloop: "latest", the newest of a minor version such as 0.22, or an exact version. @throws UserError for anything else */
export function uvloopRequirement(version: string): Requirement {
  const requested = `uvloop ${version}`;
  if (version === LATEST) return { text: 'uvloop', name: 'uvloop', requested };
  if (MINOR_VERSION.test(version)) return { text: `uvloop==${version}.*`, name: 'uvloop', requested };
  if (EXACT_VERSION.test(version)) return { text: `uvloop==${version}`, name: 'uvloop', requested };
  throw new UserError(
    `The uvloop version "${version}" is not a version.`,
    'Write latest, 0.22 (its newest release), an exact version such as 0.22.1, or a range such as 0.19-0.22 or >=0.20.',
  );
}

/**
 * Reads a PEP 508 requirement of a workload.
 *
 * @throws UserError when it does not start with the name of a package, or names uvloop, whose version an option chooses
 */
export function packageRequirement(text: string): Requirement {
  const trimmed = text.trim();
  const name = NAMED_REQUIREMENT.exec(trimmed)?.[1];
  if (name !== undefined && normalisedName(name) === 'uvloop')
    throw new UserError(
      `The dependency "${trimmed}" of a workload names uvloop, whose version is not for a workload to choose.`,
      'Take it out of the dependencies: every environment has uvloop, in the versions of the option "uvloop-version".',
    );
  if (name !== undefined) return { text: trimmed, name: normalisedName(name), requested: trimmed };
  throw new UserError(`"${text}" does not name a package.`, 'Write a requirement such as aiohttp or "aiohttp>=3.9".');
}

const PINNED = /^[^;]*?(?:={2,3}\s*[^\s*,;()]+\s*\)?|@\s*\S+)\s*(?:;|$)/;

/** Whether an index can have no newer answer to the requirement: it names one exact version or one file. */
export function isPinned(text: string): boolean {
  return PINNED.test(text);
}

/** The name of a distribution as an index compares it: lower case, one dash for any run of `-`, `_` and `.` (PEP 503). */
export function normalisedName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
