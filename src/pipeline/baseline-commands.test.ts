import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nightCommit, shiftedBranch } from '../../test/fixtures/shifted-branch.ts';
import { startGitHub } from '../../test/github/server.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { folderFiles } from '../baseline/folder-files.ts';
import { readOptions } from '../config/options.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { renderBaselineOutcome } from '../render/baseline-outcome.ts';
import { readArguments } from '../terminal/arguments.ts';
import { baselineFailed, runBaselineCommand } from './baseline-commands.ts';

let stored: string;
beforeAll(async () => {
  stored = await mkdtemp(join(tmpdir(), 'baseline-commands-'));
  const store = baselineStore(folderFiles(join(stored, 'baseline')), condensedRun);
  for (const night of shiftedBranch()) await store.append([night]);
});

/** A folder of its own with the same baseline. */
async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baseline-commands-'));
  await told(`export ${join(folder, 'all.json')}`, stored);
  await told(`import ${join(folder, 'all.json')}`, folder);
  return folder;
}

/** Does what the words say in a folder; the outcome, and its text on one line. */
async function told(line: string, cwd: string, environment: Record<string, string> = { USER: 'ada' }) {
  const words = line.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
  const command = readArguments(['baseline', ...words]);
  if (command.kind !== 'baseline') throw new Error(`read as ${command.kind}`);
  const options = readOptions([{ source: 'flag', given: { 'baseline-path': 'baseline', ...command.flags } }]);
  const outcome = await runBaselineCommand(command, options, { cwd, environment, signal: new AbortController().signal });
  const text = renderBaselineOutcome(outcome, { width: 200 });
  return { outcome, text, line: text.replaceAll(/[\s─]+/g, ' '), failed: baselineFailed(outcome) };
}

const fileIn = async (folder: string) => join(folder, 'baseline', (await folderFiles(join(folder, 'baseline')).list())[0] ?? 'none');

describe('baseline list', () => {
  it('names the files, the runs and the size that they may grow to', async () => {
    const { line, failed } = await told('list', stored);
    expect(line).toMatch(/^Baseline in the folder \S+/);
    expect(line).toMatch(/1 file; [\d.]+ KiB, at most [\d.]+ KiB once every file is full\./);
    expect(line).toMatch(/24 runs of 5 cells 2026-10-01 0000000 2026-10-24 1717171 /);
    expect(failed).toBe(false);
  });

  it('says that nothing is stored', async () => {
    expect((await told('list', await mkdtemp(join(tmpdir(), 'empty-')))).line).toContain('Nothing is stored yet.');
  });
});

describe('baseline show', () => {
  it('says which commit shifted which cell by how much', async () => {
    const { line, outcome } = await told('show', stored);
    expect(line).toMatch(/24 runs on /);
    expect(line).toMatch(/spawn asyncio slower by [56]\.\d % between 0b0b0b0 and 0c0c0c0 \(2026-10-13\) 12 before, 12 after/);
    expect(outcome).toMatchObject({
      machines: [{ runs: 24, shifts: { rows: [{ cell: { model: 'asyncio' }, to: { commit: nightCommit(12) } }] } }],
    });
  });

  it.each(['spawn/asyncio', 'spawn/asyncio/*', '*/asyncio/*'])('lists the runs of %s', async (pattern) => {
    const { line, outcome } = await told(`show ${pattern}`, stored);
    expect(line).toMatch(/2026-10-01 0000000 \S+ µs the same 5 .*2026-10-24 1717171 \S+ µs slower by [56]\.\d % 5 /);
    expect(outcome).toMatchObject({ machines: [{ cells: [{ cell: { model: 'asyncio' } }] }] });
  });

  it('shows no other shift for another cell, and does not look at fewer for it', async () => {
    const { outcome } = await told('show spawn/threads', stored);
    expect(outcome).toMatchObject({ machines: [{ shifts: { rows: [], histories: 5 } }] });
  });

  it('says what does not fit', async () => {
    await expect(told('show sprawl', stored)).rejects.toThrow(/No cell in the folder .* fits "sprawl"\. Write WORKLOAD/);
  });
});

