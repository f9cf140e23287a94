import { expect, it } from 'vitest';
import { permissionsBlock } from './permissions-block.ts';

it('names each permission once, the higher level of two, and what a checkout needs', () => {
  expect(permissionsBlock(['pull-requests: write', 'pull-requests: read', 'checks: write'])).toBe(
    'permissions:\n  checks: write\n  contents: read\n  pull-requests: write',
  );
  expect(permissionsBlock(['contents: write'])).toBe('permissions:\n  contents: write');
});
