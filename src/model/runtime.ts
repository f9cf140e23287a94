/**
 * An interpreter and what is installed in its environment. Two runtimes are comparable only when every field but
 * `packages` of libraries the workload does not use is equal; `id` already says so.
 */
export interface Runtime {
  /** Stable identity: version, threading build, build digest and uvloop version. Unique within a run. */
  readonly id: string;
  /** Full version, "3.13.0". */
  readonly python: string;
  /** "cpython" for every runtime that is supported today. */
  readonly implementation: string;
  /** Whether the interpreter was built without the global interpreter lock. */
  readonly freeThreaded: boolean;
  /** Short digest of how and by whom it was built: builds of one version differ by tens of percent. */
  readonly build: string;
  /** Where the interpreter came from, in words: "explicit path", "tool cache", "uv", "pyenv", "PATH". */
  readonly source: string;
  /** Installed versions of the packages that workloads use, by name: `{ uvloop: "0.22.1", aiohttp: "3.14.3" }`. */
  readonly packages: Readonly<Record<string, string>>;
  /** How the interpreter was built; absent from results of versions that did not record it. */
  readonly provenance?: BuildProvenance;
  /** What `packages` were installed from, by name; absent as above, and without those whose content is not recorded. */
  readonly wheels?: readonly InstalledWheel[];
}

/** How an interpreter was built and by whom, as it says itself. Its digest is `build` of the runtime. */
export interface BuildProvenance {
  /** Whose build it is: "python-build-standalone", "actions/python-versions", "pyenv", "debian", …; "other" when nothing tells. */
  readonly distribution: string;
  /** "GCC 12.2.0"; at most 200 characters, empty where it does not say. */
  readonly compiler: string;
  /** sysconfig's CONFIG_ARGS with the installation's folder as `<prefix>`; at most 4,000 characters, empty where there are none. */
  readonly configArgs: string;
}

/** What one package was installed from. */
export interface InstalledWheel {
  /** Normalised name, "uvloop". */
  readonly name: string;
  readonly version: string;
  /**
   * 64 hexadecimal digits over the files that the wheel brought, not over the archive: equal whichever installer unpacked
   * it and wherever, and different as soon as one file is, as between the wheels of two platforms.
   */
  readonly sha256: string;
}

/** A runtime whose environment exists on this machine and can start workers. */
export interface PreparedRuntime {
  readonly runtime: Runtime;
  /** Absolute path of the environment's interpreter. */
  readonly executable: string;
  /** Variables its processes need besides the allow-list, such as LD_LIBRARY_PATH of a shared build. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A requested version that cannot be had here. Never replaced by another one. */
export interface UnavailableRuntime {
  /** What was asked for, as it was asked: "3.14t", "uvloop 0.20.0 on 3.13.0". */
  readonly requested: string;
  /** Why, and what to do about it: one sentence each. */
  readonly reason: string;
}

/** The identity fields of a runtime, from which its id is made. */
export type RuntimeIdentity = Omit<Runtime, 'id' | 'source' | 'provenance' | 'wheels'>;

/** Makes the id of a runtime: `cpython-3.13.0-gil-1a2b3c4d` with `+uvloop-0.22.1` when uvloop is installed. */
export function runtimeId(identity: RuntimeIdentity): string {
  const threading = identity.freeThreaded ? 'free-threaded' : 'gil';
  const base = [identity.implementation, identity.python, threading, identity.build].join('-');
  const uvloop = identity.packages['uvloop'];
  return uvloop === undefined ? base : `${base}+uvloop-${uvloop}`;
}

/** The short name of a runtime in a table column: "3.13.0", "3.13.5t". */
export function runtimeLabel(runtime: Runtime): string {
  return runtime.freeThreaded ? `${runtime.python}t` : runtime.python;
}

/** The interpreter without its packages: runtimes that share it differ only in what is installed. */
export function interpreterKey(runtime: Runtime): string {
  return runtimeId({ ...runtime, packages: {} });
}

/** The minor version and the threading build: what a project calls "3.13". */
export function minorVersionKey({ implementation, python, freeThreaded }: Runtime): string {
  return [implementation, python.split('.').slice(0, 2).join('.'), freeThreaded ? 'free-threaded' : 'gil'].join('-');
}
