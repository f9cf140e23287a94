import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { encodeResults } from '../baseline/codec.ts';
import { beginJournal } from '../baseline/journal-file.ts';
import { collectResults } from './collect.ts';
import { journalHeader } from './killed-journal.fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collect-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = encodeResults(resultsDocument())): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe('collectResults', () => {
  it('reads what paths and globs name, each file once, in the order of their names', async () => {
    for (const path of ['b/results.json', 'a/results.json', 'a/deep/results.json', 'notes.txt']) write(path);
    const found = await collectResults(['b/results.json', '**/results.json'], folder);
    expect(found.map(({ file }) => file)).toEqual(['a/deep/results.json', 'a/results.json', 'b/results.json']);
    expect(found[0]?.results.runId).toBe('run-1');
  });

  it('reads an absolute path', async () => {
    write('one.json');
    expect(await collectResults([join(folder, 'one.json')], '/')).toHaveLength(1);
    expect(await collectResults([join(folder, '*.json')], '/')).toHaveLength(1);
  });

  it('names a pattern that matches nothing, and what to do', async () => {
    await expect(collectResults(['results/*.json'], folder)).rejects.toThrow(/No results file matches results\/\*\.json .* see their logs/);
  });

  it.each([
    ['damaged', '{"schema":2,', /is not JSON/],
    ['of a newer version', JSON.stringify({ ...resultsDocument(), schema: 99 }), /schema version 99.*Update concurrency-regressions/],
    ['of something else', '{}', /is not a results document/],
  ])('refuses everything for one file that is %s, and names it', async (_, text, message) => {
    write('good.json');
    write('odd.json', text);
    await expect(collectResults(['*.json'], folder)).rejects.toThrow(message);
    await expect(collectResults(['*.json'], folder)).rejects.toThrow(/odd\.json/);
  });

  it('takes a journal for results, but not where whoever opened a pull request chose the files', async () => {
    write('a/results.json');
    const writer = beginJournal(join(folder, 'b/results.json.journal'), journalHeader);
    writer.close();
    writeFileSync(join(folder, 'a/results.json.journal'), 'harm');
    writeFileSync(join(folder, 'a/results.json.journal.old'), 'harm');
    const names = async (pattern: string) => (await collectResults([pattern], folder, { journals: false })).map(({ file }) => file);
    expect(await names('*/results.json')).toEqual(['a/results.json']);
    expect(await names('*/*')).toEqual(['a/results.json']);
    await expect(names('b/results.json')).rejects.toThrow(/no such file/);
    expect((await collectResults(['b/*.json'], folder)).map(({ file }) => file)).toEqual(['b/results.json']);
  });

  it('names a file that is not there', async () => {
    await expect(collectResults(['gone.json'], folder)).rejects.toThrow(/gone\.json cannot be opened/);
  });
});
