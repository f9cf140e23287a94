import { createHash } from 'node:crypto';
import type { BuildProvenance } from '../model/runtime.ts';
import type { Distribution } from './distribution.ts';

/** How an interpreter was built, as sysconfig says. */
export interface BuildDescription {
  /** sysconfig's CONFIG_ARGS; empty where it has none. */
  readonly configArgs: string;
  /** The compiler part of sys.version, "GCC 12.2.0". */
  readonly compiler: string;
  readonly freeThreaded: boolean;
  readonly distribution: Distribution;
  /** Absolute path of the installation now, which a relocated build does not share with its `--prefix`. */
  readonly basePrefix: string;
}

const MAX_CONFIG_ARGS = 4000;
const MAX_COMPILER = 200;

/**
 * First 8 hex digits of a SHA-256 over configure arguments, compiler, threading and distribution. Installation paths are
 * taken out first: the same build in two folders is one build, while two builds of one version differ by tens of percent.
 * The distribution is in it because arguments do not tell everything that a distribution does to its build, such as the
 * optimiser that is run over the finished binary.
 */
export function buildDigest(build: BuildDescription): string {
  const threading = build.freeThreaded ? 'free-threaded' : 'gil';
  const parts = [placeless(build), build.compiler.trim(), threading, build.distribution];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

/** What of a build is recorded with the figures that were measured on it. */
export function buildProvenance(build: BuildDescription): BuildProvenance {
  return {
    distribution: build.distribution,
    compiler: oneLine(build.compiler).slice(0, MAX_COMPILER),
    configArgs: shortened(oneLine(placeless(build))),
  };
}

function placeless({ configArgs, basePrefix }: BuildDescription): string {
  return withoutPaths(configArgs, [basePrefix, ...configuredPrefixes(configArgs)]);
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

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function shortened(text: string): string {
  return text.length <= MAX_CONFIG_ARGS ? text : `${text.slice(0, MAX_CONFIG_ARGS - 1)}…`;
}
