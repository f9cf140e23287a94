/** A CPython version as numbers that order it: 3.15.0a2 < 3.15.0rc1 < 3.15.0 < 3.15.1. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** 0 alpha, 1 beta, 2 release candidate, 3 final. */
  readonly stage: number;
  /** Number of the alpha, beta or candidate; 0 for a final release. */
  readonly serial: number;
}

/** The shape of a full version as interpreters report it: "3.13.0", "3.15.0rc1". */
export const FULL_VERSION = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:(a|b|rc)(\d{1,3}))?$/;

/** The oldest version whose standard library has what the worker needs (`asyncio.to_thread`). */
export const OLDEST_SUPPORTED = '3.9';

const NEWEST_TESTED_MINOR = 15;
const OLDEST_MINOR = 9;
const FINAL_STAGE = 3;
const STAGES = ['a', 'b', 'rc'];

/** Reads a full version, "3.13.0" or "3.15.0rc1"; undefined when the text is none. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const match = FULL_VERSION.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, stage, serial] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    stage: stage === undefined ? FINAL_STAGE : STAGES.indexOf(stage),
    serial: Number(serial ?? 0),
  };
}

/** Orders versions from old to new: negative when `a` is older than `b`, 0 when equal. */
export function comparePythonVersions(a: PythonVersion, b: PythonVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || a.stage - b.stage || a.serial - b.serial;
}

/** Whether the version is at least the oldest one supported. Newer than tested is accepted when it is asked for. */
export function isSupported(version: Pick<PythonVersion, 'major' | 'minor'>): boolean {
  return version.major === 3 && version.minor >= OLDEST_MINOR;
}

/** Whether the version is a final release rather than an alpha, a beta or a candidate. */
export function isFinal(version: Pick<PythonVersion, 'stage'>): boolean {
  return version.stage === FINAL_STAGE;
}

/** Whether the version may be chosen without being named: supported, tested, and a final release. */
export function isDefaultChoice(version: PythonVersion): boolean {
  return isSupported(version) && version.minor <= NEWEST_TESTED_MINOR && isFinal(version);
}
