import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** One import as written: the file it stands in and what it names, both relative to the source root where they can be. */
export interface SourceImport {
  readonly file: string;
  readonly target: string;
}

const pattern = /(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm;

/** Every import of every TypeScript file below `root`, tests left out unless asked for. */
export function importsBelow(root: string, includeTests = false): readonly SourceImport[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files
    .filter((file) => includeTests || !file.endsWith('.test.ts'))
    .flatMap((file) => importsOf(root, file, readFileSync(join(root, file), 'utf8')));
}

/** The imports in one file's source. */
export function importsOf(root: string, file: string, source: string): readonly SourceImport[] {
  return [...source.matchAll(pattern)].map(([, target = '']) => ({
    file,
    target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
  }));
}

const core = ['model', 'stats', 'plan', 'judge', 'simulate', 'tables', 'render'] as const;
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  stats: ['model'],
  plan: ['model', 'stats'],
  judge: ['model', 'stats'],
  simulate: ['model', 'stats', 'plan', 'judge'],
  tables: ['model', 'stats', 'plan', 'judge'],
  render: ['model', 'stats', 'plan', 'judge', 'tables'],
  config: ['model'],
  runtimes: ['model'],
  measure: ['model'],
  sides: ['model'],
  baseline: ['model'],
  github: ['model'],
  terminal: ['model'],
  page: ['model', 'render'],
};

/** The doors: the only files outside a folder. They and the pipeline wire everything; nothing else may import these. */
const doors = new Set(['action.ts', 'post.ts', 'cli.ts', 'node-version.ts', 'version.ts']);

/** What is started, and imported by nobody. */
const entries = new Set(['action.ts', 'post.ts', 'cli.ts']);

/** What runs in the page of a report; it is bundled by itself. */
const pageFolder = 'page';

/** The one folder that wires edges to the core. */
const wiringFolder = 'pipeline';

/** The rule an import breaks, in words, or null. */
export function brokenRule({ file, target }: SourceImport): string | null {
  const folder = file.split('/')[0] ?? '';
  if (doors.has(file)) return null;
  if (folder !== pageFolder && target.startsWith(`${pageFolder}/`)) return `${file} imports ${target}, which runs in a browser`;
  if (folder === wiringFolder) return entries.has(target) ? `${file} imports the door ${target}` : null;
  if (mayImport[folder] === undefined) return `${file}: no rule for this place; add its folder to the table`;
  if (target.startsWith('..')) return `${file} imports ${target}, which is outside src`;
  return target.endsWith('.ts') ? brokenFileRule(file, target, folder) : brokenPackageRule(file, target, folder);
}

function brokenFileRule(file: string, target: string, folder: string): string | null {
  const reachable = [folder, ...(mayImport[folder] ?? [])];
  if (reachable.includes(target.split('/')[0] ?? '')) return null;
  return `${file} imports ${target}: ${folder} may import only ${reachable.join(', ')}`;
}

function brokenPackageRule(file: string, name: string, folder: string): string | null {
  const isCore = (core as readonly string[]).includes(folder);
  return isCore && !packageAllowed(folder, name) ? `${file}: the core may not import "${name}"` : null;
}

/** Packages that turn figures into places and paths, and touch nothing else. */
const drawing = new Set(['d3-scale', 'd3-shape']);

function packageAllowed(folder: string, name: string): boolean {
  if (folder === 'render') return drawing.has(name);
  return name === 'simple-statistics' && (folder === 'stats' || folder === 'judge');
}

const impurities: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/, 'reads the clock'],
  [/\bMath\.random\b|\bcrypto\b/, 'uses randomness without a seed'],
  [/\bprocess\.|\bglobalThis\b|\bfetch\(/, 'reads the environment'],
];

/** What makes the source of a core file impure, or null; comments do not count. */
export function impurityOf(source: string): string | null {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return impurities.find(([expression]) => expression.test(code))?.[1] ?? null;
}

/** Whether a file below src belongs to the pure core. */
export function isCoreFile(file: string): boolean {
  return (core as readonly string[]).includes(file.split('/')[0] ?? '');
}
