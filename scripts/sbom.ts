/**
 * Prints the software bill of materials of the bundles in dist, as CycloneDX: what `npm sbom` says of the packages that
 * licenses.txt lists. The tools that nobody but a developer runs are left out.
 *
 *   node scripts/sbom.ts
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

const component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  properties: z.array(z.looseObject({ name: z.string() })).default([]),
});

const billOfMaterials = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/** A bill of materials. */
export type BillOfMaterials = z.infer<typeof billOfMaterials>;

/** "execa@10.2.1" of each package that a licenses.txt lists. */
export function listedPackages(licenses: string): ReadonlySet<string> {
  const titles = licenses.matchAll(/^={80}\n(\S+) (\S+) \(.*\)$/gm);
  return new Set([...titles].map(([, name, version]) => `${name}@${version}`));
}

/**
 * The part of a bill of materials that is about some packages.
 *
 * @param bundled "name@version" of each
 * @throws when one of them is not in the bill
 */
export function billOf(bill: BillOfMaterials, bundled: ReadonlySet<string>): BillOfMaterials {
  const components = bill.components.filter(({ name, version }) => bundled.has(`${name}@${version}`));
  const known = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = [...bundled].filter((each) => !known.has(each));
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(', ')}: install what the lockfile says, and build dist`);
  const own = bill.metadata.component;
  const references = new Set([own['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  return {
    ...bill,
    // To npm a package that is bundled is one of development.
    components: components.map(({ properties, ...rest }) => ({
      ...rest,
      properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
    })),
    dependencies: bill.dependencies
      .filter(({ ref }) => references.has(ref))
      .map(({ dependsOn, ...rest }) => ({ ...rest, dependsOn: dependsOn.filter((ref) => references.has(ref)) })),
  };
}

/** What npm says of everything that is installed. */
export function installedBill(): BillOfMaterials {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return billOfMaterials.parse(JSON.parse(text));
}

if (import.meta.main) {
  const bundled = listedPackages(readFileSync(join(root, 'dist', 'licenses.txt'), 'utf8'));
  process.stdout.write(`${JSON.stringify(billOf(installedBill(), bundled), null, 2)}\n`);
}
