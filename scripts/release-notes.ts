/**
 * Prints what CHANGELOG.md says of the version of a tag; refuses a tag that is not of this tree.
 *
 *   node scripts/release-notes.ts v1.2.3
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programVersion } from '../src/version.ts';

/**
 * The part of a changelog that is about the version of a tag, without its heading.
 *
 * @param tag "v1.2.3"
 * @param version what the package says
 * @throws when the tag is not of that version, or the changelog has no dated heading of it or nothing below
 */
export function releaseNotes(changelog: string, tag: string, version: string): string {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, and package.json says ${version}: set the version before the tag`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => /^\[?([^\]\s]+)\]? - \d{4}-\d\d-\d\d\n/.exec(each)?.[1] === version);
  if (section === undefined)
    throw new Error(`CHANGELOG.md has no heading "## ${version} - YYYY-MM-DD": give the part "Unreleased" that one`);
  const notes = section.slice(section.indexOf('\n')).trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}`);
  return `${notes}\n`;
}

if (import.meta.main) {
  const [tag] = process.argv.slice(2);
  if (tag === undefined) throw new Error('usage: node scripts/release-notes.ts v1.2.3');
  process.stdout.write(releaseNotes(readFileSync(join(import.meta.dirname, '..', 'CHANGELOG.md'), 'utf8'), tag, programVersion));
}
