import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAllowedLicense } from './license-policy.ts';

/** A package whose code is in the bundles. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The licence's own words, or an empty text when the package ships none. */
  readonly text: string;
}

/**
 * The licences of every package that one of `modules` (absolute paths) belongs to, by name: the content of licenses.txt.
 *
 * @throws when a module belongs to no package, or to one whose licence does not allow it to be in a bundle
 */
export function licencesOf(modules: readonly string[]): string {
  const folders = [...new Set(modules.flatMap(packageFolder))];
  const packages = folders.map(readPackage).toSorted((a, b) => order(a, b));
  const refused = packages.filter(({ license }) => !isAllowedLicense(license, 'bundled'));
  if (refused.length > 0) throw new Error(`may not be bundled: ${refused.map(title).join(', ')}`);
  const header = `The bundles in this folder hold code of ${packages.length} packages.\n`;
  return [header, ...packages.map(section)].join('\n');
}

function order(a: BundledPackage, b: BundledPackage): number {
  return a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en');
}

/** The nearest folder below node_modules that holds the package's manifest. */
function packageFolder(module: string): readonly string[] {
  if (!module.includes('/node_modules/')) return [];
  for (let folder = dirname(module); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return [folder];
  }
  throw new Error(`no package holds ${module}`);
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return { name, version, license: String(license ?? 'not stated'), text };
}

function title({ name, version, license }: BundledPackage): string {
  return `${name} ${version} (${license})`;
}

function section(bundled: BundledPackage): string {
  const { text } = bundled;
  return `${'='.repeat(80)}\n${title(bundled)}\n\n${text === '' ? 'The package ships no licence text.' : text}\n`;
}
