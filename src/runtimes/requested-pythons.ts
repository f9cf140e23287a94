import type { UnavailableRuntime } from '../model/runtime.ts';
import { type Discovery, interpreterLabel } from './interpreter.ts';
import { parseRuntimeRequest } from './runtime-request.ts';
import { selectInterpreters } from './select.ts';
import { minorLabel, type VersionRange } from './version-range.ts';

/** The Pythons that jobs on other machines are to measure on. */
export interface RequestedPythons {
  /** Single versions and paths, as requests: "3.13", "3.13.0", "3.14t". */
  readonly pythons: readonly string[];
  readonly unavailable: readonly UnavailableRuntime[];
}

/**
 * Turns requests into single ones, each to be met where it is measured: a version, a path or each version of a range with
 * an end stays as it was asked for, even where this machine lacks it; what else stands for several is what this machine
 * has of them, as minor versions.
 */
export function planPythons(requested: readonly string[], discovery: Discovery): RequestedPythons {
  const pythons = new Set<string>();
  const unavailable: UnavailableRuntime[] = [];
  const requests = requested.length === 0 ? [undefined] : requested;
  for (const request of requests) {
    const single = request === undefined ? [] : singleRequests(request);
    for (const each of single) pythons.add(each);
    if (single.length > 0) continue;
    const selection = selectInterpreters(request === undefined ? [] : [request], discovery);
    unavailable.push(...selection.unavailable);
    for (const interpreter of selection.interpreters) pythons.add(minorOf(interpreterLabel(interpreter)));
  }
  return { pythons: [...pythons], unavailable };
}

/** The requests that one stands for on any machine; none where that depends on the machine. */
function singleRequests(request: string): readonly string[] {
  const parsed = parseRuntimeRequest(request);
  if (parsed.kind === 'minor' || parsed.kind === 'exact' || parsed.kind === 'path') return [request];
  return parsed.kind === 'range' ? minorsOf(parsed.range).map((minor) => (parsed.freeThreaded ? `${minor}t` : minor)) : [];
}

/** Every minor version of a range; none of one without an end, or over a major version. */
function minorsOf({ from, to }: VersionRange): readonly string[] {
  if (to === undefined || to.major !== from.major) return [];
  const count = Math.max(0, to.minor - from.minor + 1);
  return Array.from({ length: count }, (_, index) => minorLabel({ major: from.major, minor: from.minor + index }));
}

/** "3.13.0t" is "3.13t": the jobs may have another patch release. */
function minorOf(label: string): string {
  return label.replace(/^(\d+\.\d+)\.\d+(?:(?:a|b|rc)\d+)?(t?)$/, '$1$2');
}
