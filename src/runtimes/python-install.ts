import { z } from 'zod';
import { installEnvironment } from './child-environment.ts';
import { runChild } from './child-process.ts';
import { installFailure } from './install-failure.ts';
import type { Discovery } from './interpreter.ts';
import { parseJson } from './parse-json.ts';
import { comparePythonVersions, isFinal, isSupported, type PythonVersion, parsePythonVersion } from './python-version.ts';
import { parseRuntimeRequest, type VersionRequest } from './runtime-request.ts';
import { usableInterpreters } from './usable-interpreters.ts';
import { findUv, type UvOptions } from './uv.ts';
import { matchingInterpreters } from './version-choice.ts';
import { isWithin, minorLabel } from './version-range.ts';

/** What is to be installed, and what need not be. */
export interface PythonInstallOptions extends UvOptions {
  readonly requested: readonly string[];
  /** What is at hand before. */
  readonly discovery: Discovery;
  readonly onProgress: (text: string) => void;
}

/** What became of it. */
export interface PythonInstallation {
  /** Versions that uv installed, "3.14.2t" as they were asked of it. */
  readonly installed: readonly string[];
  /** Why something could not be installed, one sentence, by the request it was for. */
  readonly failures: ReadonlyMap<string, string>;
}

/** A CPython that uv can download for this machine. */
interface OfferedPython {
  readonly version: PythonVersion;
  readonly freeThreaded: boolean;
}

/** One version to install, and the request it is for. */
interface Want {
  readonly request: string;
  /** As uv takes it, "3.14t". */
  readonly version: string;
}

const LIST_TIMEOUT = 60;
const INSTALL_TIMEOUT = 600;
/** No links in ~/.local/bin: what is installed for a run must not change what the user's own commands are. */
const WITHOUT_COMMANDS = { UV_PYTHON_INSTALL_BIN: '0' };

/**
 * Has uv install what the requests name and what is not at hand: the version, the newest final one for "latest", and for
 * a range each of its minor versions that uv offers. What is at hand is never installed again, nor replaced by a newer
 * patch. uv installs from where its own settings say (UV_PYTHON_INSTALL_MIRROR, UV_PYTHON_DOWNLOADS_JSON_URL).
 */
export async function installPythons(options: PythonInstallOptions): Promise<PythonInstallation> {
  const open = unmet(options);
  if (open.length === 0) return { installed: [], failures: new Map() };
  const uv = await findUv(options);
  if (uv === undefined) return allFailed(open, 'uv, which would install it, is not on PATH');
  const needsOffer = open.some(({ request }) => request.kind === 'range' || request.kind === 'latest');
  const offered = needsOffer ? await offeredPythons(uv, options) : [];
  if (typeof offered === 'string') return allFailed(open, offered);
  return installEach(uv, wants(open, offered, options.discovery), options);
}

interface OpenRequest {
  readonly text: string;
  readonly request: VersionRequest;
}

/** Requests that installing something may meet, or meet better. A range is one even when something in it is at hand. */
function unmet({ requested, discovery }: PythonInstallOptions): readonly OpenRequest[] {
  const usable = usableInterpreters(discovery.interpreters);
  return [...new Set(requested)].flatMap((text) => {
    const request = parseRuntimeRequest(text);
    if (request.kind === 'all' || request.kind === 'path' || request.kind === 'malformed') return [];
    const met = request.kind !== 'range' && matchingInterpreters(request, usable).length > 0;
    return met || ('minor' in request && !isSupported(request)) ? [] : [{ text, request }];
  });
}

function allFailed(open: readonly OpenRequest[], reason: string): PythonInstallation {
  return { installed: [], failures: new Map(open.map(({ text }) => [text, `It could not be installed: ${reason}.`])) };
}

function wants(open: readonly OpenRequest[], offered: readonly OfferedPython[], discovery: Discovery): readonly Want[] {
  const usable = usableInterpreters(discovery.interpreters);
  return open.flatMap(({ text, request }) => {
    if (request.kind === 'minor' || request.kind === 'exact') return [{ request: text, version: text }];
    const there = new Set(matchingInterpreters(request, usable).map(({ version }) => minorLabel(version)));
    const fitting = offered.filter(({ version, freeThreaded }) => {
      const within = request.kind === 'latest' || isWithin(version, request.range);
      return within && freeThreaded === request.freeThreaded && !there.has(minorLabel(version));
    });
    const minors = [...new Set(fitting.map(({ version }) => minorLabel(version)))];
    const versions = request.kind === 'latest' ? minors.slice(0, 1) : minors;
    return versions.map((version) => ({ request: text, version: `${version}${request.freeThreaded ? 't' : ''}` }));
  });
}

async function installEach(uv: string, list: readonly Want[], options: PythonInstallOptions): Promise<PythonInstallation> {
  const installed: string[] = [];
  const failures = new Map<string, string>();
  for (const { request, version } of list) {
    if (installed.includes(version)) continue;
    options.onProgress(`Installing Python ${version} with uv`);
    const complaint = await install(uv, version, options);
    if (complaint === undefined) installed.push(version);
    else failures.set(request, `"uv python install ${version}" failed: ${complaint}.`);
  }
  return { installed, failures };
}

/** One at a time: what one lacks must not cost the others. Returns what went wrong. */
async function install(uv: string, version: string, options: PythonInstallOptions): Promise<string | undefined> {
  const outcome = await run(uv, ['python', 'install', '--quiet', `cpython@${version}`], INSTALL_TIMEOUT, options);
  return outcome.ok ? undefined : installFailure(outcome).complaint;
}

const offerSchema = z.array(
  z.object({
    version: z.string().max(100),
    implementation: z.string(),
    variant: z.string().default('default'),
  }),
);

/** Final CPythons of supported versions that uv offers for this machine, the newest first; or why it cannot say. */
async function offeredPythons(uv: string, options: PythonInstallOptions): Promise<readonly OfferedPython[] | string> {
  const args = ['python', 'list', '--only-downloads', '--managed-python', '--output-format', 'json'];
  const outcome = await run(uv, args, LIST_TIMEOUT, options);
  if (!outcome.ok) return `uv does not say what it offers (${installFailure(outcome).complaint})`;
  const offers = offerSchema.safeParse(parseJson(outcome.stdout));
  if (!offers.success) return 'what uv offers cannot be read (a newer uv may help)';
  return offers.data
    .flatMap(({ version: text, implementation, variant }): readonly OfferedPython[] => {
      const version = parsePythonVersion(text);
      const threading = implementation === 'cpython' && (variant === 'default' || variant === 'freethreaded');
      if (!threading || version === undefined || !isFinal(version) || !isSupported(version)) return [];
      return [{ version, freeThreaded: variant === 'freethreaded' }];
    })
    .toSorted((a, b) => comparePythonVersions(b.version, a.version));
}

function run(uv: string, args: readonly string[], timeout: number, { surroundings, signal }: UvOptions) {
  const env = installEnvironment(surroundings.env, WITHOUT_COMMANDS);
  return runChild(uv, args, { env, cwd: surroundings.cwd, timeout, signal });
}
