import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '../model/machine.ts';
import { type Results, resultsOfRuntime } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { writeAtomically } from './atomic-file.ts';
import { decodeResults, encodeResults } from './codec.ts';
import { fingerprint, machineFingerprint } from './fingerprint.ts';
import { type BaselineStore, keptRuns, type StoredBaseline } from './store.ts';

/** One stored line: a run that was read, or a line that stays as it is because it could not be. */
type Line =
  | { readonly text: string; readonly results: Results }
  | { readonly text: string; readonly reason: string; readonly number: number };

/** The baseline as JSON-lines files in a folder, one per fingerprint, one line per run. */
export function fileStore(folder: string): BaselineStore {
  const pathOf = (machine: Machine, runtime: Runtime) => join(folder, `${fingerprint(machine, runtime)}.jsonl`);
  return {
    read: async (machine, runtime) => storedBaseline(await readLines(pathOf(machine, runtime)), pathOf(machine, runtime)),
    readNewest: (machine) => newestRuns(folder, machine),
    append: async (results) => {
      for (const runtime of results.runtimes) await appendRun(pathOf(results.machine, runtime), resultsOfRuntime(results, runtime));
    },
  };
}

async function newestRuns(folder: string, machine: Machine): Promise<readonly Results[]> {
  const { before, after } = machineFingerprint(machine);
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.startsWith(before) && name.endsWith(`${after}.jsonl`));
  const stored = await Promise.all(files.map((name) => readLines(join(folder, name))));
  const newest = stored.flatMap((lines) => storedBaseline(lines, folder).runs.slice(-1));
  return newest.toSorted((one, other) => other.created.localeCompare(one.created));
}

function storedBaseline(lines: readonly Line[], file: string): StoredBaseline {
  const runs: Results[] = [];
  const warnings: Warning[] = [];
  for (const line of lines) {
    if ('results' in line) runs.push(line.results);
    else warnings.push({ code: 'baseline damaged', file, line: line.number, reason: line.reason });
  }
  return { runs, warnings };
}

async function appendRun(path: string, run: Results): Promise<void> {
  const lines = await readLines(path);
  if (lines.some((line) => 'results' in line && line.results.runId === run.runId)) return;
  const surplus = lines.filter((line) => 'results' in line).length + 1 - keptRuns;
  const kept = withoutOldest(lines, Math.max(0, surplus)).map(({ text }) => text);
  await writeAtomically(path, `${[...kept, encodeResults(run)].join('\n')}\n`);
}

/** Drops the oldest readable runs; a line that could not be read is never dropped. */
function withoutOldest(lines: readonly Line[], surplus: number): readonly Line[] {
  let left = surplus;
  return lines.filter((line) => {
    if (left === 0 || !('results' in line)) return true;
    left -= 1;
    return false;
  });
}

async function readLines(path: string): Promise<readonly Line[]> {
  const source = await readIfPresent(path);
  return source
    .split('\n')
    .map((text, index) => ({ text, number: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, number }) => {
      const decoded = decodeResults(text);
      return decoded.ok ? { text, results: decoded.results } : { text, reason: decoded.reason, number };
    });
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`The baseline ${path} cannot be opened: ${why}.`, 'Check baseline-path; nothing was written.');
  }
}