describe('baseline accept', () => {
  it('stores who accepted what and why, once', async () => {
    const folder = await copy();
    const line = "accept --cells spawn/asyncio/* --commit 0c0c0c0 --why 'a queue of its own'";
    const first = await told(line, folder);
    expect(first.line).toMatch(/Accepted in the folder .* by ada for 1 stored cell since 0c0c0c0: a queue of its own - spawn\/asyncio\//);
    expect((await told(line, folder)).line).toMatch(/was accepted in the folder .* before; nothing was changed/);
    expect((await told('show', folder)).line).toMatch(/by ada on \d{4}-\d\d-\d\d: a queue of its own/);
    expect((await told('list', folder)).line).toContain('1 accepted change of level');
  });

  it('takes a whole commit that is not measured yet, and says so', async () => {
    const { line } = await told(`accept --cells spawn/* --commit ${'f'.repeat(40)} --why x`, await copy());
    expect(line).toContain('for 5 stored cells since fffffff');
    expect(line).toContain('No run of that commit is stored: the new level counts from the next run on.');
  });

  it.each([
    ['--cells sprawl/* --commit 0c0c0c0 --why x', /No cell in .* fits "sprawl\/\*"; nothing was stored\. .* one of them is spawn\//],
    ['--cells spawn/* --commit fffffff --why x', /No commit of the runs in .* begins with fffffff; nothing was stored/],
    [`--cells spawn/* --commit 0c0c0c0 --why x --by ${'x'.repeat(201)}`, /The change cannot be stored: .*by: .*nothing was stored/],
    ["--cells spawn/* --commit 0c0c0c0 --why x --by 'a\u0007b'", /The change cannot be stored: .*by: .*nothing was stored/],
  ])('refuses %s', async (flags, message) => {
    await expect(told(`accept ${flags}`, stored)).rejects.toThrow(message);
  });

  it('wants to know who it was', async () => {
    await expect(told('accept --cells spawn/* --commit 0c0c0c0 --why x', stored, {})).rejects.toThrow(/Say it with --by NAME/);
    expect((await told('accept --cells spawn/* --commit 0c0c0c0 --why x', await copy(), { GITHUB_ACTOR: 'grace' })).line).toContain(
      'by grace',
    );
  });
});

describe('baseline prune', () => {
  it.each([
    ['--keep 20', 4],
    ['--older-than 2026-10-11', 10],
    ['--older-than 1d', 24],
    ['--commits 0c0c0c0,0101010', 2],
    ['--older-than 9999d', 0],
  ])('%s removes %d runs', async (flags, removed) => {
    const folder = await copy();
    const { line } = await told(`prune ${flags}`, folder);
    expect(line).toMatch(removed === 0 ? /Nothing in the folder .* is to go\./ : new RegExp(`: ${removed} runs in ${removed} records\\.`));
    const left = await told('list', folder);
    expect(left.line).toMatch(removed === 24 ? /Nothing is stored yet/ : new RegExp(`${24 - removed} runs of`));
  });
});

describe('a damaged line', () => {
  it('is named by verify, with exit code 1, left out of an export, and removed on demand only', async () => {
    const folder = await copy();
    expect(await told('verify', folder)).toMatchObject({ failed: false, line: expect.stringMatching(/Everything in .* can be read/) });
    const file = await fileIn(folder);
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, ['{"torn":', ...lines].join('\n'));
    const found = await told('verify', folder);
    expect(found.line).toMatch(/1 fault: what cannot be read does not count .*\.jsonl line 1: .* "baseline prune --damaged"/);
    expect(found.failed).toBe(true);
    expect(await told(`export ${join(folder, 'other.json')}`, folder)).toMatchObject({
      failed: true,
      line: expect.stringContaining('is not in it'),
    });
    expect((await told('prune --damaged', folder)).line).toContain('1 line that could not be read');
    expect((await told('verify', folder)).failed).toBe(false);
  });
});

describe('baseline import', () => {
  it('adds what is not there, and nothing twice', async () => {
    const folder = await copy();
    const again = await told(`import ${join(folder, 'all.json')}`, folder);
    expect(again.line).toMatch(/Added to the folder .*: 0 runs of one runtime\. 24 runs were there already/);
  });

  it.each([
    ['none.json', null, /There is no file .*none\.json/],
    ['torn.json', '{"schema":2', /The document cannot be imported/],
    ['other.json', '{}', /The document cannot be imported/],
  ])('refuses %s', async (name, content, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'import-'));
    if (content !== null) await writeFile(join(folder, name), content);
    await expect(told(`import ${name}`, folder)).rejects.toThrow(message);
    expect((await told('list', folder)).line).toContain('Nothing is stored yet');
  });

  it('refuses a folder in place of a file', async () => {
    await expect(told('import .', stored)).rejects.toThrow(/cannot be read: it is no regular file/);
    await expect(told('export none/such/\0', stored)).rejects.toThrow(/cannot be written/);
  });
});

describe('a baseline on a branch', () => {
  it('takes every command, and knows which commits follow each other', async () => {
    await using github = await startGitHub();
    const commits = Array.from({ length: 24 }, (_, night) =>
      github.seed.commit({ branch: 'main', message: `${night}`, date: new Date(Date.UTC(2026, 9, 1 + night)) }),
    );
    const folder = await mkdtemp(join(tmpdir(), 'branch-'));
    const other = baselineStore(folderFiles(join(folder, 'baseline')), condensedRun);
    for (const night of shiftedBranch(commits)) await other.append([night]);
    await told('export all.json', folder);
    const environment = { GITHUB_TOKEN: github.token({ contents: 'write' }), GITHUB_API_URL: github.apiUrl, GITHUB_ACTOR: 'grace' };
    const onBranch = (line: string) => told(`${line} --baseline-store branch --repository octo/project`, folder, environment);
    expect((await onBranch('import all.json')).line).toMatch(/Added to the branch concurrency-baselines: 24 runs/);
    expect((await onBranch('show')).line).toContain(`since ${commits[12]?.slice(0, 7)} (2026-10-13)`);
    await onBranch(`accept --cells spawn/* --commit ${commits[12]} --why x`);
    await onBranch('prune --keep 5');
    expect((await onBranch('list')).line).toMatch(
      /Baseline in the branch concurrency-baselines .* 1 accepted change of level; .* 5 runs of 5 cells/,
    );
    expect(await onBranch('verify')).toMatchObject({ failed: false });
    github.log.assertClean();
  });

  it('wants a repository', async () => {
    await expect(told('list --baseline-store branch', stored)).rejects.toThrow(
      /no repository is known\. At a terminal name it with --repository/,
    );
  });
});
