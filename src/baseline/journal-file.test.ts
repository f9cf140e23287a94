import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import type { JournalEntry, JournalHeader } from '../model/journal.ts';
import { journaledPair, journaledSeries } from '../pipeline/killed-journal.fixture.ts';
import { beginJournal, continueJournal, readJournal } from './journal-file.ts';
import { journalLine, lineObject } from './journal-line.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'results.json.journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { samples, ...before } = resultsDocument();
const header: JournalHeader = {
  plan: 'a'.repeat(64),
  rounds: 5,
  cells: samples.map(({ cell }) => cell),
  results: { ...before, samples: [], partial: true },
};
const entries: readonly JournalEntry[] = [
  { kind: 'opened', by: { boot: 'b', namespace: '4026531836', pid: 1, started: 2 } },
  ...samples.map((sample) => ({ kind: 'sample' as const, sample })),
  { kind: 'warning', warning: { code: 'resumed', done: 1, pauseSeconds: 60 } },
];

function written(): Buffer {
  const writer = beginJournal(path, header);
  for (const entry of entries) writer.append(entry);
  writer.close();
  return readFileSync(path);
}

describe('a journal', () => {
  it('is read as it was written, each line JSON by itself', async () => {
    const lines = written().toString('utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['journal', 'opened', 'sample', 'sample', 'warning']);
    expect(await readJournal(path)).toMatchObject({ header, entries, torn: 0 });
  });

  it('keeps every whole line wherever it was torn, and goes on behind it', async () => {
    const whole = written();
    const ends = [...whole.keys()].filter((at) => whole[at] === 10);
    const first = ends[0] ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: first, max: whole.length - 1 }), async (length) => {
        writeFileSync(path, whole);
        truncateSync(path, length);
        // A line without its line feed is whole.
        const kept = ends.filter((end) => end <= length).length - 1;
        const torn = ends.includes(length) || ends.includes(length - 1) ? 0 : 1;
        expect(await readJournal(path)).toMatchObject({ entries: entries.slice(0, kept), torn });
        const writer = continueJournal(path);
        writer.append({ kind: 'look', series: 0, looks: 1 });
        writer.close();
        expect((await readJournal(path))?.entries).toEqual([...entries.slice(0, kept), { kind: 'look', series: 0, looks: 1 }]);
      }),
      { seed: 18, numRuns: 100 },
    );
  });

  it('takes no line of which a byte changed', () => {
    const line = journalLine('{"kind":"look","series":0,"looks":1}').trimEnd();
    expect(lineObject(line)).toBe('{"kind":"look","series":0,"looks":1}');
    expect(lineObject(line.replace('"looks":1', '"looks":2'))).toBeNull();
  });

  it('is none when it was killed before its first line was whole, and is refused when that was damaged later', async () => {
    const whole = written();
    truncateSync(path, 100);
    expect(await readJournal(path)).toBeNull();
    writeFileSync(path, `x${whole.toString('utf8')}`);
    await expect(readJournal(path)).rejects.toThrow(/cannot be read\. Its first line is damaged\. Remove it to start anew/);
  });

  it.each([
    ['a side alone that did not break', [{ side: 'base', sample: samples[0] }]],
    ['one side twice', [0, 0].map(() => ({ side: 'base', sample: samples[0] }))],
  ])('takes no pair of %s', async (_, of) => {
    written();
    const pair = JSON.stringify({ kind: 'pair', series: 0, suspect: 's', round: 0, seconds: 1, samples: of });
    writeFileSync(path, readFileSync(path, 'utf8') + journalLine(pair));
    expect(await readJournal(path)).toMatchObject({ entries, torn: 1 });
  });

  it('leaves out what says again what a process measured, and says how much', async () => {
    written();
    const again = continueJournal(path);
    for (const entry of entries) again.append(entry);
    again.close();
    const journal = await readJournal(path);
    expect(journal?.entries.filter(({ kind }) => kind === 'sample')).toEqual(entries.filter(({ kind }) => kind === 'sample'));
    expect(journal).toMatchObject({ repeated: samples.length, torn: 0 });
  });

  it('has each pair of a series once, and anew where that begins under another plan', async () => {
    const pairs = [journaledSeries(0), journaledPair(0, 0), journaledPair(0, 0), journaledSeries(0, 'd'), journaledPair(0, 0)];
    const writer = beginJournal(path, header);
    for (const entry of pairs) writer.append(entry);
    writer.close();
    const journal = await readJournal(path);
    expect(journal?.entries.map(({ kind }) => kind)).toEqual(['series', 'pair', 'series', 'pair']);
    expect(journal?.repeated).toBe(1);
  });

  it('is refused with more lines than any run writes', async () => {
    written();
    writeFileSync(path, `${readFileSync(path, 'utf8')}${'{}\n'.repeat(300_000)}`);
    await expect(readJournal(path)).rejects.toThrow(/has \d+ lines, and at most 300000 are read\. Remove it/);
  });
});
