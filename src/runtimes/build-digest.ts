import { createHash } from 'node:crypto';

/** How an interpreter was built, as sysconfig says. */
export interface BuildDescription {
  /** sysconfig's CONFIG_ARGS; empty where it has none. */
  readonly configArgs: string;
  /** The compiler part of sys.version, "GCC 12.2.0". */
  readonly compiler: string;
  readonly freeThreaded: boolean;
  /** Absolute path of the installation now, which a relocated build does not share with its `--prefix`. */
  readonly basePrefix: string;
}

/**
 * First 8 hex digits of a SHA-256 over configure arguments, compiler and threading. Installation paths are taken out
 * first: the same build in two folders is one build, while two builds of one version differ by tens of percent.
 */
export function buildDigest(build: BuildDescription): string {
  const args = withoutPaths(build.configArgs, [build.basePrefix, ...configuredPrefixes(build.configArgs)]);
  const parts = [args, build.compiler.trim(), build.freeThreaded ? 'free-threaded' : 'gil'];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

function configuredPrefixes(configArgs: string): readonly string[] {
  return [...configArgs.matchAll(/--(?:exec-)?prefix=([^\s']+)/g)].flatMap((match) => match[1] ?? []);
}

/** Longest first, so that `/usr` does not break up `/opt/x/usr`. A bare `/` names no folder. */
function withoutPaths(text: string, prefixes: readonly string[]): string {
  const paths = prefixes.map((path) => path.replace(/\/+$/, '')).filter((path) => path !== '');
  const ordered = [...new Set(paths)].sort((a, b) => b.length - a.length);
  return ordered.reduce((rest, path) => rest.replaceAll(path, '<prefix>'), text);
}
