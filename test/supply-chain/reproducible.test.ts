import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.ts';
import { listedPackages } from '../../scripts/sbom.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a build needs besides the packages that it bundles. */
const bundler = ['rolldown', '@rolldown', '@oxc-project'];

/** Packages with all that they depend on: also what is left out of a bundle in the end has to be found. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(manifest)) return;
    found.add(name);
    const { dependencies = {} }: { readonly dependencies?: object } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const each of Object.keys(dependencies)) add(each);
  };
  for (const name of names) add(name);
  return [...found];
}

/** The sources and what `licenses` says is bundled with them, in another folder. */
function copiedTree(folder: string, licenses: string): string {
  const packages = withDependencies([...listedPackages(licenses)].map((each) => each.slice(0, each.lastIndexOf('@'))));
  const parts = ['package.json', 'tsconfig.json', 'src', 'scripts', ...[...packages, ...bundler].map((name) => join('node_modules', name))];
  for (const part of new Set(parts)) cpSync(join(root, part), join(folder, part), { recursive: true });
  return folder;
}

function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/** Builds a tree as a process of its own with a umask and an environment, and gives back what it made. */
function built(tree: string, { umask, ...environment }: { readonly umask: string; readonly [name: string]: string }) {
  const command = `umask ${umask} && exec "$0" scripts/build.ts`;
  execFileSync('/bin/sh', ['-c', command, process.execPath], { cwd: tree, env: environment });
  return filesOf(join(tree, 'dist'));
}

describe('a build', () => {
  let scratch: string;
  let here: ReadonlyMap<string, Buffer>;
  const copy = (name: string) => copiedTree(join(scratch, name), here.get('licenses.txt')?.toString() ?? '');

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'reproducible-'));
    await build(join(scratch, 'here'));
    here = filesOf(join(scratch, 'here'));
    return () => rmSync(scratch, { recursive: true, force: true });
  });

  it('gives the same bytes in another folder, time zone, language, home and umask', () => {
    const elsewhere = copy('a much longer path/with spaces');
    const there = built(elsewhere, { umask: '077', TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', HOME: elsewhere, CI: 'true' });
    expect([...there.keys()]).toEqual([...here.keys()]);
    for (const [name, bytes] of there) expect(bytes.equals(here.get(name) ?? Buffer.alloc(0)), name).toBe(true);
  });

  it('fails where a package is missing, instead of leaving it to whoever runs the bundle', () => {
    const tree = copy('incomplete');
    rmSync(join(tree, 'node_modules', 'd3-time'), { recursive: true });
    expect(() => built(tree, { umask: '022', HOME: scratch })).toThrow(/d3-time/);
  });

  it('gives other bytes when a package is not what it was', () => {
    const tampered = copy('tampered');
    appendFileSync(join(tampered, 'node_modules', 'execa', 'index.js'), 'globalThis.planted = 1;\n');
    const changed = built(tampered, { umask: '022', HOME: scratch }).get('cli.mjs');
    expect(changed?.equals(here.get('cli.mjs') ?? Buffer.alloc(0))).toBe(false);
    expect(changed?.includes('planted')).toBe(true);
  });
});
