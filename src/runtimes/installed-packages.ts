import { z } from 'zod';
import { probeEnvironment } from './child-environment.ts';
import { runChild } from './child-process.ts';
import type { Surroundings } from './interpreter.ts';
import { normalisedName } from './requirement.ts';

/** How the packages of an environment are read. */
export interface PackageProbeOptions {
  readonly env: Surroundings['env'];
  /** Variables the interpreter needs to start. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const PACKAGE_PROBE_TIMEOUT = 30;

const PACKAGE_SCRIPT = `
import json
from importlib.metadata import distributions
print("\\n" + json.dumps({d.metadata["Name"]: d.version for d in distributions() if d.metadata["Name"] and d.version}))
`;

// Versions become part of a runtime's id and so of file names.
const packagesSchema = z.record(z.string().min(1).max(200), z.string().regex(/^[\w.+!-]{1,100}$/));

/** Installed versions by normalised name, as the environment's own interpreter sees them; undefined when it cannot say. */
export async function installedPackages(
  executable: string,
  options: PackageProbeOptions,
): Promise<Readonly<Record<string, string>> | undefined> {
  const outcome = await runChild(executable, ['-I', '-c', PACKAGE_SCRIPT], {
    env: probeEnvironment(options.env, options.environment),
    timeout: PACKAGE_PROBE_TIMEOUT,
    signal: options.signal,
  });
  if (!outcome.ok) return undefined;
  const packages = packagesSchema.safeParse(parseJson(outcome.stdout.trimEnd().split('\n').at(-1)));
  if (!packages.success) return undefined;
  const entries = Object.entries(packages.data).map(([name, version]): [string, string] => [normalisedName(name), version]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
