import { type ExportFormat, exportFormats, isExportFormat } from '../model/export-format.ts';
import { UserError } from '../model/user-error.ts';
import type { CommandEntry } from './command-entry.ts';
import { flag } from './flag.ts';
import { type Flags, parseFlags } from './flags.ts';
import { optionsNamed } from './option-flags.ts';

/** A run to be written in the format of another program. */
export interface ExportCommand {
  readonly kind: 'export';
  /** Paths and globs of results files, at least one. */
  readonly results: readonly string[];
  readonly format: ExportFormat;
  /** Where to write it; null for standard output. */
  readonly output: string | null;
  readonly flags: Flags;
}

const flags = [
  flag('format', 'WORD', exportFormats.join(' '), { completes: exportFormats }),
  flag('output', 'FILE', 'where to write it', { fallback: 'standard output', completes: 'file' }),
];

/** What judges, and where the stored runs are: what is measured was decided before. */
const options = optionsNamed(
  ...['compare', 'null-run', 'baseline-store', 'baseline-branch', 'baseline-path', 'confirm-pairs', 'max-suspects'],
  ...['target', 'margin', 'alpha', 'thresholds', 'fail-on', 'warn-on', 'working-directory', 'config'],
);

/** The row of `export` in the table of commands. */
export const exportEntry: CommandEntry = {
  name: 'export',
  operands: 'RESULTS...',
  summary: 'write a run for pyperf, JUnit, Prometheus and others',
  details: [
    'Judges the results files of one run again, as report does, and stores nothing. What a format has no place for is named on stderr.',
  ],
  flags,
  options,
  completes: 'file',
  examples: [
    'export results.json --format pyperf --output head.json',
    "export 'shards/*.json' --format junit --output junit.xml",
    'export results.json --format csv',
  ],
  read: readExport,
};

function readExport(rest: readonly string[]): ExportCommand {
  const { values, positionals } = parseFlags('export', rest, [...flags, ...options]);
  const { format = '', output = null, ...given } = values;
  if (positionals.length === 0) {
    throw new UserError('export takes results files, none is given.', 'Write: concurrency-regressions export RESULTS.json --format csv');
  }
  if (isExportFormat(format)) return { kind: 'export', results: positionals, format, output, flags: given };
  const what = format === '' ? 'export: --format is not given.' : `export: --format is "${format}".`;
  throw new UserError(what, `The formats are ${exportFormats.join(', ')}.`);
}
