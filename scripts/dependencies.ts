/**
 * Checks where the packages of the lockfile come from, how they are held and under which licences, without the network; exits with 1 when one may not be used.
 *
 *   npm run dependencies [-- FOLDER]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reviewLockfile } from './lockfile.ts';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const { packages, licenses, faults } = reviewLockfile(read('package-lock.json'), read('package.json'));
const rows = [...licenses].toSorted(([, a], [, b]) => b - a).map(([license, count]) => `${String(count).padStart(5)}  ${license}`);
const verdict = faults.length === 0 ? ['Every package is held by its digest and may be used.'] : ['May not be used:', ...faults];
process.stdout.write([`${packages} packages by licence:`, ...rows, '', ...verdict, ''].join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
