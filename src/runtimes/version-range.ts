/** The first two numbers of a version. */
export interface MinorVersion {
  readonly major: number;
  readonly minor: number;
}

/** The minor versions from one to another, both included; without an end when `to` is undefined. */
export interface VersionRange {
  readonly from: MinorVersion;
  readonly to: MinorVersion | undefined;
}

const MINOR = /(\d{1,3})\.(\d{1,3})/.source;
const CLOSED = new RegExp(`^${MINOR}-${MINOR}$`);
const OPEN = new RegExp(`^>=${MINOR}$`);

/**
 * Reads a range: "3.10-3.13" or ">=3.11"; undefined for any other text. Neither has a comma or a space in it, at which
 * lists are split. The end may be older than the beginning: nothing is within such a range.
 */
export function parseVersionRange(text: string): VersionRange | undefined {
  const [, fromMajor, fromMinor, toMajor, toMinor] = CLOSED.exec(text) ?? OPEN.exec(text) ?? [];
  if (fromMajor === undefined || fromMinor === undefined) return undefined;
  const from = { major: Number(fromMajor), minor: Number(fromMinor) };
  return { from, to: toMajor === undefined ? undefined : { major: Number(toMajor), minor: Number(toMinor) } };
}

/** Whether a version, of which the first two numbers count, lies in a range. */
export function isWithin(version: MinorVersion, { from, to }: VersionRange): boolean {
  return compareMinors(version, from) >= 0 && (to === undefined || compareMinors(version, to) <= 0);
}

/** Orders versions by their first two numbers: negative when `a` is older than `b`. */
export function compareMinors(a: MinorVersion, b: MinorVersion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** "3.13". */
export function minorLabel({ major, minor }: MinorVersion): string {
  return `${major}.${minor}`;
}
