import type { Permission } from '../model/publication.ts';

/**
 * The `permissions:` of a job that has all of these, as it stands in a workflow. Naming one takes every other away, so
 * the block holds what a checkout needs too.
 */
export function permissionsBlock(wanted: readonly Permission[]): string {
  const levels = new Map<string, string>([['contents', 'read']]);
  for (const [scope = '', level = ''] of wanted.map((permission) => permission.split(': '))) {
    if (levels.get(scope) !== 'write') levels.set(scope, level);
  }
  const lines = [...levels].toSorted().map(([scope, level]) => `  ${scope}: ${level}`);
  return ['permissions:', ...lines].join('\n');
}
