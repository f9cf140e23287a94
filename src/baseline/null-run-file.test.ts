import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordNullRun } from './null-run-file.ts';

const run = { created: '2026-01-01T00:00:00.000Z', commit: null, cells: 9, flagged: 0 };

describe('recordNullRun', () => {
  it('begins a file and adds to it', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'null-runs-')), 'deep', 'null-runs.jsonl');
    expect(await recordNullRun(path, run)).toEqual([run]);
    const second = { ...run, flagged: 1, commit: 'a'.repeat(40) };
    expect(await recordNullRun(path, second)).toEqual([run, second]);
  });

  it('counts no line that it cannot read, and keeps it', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'null-runs-')), 'null-runs.jsonl');
    await writeFile(path, '{"torn":\n{"created":"yesterday","commit":null,"cells":1,"flagged":0}\n');
    expect(await recordNullRun(path, run)).toEqual([run]);
    expect((await readFile(path, 'utf8')).split('\n')[0]).toBe('{"torn":');
  });
});
