/** SPDX identifiers of licences that may be in the bundles: they ask for their text to be kept, which licenses.txt does, and for nothing else. */
const permissive: ReadonlySet<string> = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT']);

/** Of tools that are run and not given on: copyleft of single files and Python's licence too. */
const toolsToo: ReadonlySet<string> = new Set([...permissive, 'MPL-2.0', 'PSF-2.0']);

/** Where a package's code goes: into the bundles that others run, or nowhere. */
export type PackageUse = 'bundled' | 'tool';

/**
 * Whether a package may be used.
 *
 * @param expression what its manifest states: an SPDX identifier, or several with OR between them; anything else is refused
 */
export function isAllowedLicense(expression: unknown, use: PackageUse): boolean {
  if (typeof expression !== 'string') return false;
  const allowed = use === 'bundled' ? permissive : toolsToo;
  const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => allowed.has(choice));
}
