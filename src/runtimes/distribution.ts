/** Who builds CPython as people install it. `other`: built by hand, or by nobody listed here. */
export const DISTRIBUTIONS = [
  'python-build-standalone',
  'actions/python-versions',
  'conda',
  'debian',
  'redhat',
  'nix',
  'homebrew',
  'pyenv',
  'other',
] as const;

/** Whose build an interpreter is. */
export type Distribution = (typeof DISTRIBUTIONS)[number];

/** What tells whose build an interpreter is; every item holds for its environments, too. */
export interface DistributionSigns {
  /** sysconfig's CONFIG_ARGS as they are, prefixes included: they name where it was built for, wherever it is now. */
  readonly configArgs: string;
  /** The whole of sys.version. */
  readonly sysVersion: string;
  /** sysconfig's PYTHON_BUILD_STANDALONE, which uv writes into what it installs. */
  readonly standalone: boolean;
  /** Whether the library's EXTERNALLY-MANAGED says that uv manages it. */
  readonly managedByUv: boolean;
  /** Whether sysconfig has the scheme that Debian adds, as do Ubuntu and deadsnakes. */
  readonly debianScheme: boolean;
  /** Whether a tool cache's `<architecture>.complete` lies beside the installation. */
  readonly toolCacheMark: boolean;
}

/**
 * Whose build it is, from what the build and its installer left in it, never from the folder it was found in: a copy, a
 * link or another user's home does not change it.
 */
export function distributionOf(signs: DistributionSigns): Distribution {
  const { configArgs, sysVersion } = signs;
  const rules: readonly (readonly [Distribution, boolean])[] = [
    ['python-build-standalone', signs.standalone || signs.managedByUv || /--prefix=\/install(?=['\s]|$)/.test(configArgs)],
    ['actions/python-versions', signs.toolCacheMark || /--prefix=\S*\/Python\/\d[^/\s']*\/(?:x64|x86|arm64)\b/.test(configArgs)],
    ['conda', /\bpackaged by (?:conda|Anaconda)/i.test(sysVersion)],
    ['debian', signs.debianScheme || /--prefix=\/usr'[\s\S]*\bCC=[\w-]+-linux-gnu\w*-gcc\b/.test(configArgs)],
    ['redhat', /-redhat-linux/.test(configArgs)],
    ['nix', /--prefix=\/nix\/store\//.test(configArgs)],
    ['homebrew', /--prefix=\S*\/(?:Cellar|homebrew|linuxbrew)\//i.test(configArgs)],
    ['pyenv', /--prefix=\S+\/versions\/\d[^/\s']*(?=['\s]|$)/.test(configArgs)],
  ];
  return rules.find(([, holds]) => holds)?.[0] ?? 'other';
}
