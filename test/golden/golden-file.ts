import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** UPDATE_GOLDEN=1 writes the golden files anew; look at the difference before it is committed. */
const update = process.env['UPDATE_GOLDEN'] === '1';

/** Compares with the golden file; a mismatch leaves the actual text beside it as `*.got`. */
export function expectGolden(name: string, actual: string): void {
  const path = join(import.meta.dirname, name);
  if (update) writeFileSync(path, actual);
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (actual === expected) rmSync(`${path}.got`, { force: true });
  else writeFileSync(`${path}.got`, actual);
  expect(actual, `differs from ${name}; the actual text is in ${name}.got`).toBe(expected);
}
