import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginJournal } from '../baseline/journal-file.ts';
import { readOptions } from '../config/options.ts';
import { journaledRounds, journalHeader, nothingYet } from './killed-journal.fixture.ts';
import { reportOnFiles } from './report.ts';
import type { Surroundings, Workflow } from './surroundings.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-journals-'));
  const writer = beginJournal(join(folder, 'results.json.journal'), journalHeader);
  for (const entry of journaledRounds) writer.append(entry);
  writer.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const headSha = nothingYet.commit ?? '';

async function reported(trigger: Workflow['trigger']): Promise<string> {
  const options = readOptions([{ source: 'flag', given: { results: 'results.json', 'baseline-store': 'file' } }]);
  const surroundings: Surroundings = {
    ...{ environment: {}, home: folder, cwd: folder, workloadsFolder: folder, repository: null },
    workflow: { commit: headSha, runId: 'r', storesBaseline: false, pullRequest: null, mergeGroupBase: null, trigger: trigger ?? null },
    progress: { note: () => {}, update: () => {}, end: () => {} },
    signal: new AbortController().signal,
  };
  const { report } = await reportOnFiles({ options, surroundings }, () => 'text');
  return report.commit ?? '';
}

describe('a report on the journal of a run that was killed', () => {
  it('is made in the workflow that measured', async () => {
    expect(await reported(null)).toBe(headSha);
  });

  it('is not made where another workflow uploaded it, which anybody may have started', async () => {
    await expect(reported({ headSha })).rejects.toThrow(/results\.json cannot be opened: there is no such file/);
  });
});
