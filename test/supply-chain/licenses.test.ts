import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { licencesOf } from '../../scripts/licenses.ts';

/** A module of a package that states this licence. */
function moduleUnder(license: unknown): string {
  const root = mkdtempSync(join(tmpdir(), 'licenses-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'node_modules', 'planted');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'planted', version: '1.0.0', license }));
  writeFileSync(join(folder, 'LICENSE'), 'Do as you please.\r\n');
  return join(folder, 'index.js');
}

describe('a package that is bundled', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-2.0-only)'])('may be under %s, and is listed with its text', (license) => {
    expect(licencesOf([moduleUnder(license)])).toContain(`planted 1.0.0 (${license})\n\nDo as you please.\n`);
  });

  it.each(['GPL-3.0-or-later', 'AGPL-3.0-only', 'MPL-2.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', undefined])(
    'ends the build under %s',
    (license) => {
      expect(() => licencesOf([moduleUnder(license)])).toThrow(/may not be bundled: planted 1\.0\.0 \(/);
    },
  );
});

it('dist lists no package that may not be in it', () => {
  const licenses = readFileSync(join(import.meta.dirname, '..', '..', 'dist', 'licenses.txt'), 'utf8');
  const stated = [...licenses.matchAll(/^={80}\n\S+ \S+ \((.*)\)$/gm)].map(([, license]) => license);
  expect(stated.length).toBeGreaterThan(10);
  expect(stated.filter((license) => /GPL|MPL|not stated/.test(license ?? ''))).toEqual([]);
});
