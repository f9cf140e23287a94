import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { shardsOf, wholeRun } from '../../test/fixtures/sharded-run.ts';
import { writeResultsFile } from '../baseline/results-file.ts';
import { readOptions } from '../config/options.ts';
import type { Cell } from '../model/cell.ts';
import { exportFiles, exportFormats } from '../model/export-format.ts';
import type { Results } from '../model/results.ts';
import type { SamplePair } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import { readArguments } from '../terminal/arguments.ts';
import { exportRun } from './export.ts';
import { reportOnFiles } from './report.ts';
import type { Surroundings } from './surroundings.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pairs of the fixture are of one cell whatever suspect they are of; a file must be right in that too. */
function writable(results: Results): Results {
  const { comparison } = results;
  if (comparison === null || comparison.pairs.kind !== 'pairs') return results;
  const { run } = comparison.pairs;
  const series = run.series.map(({ suspects, outcome }) => {
    const cells = new Map(suspects.map(({ id, cell }) => [id, cell]));
    const pairs = [...outcome.pairs].map(([id, all]) => [id, all.map((pair) => ofCell(pair, cells.get(id)))] as const);
    return { suspects, outcome: { ...outcome, pairs: new Map(pairs) } };
  });
  return { ...results, comparison: { ...comparison, pairs: { ...comparison.pairs, run: { ...run, series } } } };
}

function ofCell(pair: SamplePair, cell: Cell | undefined): SamplePair {
  if (cell === undefined) throw new Error('a pair of no suspect');
  return { ...pair, base: { ...pair.base, cell }, head: { ...pair.head, cell } };
}

const slower = wholeRun({ effectOf: ({ workload, model }) => (workload === 'spawn' && model === 'asyncio' ? 0.25 : 0) });
await writeResultsFile(join(folder, 'whole.json'), writable(slower));
for (const [index, shard] of shardsOf(slower, 1).entries())
  await writeResultsFile(join(folder, 'shards', `${index}.json`), writable(shard));

const broken = { kind: 'error', message: 'no luck', output: '' } as const;
await writeResultsFile(join(folder, 'nothing.json'), fixtureResults({ run: 81, breaks: () => broken }));

const notes: string[] = [];
const surroundings: Surroundings = {
  environment: {},
  home: folder,
  cwd: folder,
  workloadsFolder: folder,
  workflow: null,
  repository: null,
  progress: { note: (text) => notes.push(text), update: () => {}, end: () => {} },
  signal: new AbortController().signal,
};

function exported(...argv: readonly string[]): Promise<string> {
  const command = readArguments(['export', ...argv]);
  if (command.kind !== 'export') throw new Error(`read as ${command.kind}`);
  return exportRun(command, readOptions([{ source: 'flag', given: command.flags }]), surroundings);
}

describe('export', () => {
  it('judges the results again, and gives its verdicts', async () => {
    const text = await exported('whole.json', '--format', 'junit');
    expect([...text.matchAll(/<failure type="regression"/g)]).toHaveLength(2);
    expect(text).toMatch(/<failure [^>]*>regression: slower by \d+\.\d % \(\+/);
  });

  it('takes the shards of a run as one, and a missing one for an error', async () => {
    const verdicts = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.includes('<testcase'))
        .toSorted();
    const whole = await exported('whole.json', '--format', 'junit');
    expect(verdicts(await exported('shards/*.json', '--format=junit'))).toEqual(verdicts(whole));
    expect(await exported('shards/0.json', '--format=junit')).toContain('<error type="missing shard"');
  });

  it('writes the file that is named, and stores nothing', async () => {
    const text = await exported('whole.json', '--format', 'csv');
    expect(await exported('whole.json', '--format', 'csv', '--output', 'out/run.csv')).toBe(`Export: ${join(folder, 'out', 'run.csv')}\n`);
    expect(readFileSync(join(folder, 'out', 'run.csv'), 'utf8')).toBe(text);
    expect(existsSync(join(folder, '.concurrency-regressions'))).toBe(false);
  });

  it('notes what a format has no place for, and how much more there is', async () => {
    await writeResultsFile(
      join(folder, 'broken.json'),
      fixtureResults({ run: 80, breaks: ({ workload }) => (workload > 'e' ? broken : null) }),
    );
    notes.length = 0;
    await exported('broken.json', '--format', 'bencher');
    expect(notes).toHaveLength(21);
    expect(notes[0]).toMatch(/^Not in the bencher export: \S+ has no figure: \d of \d processes broken: no luck$/);
    expect(notes.at(-1)).toMatch(/^Not in the bencher export: \d+ more\.$/);
  });

  it('is refused where a format has no way to write the run', async () => {
    await expect(exported('nothing.json', '--format', 'pyperf')).rejects.toThrow(
      /cannot be exported for pyperf, which reads no file without a benchmark: \S+ has no figure: no luck.* csv or junit/,
    );
    expect(await exported('nothing.json', '--format', 'csv')).toContain('no luck');
  });

  it('names a file that is not there', async () => {
    await expect(exported('gone.json', '--format', 'csv')).rejects.toThrow(UserError);
  });
});

describe('a report', () => {
  it('is exported in the formats that are asked for, and in none unasked', async () => {
    const given = (exports: string) => readOptions([{ source: 'input', given: { results: 'whole.json', exports } }]);
    const exportsFolder = join(folder, '.concurrency-regressions', 'exports');
    await reportOnFiles({ options: given(''), surroundings }, () => '');
    expect(existsSync(exportsFolder)).toBe(false);
    await reportOnFiles({ options: given(exportFormats.join(',')), surroundings }, () => '');
    expect(readdirSync(exportsFolder).toSorted()).toEqual(Object.values(exportFiles).toSorted());
    expect(readFileSync(join(exportsFolder, 'junit.xml'), 'utf8')).toContain('<failure type="regression"');
  });

  it('is written in the other formats where one has no way to, and leaves no file of an earlier run', async () => {
    const exportsFolder = join(folder, '.concurrency-regressions', 'exports');
    const options = (results: string) => readOptions([{ source: 'input', given: { results, exports: 'pyperf,csv' } }]);
    await reportOnFiles({ options: options('whole.json'), surroundings }, () => '');
    expect(existsSync(join(exportsFolder, 'pyperf.json'))).toBe(true);
    const { report } = await reportOnFiles({ options: options('nothing.json'), surroundings }, () => '');
    expect(existsSync(join(exportsFolder, 'pyperf.json'))).toBe(false);
    expect(readFileSync(join(exportsFolder, 'results.csv'), 'utf8')).toContain('no luck');
    expect(report.warnings).toContainEqual({
      ...{ code: 'not written', file: 'pyperf export' },
      reason: expect.stringMatching(/^The run cannot be exported for pyperf, .*no luck/),
    });
  });
});
