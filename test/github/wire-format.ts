import type { Call } from './call.ts';

/** Address of something of the repository on the API: `apiAddress(call, 'git/blobs', sha)`. */
export function apiAddress({ url, repository }: Call, ...parts: readonly (string | number)[]): string {
  return [`${apiRoot(url)}/repos/${repository.fullName}`, ...parts].join('/');
}

/** Address of the API itself, as the caller knows it. */
export function apiRoot({ origin, pathname }: URL): string {
  return `${origin}${/^\/api\/v3(?=\/)/.exec(pathname)?.[0] ?? ''}`;
}

/** Address of something of the repository on the site. */
export function siteAddress({ repository }: Call, ...parts: readonly (string | number)[]): string {
  return [`https://github.com/${repository.fullName}`, ...parts].join('/');
}

/** The name that GraphQL gives something. */
export function nodeId(kind: string, id: string | number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}

/** A time as GitHub writes it: whole seconds. */
export function instant(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Base64 in lines of 60 characters, as GitHub sends files. */
export function wrapped(content: Buffer): string {
  return content.toString('base64').replaceAll(/.{1,60}/g, '$&\n');
}
