import { z } from 'zod';
import type { InstalledWheel, Runtime } from '../model/runtime.ts';
import { probeEnvironment } from './child-environment.ts';
import { runChild } from './child-process.ts';
import type { Surroundings } from './interpreter.ts';
import { parseJson } from './parse-json.ts';
import { normalisedName } from './requirement.ts';

/** How the packages of an environment are read. */
export interface PackageProbeOptions {
  readonly env: Surroundings['env'];
  /** Variables the interpreter needs to start. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** What is installed in an environment. */
export interface InstalledPackages {
  /** By normalised name, sorted. */
  readonly versions: Readonly<Record<string, string>>;
  /** By name, sorted; without those that came from no wheel. */
  readonly wheels: readonly InstalledWheel[];
}

const PACKAGE_PROBE_TIMEOUT = 30;

// An installed wheel has no digest of its archive: indexes and installers throw it away. Its RECORD has one of each file
// and stays, but for what installers write themselves: their name, what was asked for, bytecode, and commands, which name
// the interpreter. A file that the wheel's author gave no digest is read.
const PACKAGE_SCRIPT = `
import csv, json
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import distributions

def digest_of_file(path):
    with open(path, "rb") as file:
        return "sha256=" + urlsafe_b64encode(sha256(file.read()).digest()).rstrip(b"=").decode()

def from_wheel(path):
    folder, _, name = path.rpartition("/")
    written = folder.endswith(".dist-info") and name in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
    outside = path.startswith(("/", ".."))
    return not (outside or written or name.endswith(".pyc") or name in ("uv_cache.json", "uv_build.json"))

def content(package):
    if package.read_text("WHEEL") is None:
        return None
    rows = [row for row in csv.reader((package.read_text("RECORD") or "").splitlines()) if len(row) >= 2]
    try:
        lines = [row[0] + "," + (row[1] or digest_of_file(package.locate_file(row[0]))) for row in rows if from_wheel(row[0])]
    except OSError:
        return None
    return sha256("\\n".join(sorted(lines)).encode()).hexdigest() if lines else None

print("\\n" + json.dumps({d.metadata["Name"]: [d.version, content(d)] for d in distributions() if d.metadata["Name"] and d.version}))
`;

// Versions become part of a runtime's id and so of file names.
const version = z.string().regex(/^[\w.+!-]{1,100}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const packagesSchema = z.record(z.string().min(1).max(200), z.tuple([version, sha256.nullable()]));

/** What is installed, as the environment's own interpreter sees it; undefined when it cannot say. */
export async function installedPackages(executable: string, options: PackageProbeOptions): Promise<InstalledPackages | undefined> {
  const outcome = await runChild(executable, ['-I', '-c', PACKAGE_SCRIPT], {
    env: probeEnvironment(options.env, options.environment),
    timeout: PACKAGE_PROBE_TIMEOUT,
    signal: options.signal,
  });
  if (!outcome.ok) return undefined;
  const packages = packagesSchema.safeParse(parseJson(outcome.stdout.trimEnd().split('\n').at(-1) ?? ''));
  if (!packages.success) return undefined;
  const found = Object.entries(packages.data).map(([name, [version, content]]) => ({
    name: normalisedName(name),
    version,
    sha256: content,
  }));
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    versions: Object.fromEntries(found.map(({ name, version }) => [name, version])),
    wheels: found.flatMap(({ name, version, sha256 }) => (sha256 === null ? [] : [{ name, version, sha256 }])),
  };
}

/** The part of it that a runtime is known by. */
export function knownPackages(
  { versions, wheels }: InstalledPackages,
  names: ReadonlySet<string>,
): Required<Pick<Runtime, 'packages' | 'wheels'>> {
  return {
    packages: Object.fromEntries(Object.entries(versions).filter(([name]) => names.has(name))),
    wheels: wheels.filter(({ name }) => names.has(name)),
  };
}
