import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { writeResultsFile } from '../../src/baseline/results-file.ts';
import { fixtureResults } from '../fixtures/results/factory.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
const run = (...words: readonly string[]) => execa(process.execPath, [cli, ...words], { cwd: folder, reject: false });

const suite = (factor: number) => {
  const runs = [1, 1.1, 0.9, 1.2, 1.05, 0.95].map((value) => ({ values: [value * factor, value * factor * 1.01] }));
  return JSON.stringify({ version: '1.0', benchmarks: [{ metadata: { name: 'parse', python_version: '3.13.0' }, runs }] });
};

describe('the program', () => {
  it('compares two files of pyperf', async () => {
    for (const [name, factor] of [
      ['before', 1],
      ['after', 2],
    ] as const)
      writeFileSync(join(folder, name), suite(factor));
    const { stdout, exitCode } = await run('compare', 'before', 'after', '--json');
    expect(exitCode).toBe(0);
    const { cells } = JSON.parse(stdout);
    expect(cells).toMatchObject([{ workload: 'parse', model: 'sequential', outcome: 'different', ratio: 2, base: { processes: 6 } }]);
    expect((await run('compare', 'before', 'after')).stdout).toMatch(/parse sequential .*\+100\.0 %|parse sequential .*×2/);
  });

  it('prints an export, and what it has no place for beside it', async () => {
    const broken = { kind: 'error', message: 'no luck', output: '' } as const;
    await writeResultsFile(
      join(folder, 'results.json'),
      fixtureResults({ run: 81, breaks: ({ workload }) => (workload === 'spawn' ? broken : null) }),
    );
    const { stdout, stderr, exitCode } = await run('export', 'results.json', '--format', 'bencher');
    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout)).length).toBeGreaterThan(20);
    expect(stderr).toContain('Not in the bencher export: spawn/threads/3.13.0 has no figure: ');
  });

  it('refuses what is neither', async () => {
    writeFileSync(join(folder, 'other.json'), '{"benchmarks":[],"version":"1.0"}');
    const { stderr, exitCode } = await run('compare', 'other.json', 'other.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('other.json cannot be read. It is not a pyperf file: benchmarks');
  });
});
