/**
 * Prints how long the files and functions of the sources are, tests and benches included, and exits with 1 over a limit.
 *
 *   npm run sizes [-- FOLDER]
 */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median, quantile } from 'simple-statistics';
import { pythonFunctions, type SourceFunction, typescriptFunctions } from './source-functions.ts';

/** What may not be exceeded, in lines. A test may tell its whole story: functions of tests count for the median only. */
const limits = { file: 250, function: 40, medianFunction: 14 } as const;

/** One file of the sources. */
interface SourceFile {
  /** Relative to the root, "src/model/cell.ts". */
  readonly path: string;
  readonly lines: number;
  readonly functions: readonly SourceFunction[];
}

/** A function and the file that it stands in. */
interface PlacedFunction extends SourceFunction {
  readonly path: string;
}

function readSources(root: string): readonly SourceFile[] {
  const paths = globSync(['{src,scripts,bench,test,workloads}/**/*.{ts,py}', '*.ts'], { cwd: root }).toSorted();
  const inPython = paths.filter((path) => path.endsWith('.py'));
  const python = pythonFunctions(root, inPython);
  return paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, lines: text.replace(/\n$/, '').split('\n').length, functions: python.get(path) ?? typescriptFunctions(path, text) };
  });
}

function functionsOf(files: readonly SourceFile[]): readonly PlacedFunction[] {
  return files.flatMap(({ path, functions }) => functions.map((each) => ({ ...each, path })));
}

function isTest(path: string): boolean {
  return /^test\/|\/tests\/|\.(test|fixture)\.ts$/.test(path);
}

const columns = ['folder', 'files', 'longest file', 'functions', 'median', '95th percentile', 'longest function'] as const;

function tableRow(folder: string, files: readonly SourceFile[]): readonly string[] {
  const lengths = functionsOf(files).map(({ lines }) => lines);
  const ofFunctions = lengths.length === 0 ? ['-', '-', '-'] : [median(lengths), quantile(lengths, 0.95), Math.max(...lengths)];
  return [folder, files.length, Math.max(...files.map(({ lines }) => lines)), lengths.length, ...ofFunctions].map((cell) =>
    typeof cell === 'number' ? String(Math.round(cell)) : cell,
  );
}

/** "src/model" of "src/model/cell.ts": the first two names of a path, without the file's own. */
function folderOf({ path }: SourceFile): string {
  return path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
}

function table(files: readonly SourceFile[]): readonly string[] {
  const folders = Object.entries(Object.groupBy(files, folderOf));
  const rows = [columns, ...folders.map(([folder, own = []]) => tableRow(folder, own)), tableRow('all', files)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

function place({ path, line, name, lines }: PlacedFunction): string {
  return `${path}:${line} ${name}: ${lines} lines`;
}

/** What exceeds a limit, each as a sentence. */
function offences(files: readonly SourceFile[]): readonly string[] {
  const functions = functionsOf(files);
  const typical = median(functions.map(({ lines }) => lines));
  return [
    ...files.filter(({ lines }) => lines > limits.file).map(({ path, lines }) => `${path}: ${lines} lines, over ${limits.file}`),
    ...functions
      .filter(({ path, lines }) => !isTest(path) && lines > limits.function)
      .map((each) => `${place(each)}, over ${limits.function}`),
    ...(typical > limits.medianFunction ? [`the median function: ${typical} lines, over ${limits.medianFunction}`] : []),
  ];
}

function printed(files: readonly SourceFile[], found: readonly string[]): string {
  const longest = functionsOf(files)
    .filter(({ path }) => !isTest(path))
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, 10);
  const verdict = found.length === 0 ? ['Every file and function is within the limits.'] : ['Over a limit:', ...found];
  const figures = [...table(files), '', 'Longest functions, tests aside:', ...longest.map(place)];
  return [...figures, '', ...verdict, ''].join('\n');
}

const files = readSources(resolve(process.argv[2] ?? join(import.meta.dirname, '..')));
if (functionsOf(files).length === 0) throw new Error('There is no function to measure: give the folder that holds src.');
const found = offences(files);
process.stdout.write(printed(files, found));
process.exitCode = found.length === 0 ? 0 : 1;
