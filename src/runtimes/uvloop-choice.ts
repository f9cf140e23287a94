import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { UnavailableRuntime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import type { VersionAnswer } from './index-versions.ts';
import { failureRemedy } from './install-failure.ts';
import type { Installer } from './installer.ts';
import type { Interpreter } from './interpreter.ts';
import { parseJson } from './parse-json.ts';
import { mostUvloopsOfRange } from './requested-uvloops.ts';
import { type Requirement, uvloopRequirement } from './requirement.ts';
import { isExpired, SHELF_LIFE } from './shelf-life.ts';
import { minorLabel, parseVersionRange, type VersionRange } from './version-range.ts';

/** What is needed to choose. */
export interface UvloopChoiceOptions {
  /** "latest", exact or minor versions, and ranges. */
  readonly requested: readonly string[];
  /** Those it is for. */
  readonly interpreters: readonly Interpreter[];
  readonly installer: Installer;
  /** Absolute path of the folder of the environments, which keeps what an index answered. */
  readonly folder: string;
  /** The clock, seconds since 1970. */
  readonly now: () => number;
  /** Told in one line when the answer of another day is taken. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** The uvloops to install. */
export interface UvloopChoice {
  /** Unique by text, from old to new where a request stands for several. */
  readonly requirements: readonly Requirement[];
  /** Ranges that nothing lies in. */
  readonly unavailable: readonly UnavailableRuntime[];
}

/**
 * Turns requests into requirements. A range stands for the newest release of each of its minor versions that the index
 * has; which of them an interpreter can have, the installer finds out from their wheels. What the index answered is taken
 * for a day, and for longer while it cannot be reached.
 *
 * @throws UserError for a request that cannot be read, and for a range that stands for more than 30 minor versions
 */
export async function chooseUvloops(options: UvloopChoiceOptions): Promise<UvloopChoice> {
  const requests = [...new Set(options.requested)].map((text) => ({ text, range: parseVersionRange(text) }));
  const read = requests.map(({ text, range }) => ({ text, range, requirement: range === undefined ? uvloopRequirement(text) : undefined }));
  const requirements: Requirement[] = [];
  const unavailable: UnavailableRuntime[] = [];
  for (const { text, range, requirement } of read) {
    if (requirement !== undefined) requirements.push(requirement);
    if (range === undefined) continue;
    const found = await versionsIn(range, text, options);
    if (found.ok) requirements.push(...inRange(text, found));
    else unavailable.push({ requested: `uvloop ${text}`, reason: emptyRange(found) });
  }
  return { requirements: [...new Map(requirements.map((each) => [each.text, each])).values()], unavailable };
}

function inRange(text: string, { minors }: VersionAnswer & { readonly ok: true }): readonly Requirement[] {
  if (minors.length > mostUvloopsOfRange)
    throw new UserError(
      `The uvloop range "${text}" stands for ${minors.length} minor versions.`,
      `Narrow it to ${mostUvloopsOfRange} or fewer: each is an environment for every Python.`,
    );
  return minors.toReversed().map((minor) => uvloopRequirement(minorLabel(minor)));
}

function emptyRange({ failure }: VersionAnswer & { readonly ok: false }): string {
  const remedy = failure.cause === 'network' ? failureRemedy(failure, '') : 'Ask for a range that the index has releases in.';
  return `No uvloop in this range could be found: ${failure.complaint}. ${remedy}`;
}

const recordSchema = z.object({
  version: z.literal(1),
  minors: z
    .array(z.object({ major: z.int().min(0), minor: z.int().min(0) }))
    .min(1)
    .readonly(),
  freshUntil: z.number(),
});

async function versionsIn(range: VersionRange, text: string, options: UvloopChoiceOptions): Promise<VersionAnswer> {
  const [first, ...others] = options.interpreters;
  if (first === undefined) return { ok: false, failure: { cause: 'other', complaint: 'there is no interpreter to look for it with' } };
  const file = join(options.folder, recordName(options.installer, text));
  const record = recordSchema.safeParse(parseJson(await readFile(file, 'utf8').catch(() => '')));
  if (record.success && !isExpired(record.data.freshUntil, options.now())) return { ok: true, minors: record.data.minors };
  const found = await options.installer.versions({ name: 'uvloop', range, interpreters: [first, ...others] });
  if (found.ok) await writeRecord(options.folder, file, { version: 1, minors: found.minors, freshUntil: options.now() + SHELF_LIFE });
  if (found.ok || found.failure.cause !== 'network' || !record.success) return found;
  options.onProgress?.(`uvloop ${text}: the versions of an earlier day, because the index was not reached (${found.failure.complaint})`);
  return { ok: true, minors: record.data.minors };
}

/** pip and uv do not list the same: only pip names versions without any wheel. */
function recordName({ name }: Installer, text: string): string {
  return `uvloop-${createHash('sha256').update(`${name} ${text}`).digest('hex').slice(0, 12)}.json`;
}

/** In one step, so that another run never reads half of it. */
async function writeRecord(folder: string, file: string, record: z.input<typeof recordSchema>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(record)}\n`);
  await rename(draft, file);
}
