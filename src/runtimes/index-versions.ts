import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildOutcome } from './child-process.ts';
import { type InstallFailure, installFailure } from './install-failure.ts';
import type { Interpreter } from './interpreter.ts';
import { OLDEST_SUPPORTED } from './python-version.ts';
import { compareMinors, isWithin, type MinorVersion, minorLabel, type VersionRange } from './version-range.ts';

/** What is asked of an index. */
export interface VersionQuery {
  /** Normalised name of the package. */
  readonly name: string;
  readonly range: VersionRange;
  /** Interpreters to ask with, the first that can is used. At least one. */
  readonly interpreters: readonly [Interpreter, ...Interpreter[]];
}

/** Minor versions in the range that have a final release, the newest first and at least one; or why there are none. */
export type VersionAnswer =
  | { readonly ok: true; readonly minors: readonly MinorVersion[] }
  | { readonly ok: false; readonly failure: InstallFailure };

/** Runs a program with an interpreter's variables. */
export type RunWith = (file: string, args: readonly string[], interpreter: Interpreter) => Promise<ChildOutcome>;

/** Minor versions that are asked for one by one before it is enough; a package with more has no meaningful minor versions. */
const MAX_MINORS = 100;

/**
 * Asks through uv, which gives no list: for the newest version in the range, for the newest below that, and so on. Versions
 * that have a wheel for any platform and any supported Python count, so that one that lacks a wheel for the Python at hand
 * can be named.
 */
export async function versionsByUv(uv: string, { name, range, interpreters }: VersionQuery, run: RunWith): Promise<VersionAnswer> {
  const [interpreter] = interpreters;
  const folder = await mkdtemp(join(tmpdir(), 'index-versions-'));
  const file = join(folder, 'requirements.in');
  const flags = ['--quiet', '--no-header', '--no-annotate', '--no-deps', '--only-binary', ':all:', '--prerelease', 'disallow'];
  const args = ['pip', 'compile', '--universal', ...flags, '--python', interpreter.realPath, '--python-version', OLDEST_SUPPORTED, file];
  const ask = async (requirement: string): Promise<ChildOutcome> => {
    await writeFile(file, `${requirement}\n`);
    return run(uv, args, interpreter);
  };
  try {
    return await descend(name, range, ask);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function descend(name: string, range: VersionRange, ask: (requirement: string) => Promise<ChildOutcome>): Promise<VersionAnswer> {
  const found = new Map<string, MinorVersion>();
  let below = range.to === undefined ? '' : `,<${minorLabel({ ...range.to, minor: range.to.minor + 1 })}`;
  while (found.size < MAX_MINORS) {
    const outcome = await ask(`${name}>=${minorLabel(range.from)}${below}`);
    if (!outcome.ok) return ended(found, installFailure(outcome));
    // Several, where no one version has wheels for every supported Python.
    const minors = minorsIn(outcome.stdout.matchAll(/==(\S+)/g), range);
    const [newest] = minors;
    if (newest === undefined) break;
    for (const minor of minors) found.set(minorLabel(minor), minor);
    below = `,<${minorLabel(newest)}`;
  }
  return answer([...found.values()], name);
}

/** That nothing older is there is how the descent ends; anything else is a failure. */
function ended(found: ReadonlyMap<string, MinorVersion>, failure: InstallFailure): VersionAnswer {
  const exhausted = failure.cause === 'no version' || failure.cause === 'conflict';
  if (!exhausted || found.size === 0) return { ok: false, failure };
  return { ok: true, minors: [...found.values()].toSorted(newestFirst) };
}

/**
 * Asks through the pip of the first interpreter that has one with the command `index`, which lists every version, those
 * without a wheel included.
 */
export async function versionsByPip({ name, range, interpreters }: VersionQuery, run: RunWith): Promise<VersionAnswer> {
  let failure: InstallFailure = { cause: 'other', complaint: 'no interpreter has a pip to ask with' };
  for (const interpreter of interpreters) {
    const flags = ['--no-input', '--disable-pip-version-check'];
    const outcome = await run(interpreter.realPath, ['-I', '-m', 'pip', 'index', 'versions', ...flags, name], interpreter);
    if (outcome.ok) {
      const listed = /^\s*Available versions: (.+)$/m.exec(outcome.stdout)?.[1] ?? '';
      return answer(minorsIn(listed.matchAll(/([^,\s]+)/g), range), name);
    }
    failure = installFailure(outcome);
    if (failure.cause === 'network') break;
  }
  return { ok: false, failure };
}

function answer(minors: readonly MinorVersion[], name: string): VersionAnswer {
  if (minors.length > 0) return { ok: true, minors: minors.toSorted(newestFirst) };
  return { ok: false, failure: { cause: 'no version', complaint: `the index has no final release of ${name} in this range` } };
}

const FINAL_RELEASE = /^(\d{1,9})\.(\d{1,9})(?:\.\d+)*(?:\.post\d+)?$/;

/** The minor versions of the final releases among them that lie in the range, the newest first, each once. */
function minorsIn(versions: Iterable<RegExpExecArray>, range: VersionRange): readonly MinorVersion[] {
  const minors = [...versions].flatMap((match) => {
    const [, major, minor] = FINAL_RELEASE.exec(match[1] ?? '') ?? [];
    return major === undefined || minor === undefined ? [] : [{ major: Number(major), minor: Number(minor) }];
  });
  const byLabel = new Map(minors.filter((each) => isWithin(each, range)).map((each) => [minorLabel(each), each]));
  return [...byLabel.values()].sort(newestFirst);
}

function newestFirst(a: MinorVersion, b: MinorVersion): number {
  return compareMinors(b, a);
}
