import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorize, type Token } from './github/tokens.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs', 'security.md'), 'utf8');

/** Rows of the table: address and permissions. */
const rows = [...document.matchAll(/^\| `([A-Z]+ \/\S*)` \| (.*?) \| .+ \|$/gm)].map(([, call = '', permissions = '']) => ({
  call,
  permissions: [...permissions.matchAll(/`([a-z-]+): (read|write)`/g)].map(
    ([, scope = '', level = '']) => [scope.replace('-', '_'), level] as const,
  ),
}));

/** Addresses by operation id, as GitHub describes them. */
const addresses = new Map<string, string>();
const { paths } = JSON.parse(readFileSync(join(root, 'test', 'github', 'openapi.json'), 'utf8'));
for (const [path, methods] of Object.entries<Record<string, { readonly operationId: string }>>(paths))
  for (const [method, { operationId }] of Object.entries(methods)) addresses.set(operationId, `${method.toUpperCase()} ${path}`);

/** Operations that the sources call: `client().rest.issues.createComment(…)`, or by their address. */
function calledOperations(): ReadonlySet<string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const text = files.map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');
  const named = [...text.matchAll(/\brest\.([a-z]+)\.([A-Za-z]+)/g)].map(
    ([, area = '', name = '']) => `${area}/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  const addressed = [...addresses].filter(([, address]) => text.includes(`'${address}'`)).map(([id]) => id);
  return new Set([...named, ...addressed]);
}

describe('docs/security.md', () => {
  const called = calledOperations();

  it('lists every call of the API that the sources make, and no other', () => {
    expect(called.size).toBeGreaterThan(20);
    expect(rows.map(({ call }) => call).toSorted()).toEqual(
      [...called].map((id) => addresses.get(id) ?? `${id} is no call of the description`).toSorted(),
    );
  });

  it.each([...called])('names what %s takes, and no more', (id) => {
    const { permissions = [] } = rows.find(({ call }) => call === addresses.get(id)) ?? {};
    const tokenOf = (granted: typeof permissions): Token => ({
      secret: '',
      login: 'github-actions[bot]',
      permissions: Object.fromEntries(granted),
    });
    expect(() => authorize(tokenOf(permissions), id, false)).not.toThrow();
    for (const [scope, level] of permissions) {
      const rest = permissions.filter(([other]) => other !== scope);
      const less = level === 'write' ? [...rest, [scope, 'read'] as const] : rest;
      expect(() => authorize(tokenOf(less), id, false)).toThrow('not accessible');
    }
  });
});
