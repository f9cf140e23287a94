/**
 * Two recorded results compared by this program, by benchstat and by pyperf, on the same figures; writes docs/compare.md.
 *
 *   npm run bench:compare -- BASE.json HEAD.json
 *   npm run bench:compare [-- --base='--python-version 3.12' --head='--python-version 3.13'] [--workloads=LIST]
 *                         [--processes=8] [--values=5]
 *
 * Without files it measures two versions itself, one after the other (about four minutes), and keeps them in
 * bench/compare/record. benchstat is installed with Go and pyperf with pip, both into a scratch folder; BENCHSTAT and
 * PYPERF_PYTHON name those at hand. Exits with 1 when a median, a p-value or a change is not what benchstat computes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readResultsFile } from '../src/baseline/results-file.ts';
import { UserError } from '../src/model/user-error.ts';
import { renderComparisonTerminal } from '../src/render/comparison.ts';
import { compareResults } from '../src/tables/comparison.ts';
import { runBenchstat } from './compare/benchstat.ts';
import { cellValues } from './compare/cell-values.ts';
import { compareDocument } from './compare/document.ts';
import { checkFigures } from './compare/figure-check.ts';
import { findPrograms } from './compare/programs.ts';
import { runPyperf } from './compare/pyperf.ts';
import { fitsPyperf } from './compare/pyperf-suite.ts';
import { measureTwoVersions } from './compare/two-versions.ts';

const root = join(import.meta.dirname, '..');
const record = join(root, 'bench', 'compare', 'record');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: '--python-version 3.12' },
    head: { type: 'string', default: '--python-version 3.13' },
    workloads: { type: 'string', default: 'core,!web_scraping*,!file_reading*,!chat_server,!executor' },
    processes: { type: 'string', default: '8' },
    values: { type: 'string', default: '5' },
  },
});

async function main(scratch: string): Promise<number> {
  const programs = await findPrograms({ env: process.env, scratch });
  const paths = await resultsPaths(scratch);
  const [base, head] = [await readResultsFile(paths.base), await readResultsFile(paths.head)];
  const comparison = compareResults(base, head);
  const cells = cellValues(comparison, base, head);
  if (cells.length === 0) throw new UserError('The two results have no cell in common.', 'Name two results of the same workloads.');
  const fitting = cells.filter(fitsPyperf);
  const benchstat = await runBenchstat(programs.benchstat, cells, scratch);
  const single = await runPyperf(programs.python, fitting, { scratch, values: 'one a process' });
  const every = await runPyperf(programs.python, fitting, { scratch, values: 'every value' });
  const check = checkFigures(cells, { benchstat, pyperf: single, compared: comparison.cells });
  const pyperf = { 'one a process': single, 'every value': every };
  const document = compareDocument({ command, base, head, comparison, cells, programs, benchstat, pyperf, check });
  console.log(renderComparisonTerminal(comparison, { width: 120 }));
  console.log(document);
  writeFileSync(join(root, 'docs', 'compare.md'), document);
  for (const fault of check.faults) console.error(`not the same: ${fault}`);
  return check.faults.length === 0 ? 0 : 1;
}

async function resultsPaths(scratch: string): Promise<{ readonly base: string; readonly head: string }> {
  const [base, head] = positionals;
  if (base !== undefined && head !== undefined) return { base, head };
  if (base !== undefined) throw new UserError('One results file was named.', 'Name two, base first, or none to measure two versions.');
  const [processes, inner] = [values.processes, values.values].map(Number);
  if (!Number.isInteger(processes) || !Number.isInteger(inner)) {
    throw new UserError(`--processes ${values.processes} --values ${values.values} are no whole numbers.`, 'Give whole numbers from 1 up.');
  }
  return measureTwoVersions({ ...values, processes: processes ?? 0, values: inner ?? 0 }, { root, scratch, record });
}

/** The command as it was given; of a path outside this checkout the name alone, since the rest is of one machine. */
function shownWord(word: string): string {
  if (positionals.includes(word)) {
    const path = relative(root, resolve(word));
    return path.startsWith('..') ? basename(path) : path;
  }
  return /[\s*!]/.test(word) ? `'${word}'` : word;
}

const command = ['npm run bench:compare', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2).map(shownWord)] : [])].join(' ');
const scratch = mkdtempSync(join(tmpdir(), 'compare-'));
try {
  process.exitCode = await main(scratch);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
