import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { billOf, installedBill, listedPackages } from '../../scripts/sbom.ts';

const licenses = readFileSync(join(import.meta.dirname, '..', '..', 'dist', 'licenses.txt'), 'utf8');

describe('the bill of materials', () => {
  const bundled = listedPackages(licenses);
  const bill = billOf(installedBill(), bundled);

  it('holds what dist holds, each with its digest and licence, and no tool', () => {
    const listed = Number(/code of (\d+) packages/.exec(licenses)?.[1]);
    expect(new Set(bill.components.map(({ name, version }) => `${name}@${version}`))).toEqual(bundled);
    expect(bundled.size).toBe(listed);
    for (const component of bill.components) {
      expect(component, component.name).toMatchObject({ hashes: [{ alg: 'SHA-512' }], licenses: [{}] });
      expect(component.properties.map(({ name }) => name)).not.toContain('cdx:npm:package:development');
    }
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
  });

  it('refers to nothing that it does not hold', () => {
    const references = new Set([bill.metadata.component['bom-ref'], ...bill.components.map((each) => each['bom-ref'])]);
    const named = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(named.length).toBeGreaterThan(bundled.size);
    expect(named.filter((ref) => !references.has(ref))).toEqual([]);
  });

  it('is refused where a package is bundled that npm does not know', () => {
    const planted = `${'='.repeat(80)}\nplanted 1.0.0 (MIT)\n`;
    expect(() => billOf(bill, listedPackages(licenses + planted))).toThrow('npm does not know planted@1.0.0');
  });
});
