import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON object whose keys are not known beforehand. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Prefix of a reference into the description itself. */
const localReference = '#/components/';

/** What the loopback GitHub of the tests answers: the calls of the action, and nothing else. */
const operations: readonly string[] = [
  ...['repos/get', 'repos/get-content', 'repos/list-commits', 'repos/get-commit', 'repos/compare-commits-with-basehead'],
  ...['repos/download-tarball-archive', 'repos/list-pull-requests-associated-with-commit', 'repos/get-collaborator-permission-level'],
  ...['git/create-blob', 'git/get-blob', 'git/create-tree', 'git/get-tree', 'git/create-commit', 'git/get-commit'],
  ...['git/get-ref', 'git/list-matching-refs', 'git/create-ref', 'git/update-ref', 'git/delete-ref'],
  ...['pulls/get', 'pulls/list'],
  ...['issues/list-comments', 'issues/get-comment', 'issues/create-comment', 'issues/update-comment', 'issues/delete-comment'],
  ...['issues/list-labels-on-issue', 'issues/remove-label', 'issues/list-events', 'issues/list-events-for-timeline'],
  ...['checks/create', 'checks/update', 'checks/get', 'checks/list-for-ref', 'checks/list-annotations'],
  ...['actions/get-workflow-run', 'actions/list-workflow-run-artifacts', 'actions/get-artifact', 'actions/download-artifact'],
  ...['rate-limit/get', 'users/get-authenticated'],
];

/** Keywords that say something to a reader and nothing to a validator. */
const annotations = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags', 'title', 'deprecated', 'x-github']);

/**
 * The part of an OpenAPI 3.0 description that `wanted` needs: these operations, the components they reach, no prose.
 *
 * @param description a whole description, parsed
 * @param wanted operation ids
 * @throws Error naming an operation or a component that the description does not have
 */
export function subsetOf(description: JsonObject, wanted: readonly string[]): JsonObject {
  const paths = pathsWith(objectIn(description, 'paths'), new Set(wanted));
  const found = new Set(Object.values(paths).flatMap((item) => Object.values(objectOf(item)).map((operation) => idOf(operation))));
  const absent = wanted.filter((id) => !found.has(id));
  if (absent.length > 0) throw new Error(`the description has no ${absent.join(', ')}`);
  const { openapi, info } = description;
  return { openapi, info, paths, components: componentsReached(objectIn(description, 'components'), paths) };
}

function pathsWith(paths: JsonObject, wanted: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(paths).map(([path, item]) => [path, methodsWith(objectOf(item), wanted)] as const);
  return Object.fromEntries(kept.filter(([, item]) => Object.keys(item).length > 0));
}

function methodsWith(item: JsonObject, wanted: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(item).filter(([, operation]) => wanted.has(idOf(operation)));
  return Object.fromEntries(kept.map(([method, operation]) => [method, withoutProse(operation)]));
}

function idOf(operation: unknown): string {
  return String(objectOf(operation)['operationId'] ?? '');
}

/** Every component that `root` names, and those these name, in the order of the description. */
function componentsReached(components: JsonObject, root: unknown): JsonObject {
  const reached = new Map<string, unknown>();
  const pending = [...referencesIn(root)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    const component = (name.startsWith('responses/') ? response : withoutProse)(componentNamed(components, name));
    reached.set(name, component);
    pending.push(...referencesIn(component));
  }
  return grouped(reached);
}

function componentNamed(components: JsonObject, name: string): unknown {
  const [kind = '', key = ''] = name.split('/');
  const component = objectOf(components[kind])[key];
  if (component === undefined) throw new Error(`the description has no component ${name}`);
  return component;
}

function grouped(reached: ReadonlyMap<string, unknown>): JsonObject {
  const kinds: Record<string, Record<string, unknown>> = {};
  for (const name of [...reached.keys()].toSorted()) {
    const [kind = '', key = ''] = name.split('/');
    kinds[kind] ??= {};
    kinds[kind][key] = reached.get(name);
  }
  return kinds;
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const named = key === '$ref' && typeof inner === 'string' && inner.startsWith(localReference);
    return named ? [inner.slice(localReference.length)] : referencesIn(inner);
  });
}

/** The value without its annotations; a property that happens to be called "description" stays. */
function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !annotations.has(key));
  return withNullAsChoice(Object.fromEntries(kept.map(([key, inner]) => [key, keptValue(key, inner)])));
}

/** GitHub writes "nullable" also where validators do not take it: beside no type, and beside choices without null. */
function withNullAsChoice(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return schema;
  if (Array.isArray(rest['enum']) && !rest['enum'].includes(null)) return { ...schema, enum: [...rest['enum'], null] };
  return 'type' in rest ? schema : { anyOf: [rest, { enum: [null] }] };
}

function keptValue(key: string, value: unknown): unknown {
  if (key === 'properties') return Object.fromEntries(Object.entries(objectOf(value)).map(([name, inner]) => [name, withoutProse(inner)]));
  if (key === 'enum' || key === 'default') return value;
  // A response without a description is no valid OpenAPI.
  if (key === 'responses') return Object.fromEntries(Object.entries(objectOf(value)).map(([status, inner]) => [status, response(inner)]));
  return withoutProse(value);
}

function response(value: unknown): unknown {
  const short = objectOf(withoutProse(value));
  return '$ref' in short ? short : { description: '', ...short };
}

function objectIn(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  if (typeof value !== 'object' || value === null) throw new Error(`the description has no "${key}"`);
  return objectOf(value);
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** One path or component a line: small, and a new version shows as the lines that changed. */
export function encodeDescription({ openapi, info, paths, components }: JsonObject): string {
  const kinds = Object.entries(objectOf(components)).map(([kind, entries]) => `${JSON.stringify(kind)}:${lines(entries)}`);
  return `{"openapi":${JSON.stringify(openapi)},"info":${JSON.stringify(info)},"paths":${lines(paths)},"components":{${kinds.join(',')}}}\n`;
}

function lines(entries: unknown): string {
  const each = Object.entries(objectOf(entries)).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{\n${each.join(',\n')}\n}`;
}

if (import.meta.main) {
  const source = process.argv[2];
  if (source === undefined)
    throw new Error('usage: node scripts/openapi.ts FILE, the generated/api.github.com.json of npm pack @octokit/openapi');
  const target = join(import.meta.dirname, '..', 'test', 'github', 'openapi.json');
  writeFileSync(target, encodeDescription(subsetOf(JSON.parse(readFileSync(source, 'utf8')), operations)));
}
