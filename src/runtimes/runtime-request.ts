/** What one item of the requested Python versions asks for. */
export type RuntimeRequest =
  | { readonly kind: 'all' }
  | { readonly kind: 'path' }
  | { readonly kind: 'minor'; readonly major: number; readonly minor: number; readonly freeThreaded: boolean }
  | { readonly kind: 'exact'; readonly version: string; readonly major: number; readonly minor: number; readonly freeThreaded: boolean }
  | { readonly kind: 'malformed' };

const VERSION_REQUEST = /^(\d{1,3})\.(\d{1,3})(\.\d{1,3}(?:(?:a|b|rc)\d{1,3})?)?(t?)$/;

/** Whether the request names an interpreter by its path, absolute or relative, rather than by a version. */
export function isInterpreterPath(request: string): boolean {
  return request.includes('/') || request.includes('\\') || request.startsWith('~');
}

/** Reads a request: "3.13" (newest patch), "3.13.0" (that one), "3.13t" (free-threaded build), a path, or "all". */
export function parseRuntimeRequest(request: string): RuntimeRequest {
  if (request === 'all') return { kind: 'all' };
  if (isInterpreterPath(request)) return { kind: 'path' };
  const match = VERSION_REQUEST.exec(request);
  if (match === null) return { kind: 'malformed' };
  const [, major, minor, rest, t] = match;
  const numbers = { major: Number(major), minor: Number(minor), freeThreaded: t === 't' };
  return rest === undefined ? { kind: 'minor', ...numbers } : { kind: 'exact', version: `${major}.${minor}${rest}`, ...numbers };
}
