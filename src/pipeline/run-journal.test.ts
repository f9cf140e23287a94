import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginJournal, readJournal } from '../baseline/journal-file.ts';
import type { JournalEntry } from '../model/journal.ts';
import { entriesOf, journaledResults } from '../plan/journaled-results.ts';
import { journaledPairs, journaledSeries, journalHeader } from './killed-journal.fixture.ts';
import { openRunJournal } from './run-journal.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-journal-'));
  path = join(folder, 'results.json.journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const progress = { note: () => {}, update: () => {}, end: () => {} };

function killed(entries: readonly JournalEntry[]): void {
  const writer = beginJournal(path, journalHeader);
  for (const entry of entries) writer.append(entry);
  writer.close();
}

async function journalNow() {
  const journal = await readJournal(path);
  if (journal === null) throw new Error('the journal is gone');
  return journal;
}

const opened = async () => openRunJournal({ path, header: journalHeader, left: await journalNow(), progress });

/** Pairs of each series, as a report finds them in the journal now. */
async function pairsNow(): Promise<readonly number[]> {
  const { comparison } = journaledResults(await journalNow());
  if (comparison?.pairs.kind !== 'pairs') return [];
  return comparison.pairs.run.series.map(({ outcome }) => [...outcome.pairs.values()].flat().length);
}

describe('the journal of a run that goes on', () => {
  it('hides no pair at any moment, though its series begin again one after the other', async () => {
    killed(journaledPairs(2));
    const journal = await opened();
    for (const entry of entriesOf(journaledPairs(0), 'comparison')) journal.append(entry);
    expect(await pairsNow()).toEqual([2, 2]);
    journal.beginSeries(journaledSeries(0));
    expect(await pairsNow()).toEqual([2, 2]);
    journal.beginSeries(journaledSeries(1));
    expect(await pairsNow()).toEqual([2, 2]);
    journal.close();
  });

  it('names the series that follow one of another plan again', async () => {
    killed(journaledPairs(2));
    const journal = await opened();
    journal.beginSeries(journaledSeries(0, 'd'));
    expect(await pairsNow()).toEqual([0]);
    journal.beginSeries(journaledSeries(1));
    expect(await pairsNow()).toEqual([0, 2]);
    journal.close();
  });

  it('says how many pairs of another plan it does not use, once', async () => {
    killed(journaledPairs(3));
    const first = await opened();
    first.beginSeries(journaledSeries(0, 'd'));
    expect(first.warnings).toContainEqual({ code: 'pairs not used', pairs: 3 });
    first.close();
    const second = await opened();
    second.beginSeries(journaledSeries(0, 'd'));
    expect(second.warnings.filter(({ code }) => code === 'pairs not used')).toHaveLength(1);
    second.close();
  });

  it('removes no journal that another run began in its place', async () => {
    killed(journaledPairs(1));
    const slept = await opened();
    renameSync(path, `${path}.old`);
    killed([]);
    const others = readFileSync(path, 'utf8');
    slept.remove();
    expect(readFileSync(path, 'utf8')).toBe(others);
    expect(existsSync(`${path}.old`)).toBe(true);
  });
});
