import { parseVersionRange, type VersionRange } from './version-range.ts';

/** A request for versions, free-threaded or with the lock and never either. */
export type VersionRequest =
  | { readonly kind: 'minor'; readonly major: number; readonly minor: number; readonly freeThreaded: boolean }
  | { readonly kind: 'exact'; readonly version: string; readonly major: number; readonly minor: number; readonly freeThreaded: boolean }
  | { readonly kind: 'latest'; readonly freeThreaded: false }
  | { readonly kind: 'range'; readonly range: VersionRange; readonly freeThreaded: boolean };

/** What one item of the requested Python versions asks for. */
export type RuntimeRequest = VersionRequest | { readonly kind: 'all' } | { readonly kind: 'path' } | { readonly kind: 'malformed' };

const VERSION_REQUEST = /^(\d{1,3})\.(\d{1,3})(\.\d{1,3}(?:(?:a|b|rc)\d{1,3})?)?(t?)$/;

/** Whether the request names an interpreter by its path, absolute or relative, rather than by a version. */
export function isInterpreterPath(request: string): boolean {
  return request.includes('/') || request.includes('\\') || request.startsWith('~');
}

/**
 * Reads a request: "3.13" (newest patch), "3.13.0" (that one), "3.13t" (free-threaded build), "latest", "3.10-3.13" or
 * ">=3.11" (every minor version at hand), "3.13-3.15t" or ">=3.13t" (free-threaded), a path, or "all".
 */
export function parseRuntimeRequest(request: string): RuntimeRequest {
  if (request === 'all') return { kind: 'all' };
  if (request === 'latest') return { kind: 'latest', freeThreaded: false };
  if (isInterpreterPath(request)) return { kind: 'path' };
  return parseVersion(request) ?? parseRange(request) ?? { kind: 'malformed' };
}

function parseVersion(request: string): VersionRequest | undefined {
  const match = VERSION_REQUEST.exec(request);
  if (match === null) return undefined;
  const [, major, minor, rest, t] = match;
  const numbers = { major: Number(major), minor: Number(minor), freeThreaded: t === 't' };
  return rest === undefined ? { kind: 'minor', ...numbers } : { kind: 'exact', version: `${major}.${minor}${rest}`, ...numbers };
}

/** A `t` at the end stands for the whole range; one at the begin, too, only repeats it. */
function parseRange(request: string): VersionRequest | undefined {
  const freeThreaded = request.endsWith('t');
  const plain = freeThreaded ? request.slice(0, -1).replace('t-', '-') : request;
  const range = parseVersionRange(plain);
  return range === undefined ? undefined : { kind: 'range', range, freeThreaded };
}
