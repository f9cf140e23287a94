import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginJournal } from '../baseline/journal-file.ts';
import * as processes from '../measure/program-process.ts';
import type { JournalEntry, ProgramProcess } from '../model/journal.ts';
import { journaledRounds, journalHeader } from './killed-journal.fixture.ts';
import { leftJournal } from './left-journal.ts';

vi.mock(import('../measure/program-process.ts'), async (original) => ({ ...(await original()) }));

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'left-journal-'));
  notes = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks at the journal of a run that a process wrote; what was said of it is in `notes`. */
async function leftBy(by: ProgramProcess, entries: readonly JournalEntry[] = journaledRounds) {
  const path = join(folder, 'results.json.journal');
  const writer = beginJournal(path, journalHeader);
  for (const entry of [{ kind: 'opened' as const, by }, ...entries]) writer.append(entry);
  writer.close();
  const progress = { note: (text: string) => notes.push(text), update: () => {}, end: () => {} };
  return leftJournal({ path, plan: journalHeader.plan, progress });
}

const own = processes.thisProcess();
/** One of this id that had ended before this one began. */
const gone: ProgramProcess = { ...own, started: own.started + 1 };

describe('a journal that was left', () => {
  it('is gone on with where its process has ended', async () => {
    expect(await leftBy(gone)).toMatchObject({ header: { plan: journalHeader.plan } });
    expect(notes).toEqual([expect.stringContaining('Going on with 4 processes')]);
  });

  it('is refused while its process lives, with what to do', async () => {
    await expect(leftBy(own)).rejects.toThrow(/Process \d+ measures into .*\.journal\. Wait for it to end.* or remove the journal/);
  });

  it.each<readonly [string, ProgramProcess, readonly JournalEntry[], RegExp]>([
    [
      'of another container',
      { ...gone, namespace: '1' },
      journaledRounds,
      /of another container, and whether its process has ended cannot be/,
    ],
    ['of another boot', { ...gone, boot: 'other' }, journaledRounds, /the machine was started again since/],
    ['that two processes wrote', gone, [...journaledRounds, ...journaledRounds.slice(0, 1)], /two processes wrote it at a time/],
  ])('is put aside if it is one %s, and that is said', async (_, by, entries, why) => {
    expect(await leftBy(by, entries)).toBeNull();
    expect(notes).toEqual([expect.stringMatching(why)]);
    expect(notes[0]).toContain('results.json.journal.old');
  });

  it('is put aside where the system names no boot, and that is what is said', async () => {
    vi.spyOn(processes, 'bootId').mockReturnValue(null);
    expect(await leftBy({ ...gone, boot: null })).toBeNull();
    expect(notes).toEqual([expect.stringContaining('this system does not say whether it was started again since')]);
  });
});
