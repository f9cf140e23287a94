import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { buildDigest, buildProvenance } from './build-digest.ts';
import { probeEnvironment } from './child-environment.ts';
import { type ChildOutcome, runChild } from './child-process.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import type { InterpreterFacts, Surroundings } from './interpreter.ts';
import { lastLine } from './printable.ts';
import { FULL_VERSION } from './python-version.ts';

/** What became of a probe. `reason` is the end of a sentence whose subject is the path: "is no Python (…)". */
export type ProbeResult =
  | { readonly ok: true; readonly facts: InterpreterFacts; readonly environment: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: string };

/** How a probe is run. */
export interface ProbeOptions {
  readonly env: Surroundings['env'];
  readonly signal?: AbortSignal | undefined;
  /** Seconds an interpreter may take to answer; 20 unless told, which is ages for one and a bound for what is none. */
  readonly timeout?: number | undefined;
  /** Variables the interpreter needs to start; found from its path unless given. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

const PROBE_TIMEOUT = 20;

// Runs on every Python 3, so that an unsupported version can be named. The compiler is read from sys.version because
// importing `platform` would double the time of a probe.
const PROBE_SCRIPT = `
import json, os, sys, sysconfig
from importlib.util import find_spec
v = sys.version_info
try:
    with open(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"), encoding="utf-8", errors="replace") as file:
        manager = file.read(65536)
except OSError:
    manager = ""
stage = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(v[3], "")
print("\\n" + json.dumps({
    "version": "%d.%d.%d" % v[:3] + (stage + str(v[4]) if stage else ""),
    "implementation": sys.implementation.name,
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "config_args": sysconfig.get_config_var("CONFIG_ARGS") or "",
    "compiler": sys.version.partition("[")[2].rpartition("]")[0],
    "sys_version": sys.version,
    "standalone": bool(sysconfig.get_config_var("PYTHON_BUILD_STANDALONE")),
    "managed_by_uv": "managed by uv" in manager,
    "debian_scheme": "deb_system" in sysconfig.get_scheme_names(),
    "tool_cache_mark": os.path.exists(sys.base_prefix + ".complete"),
    "executable": getattr(sys, "_base_executable", None) or sys.executable,
    "base_prefix": sys.base_prefix,
    "venv": find_spec("venv") is not None,
    "ensurepip": find_spec("ensurepip") is not None,
}))
`;

const path = z.string().min(1).max(4096).startsWith('/');
const answerSchema = z.object({
  version: z.string().regex(FULL_VERSION),
  implementation: z.string().regex(/^[a-z0-9_-]{1,32}$/),
  free_threaded: z.boolean(),
  config_args: z.string().max(65_536),
  compiler: z.string().max(1024),
  sys_version: z.string().max(1024),
  standalone: z.boolean(),
  managed_by_uv: z.boolean(),
  debian_scheme: z.boolean(),
  tool_cache_mark: z.boolean(),
  executable: path,
  base_prefix: path,
  venv: z.boolean(),
  ensurepip: z.boolean(),
});

/** Runs an interpreter once, isolated (`-I`), and asks what it is. Anything but a good answer is a reason, never a throw. */
export async function probeInterpreter(executable: string, options: ProbeOptions): Promise<ProbeResult> {
  const environment = options.environment ?? (await sharedLibraryEnvironment(executable));
  const outcome = await runChild(executable, ['-I', '-c', PROBE_SCRIPT], {
    env: probeEnvironment(options.env, environment),
    timeout: options.timeout ?? PROBE_TIMEOUT,
    signal: options.signal,
  });
  if (!outcome.ok) return { ok: false, reason: failureReason(outcome) };
  const answer = answerSchema.safeParse(lastJsonLine(outcome.stdout));
  if (!answer.success) return { ok: false, reason: 'is no Python (its answer to a probe cannot be read)' };
  return { ok: true, facts: toFacts(answer.data), environment };
}

function toFacts(answer: z.infer<typeof answerSchema>): InterpreterFacts {
  const { version, implementation, executable, venv, ensurepip } = answer;
  const shared = { freeThreaded: answer.free_threaded, basePrefix: answer.base_prefix };
  const description = { configArgs: answer.config_args, compiler: answer.compiler, distribution: distribution(answer), ...shared };
  const built = { build: buildDigest(description), provenance: buildProvenance(description) };
  return { version, implementation, executable, venv, ensurepip, ...shared, ...built };
}

function distribution(answer: z.infer<typeof answerSchema>): Distribution {
  return distributionOf({
    configArgs: answer.config_args,
    sysVersion: answer.sys_version,
    standalone: answer.standalone,
    managedByUv: answer.managed_by_uv,
    debianScheme: answer.debian_scheme,
    toolCacheMark: answer.tool_cache_mark,
  });
}

/** The last line that is JSON: a site customisation may have printed before it, and may print after it. */
function lastJsonLine(stdout: string): unknown {
  const line = stdout.split('\n').findLast((text) => text.startsWith('{'));
  try {
    return JSON.parse(line ?? 'null');
  } catch {
    return null;
  }
}

function failureReason(outcome: ChildOutcome & { ok: false }): string {
  // Python 2 and 3.0 to 3.3 know no isolated mode.
  if (/unknown option:? -I\b/i.test(outcome.output)) return 'is a Python older than 3.4';
  const said = lastLine(outcome.output);
  // A program that is no Python may quote the script it was given; that would explain nothing.
  const silent = said === '' || said.includes('importlib.util');
  return silent ? `is no usable Python: it ${outcome.fault}` : `is no usable Python: it ${outcome.fault} (${said})`;
}

// <tool cache>/Python/<version>/<architecture>/bin/python
const TOOL_CACHE_LAYOUT = /\/Python\/[^/]+\/[^/]+\/bin\/[^/]+$/;

/**
 * LD_LIBRARY_PATH for a build in a tool cache with a shared libpython: those builds carry no run path, so that without
 * it another installation's libpython of the same minor version would be loaded in silence.
 */
async function sharedLibraryEnvironment(executable: string): Promise<Readonly<Record<string, string>>> {
  if (!TOOL_CACHE_LAYOUT.test(executable)) return {};
  const folder = join(dirname(dirname(executable)), 'lib');
  const files = await readdir(folder).catch(() => []);
  return files.some((name) => /^libpython3.*\.so/.test(name)) ? { LD_LIBRARY_PATH: folder } : {};
}
