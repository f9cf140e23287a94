import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledWorkloads } from '../src/judge/use-case.ts';

/** Workload ids by their files: what `workloads: full` measures. */
function workloadFiles(): readonly string[] {
  return readdirSync(join(import.meta.dirname, '..', 'workloads'))
    .filter((file) => file.endsWith('.py'))
    .map((file) => file.slice(0, -'.py'.length));
}

/** Each fault in one sentence that says which line is missing or too many. */
function faultsOf(listed: readonly string[], files: readonly string[]): readonly string[] {
  const place = 'bundledWorkloads of src/judge/use-case.ts';
  return [
    ...files
      .filter((id) => !listed.includes(id))
      .map((id) => `workloads/${id}.py is not in ${place}: reports would take it for a user's own; add '${id}'.`),
    ...listed.filter((id) => !files.includes(id)).map((id) => `'${id}' in ${place} has no file workloads/${id}.py; remove it.`),
    ...listed.filter((id, index) => listed.indexOf(id) !== index).map((id) => `'${id}' is twice in ${place}; remove one.`),
  ];
}

test('the list of bundled workloads is the files of the folder', () => {
  expect(workloadFiles().length).toBeGreaterThan(10);
  expect(faultsOf(bundledWorkloads, workloadFiles())).toEqual([]);
});

test('a file without its line, a line without its file and a line too many are told', () => {
  expect(faultsOf(['spawn', 'gone', 'spawn'], ['spawn', 'fresh'])).toEqual([
    "workloads/fresh.py is not in bundledWorkloads of src/judge/use-case.ts: reports would take it for a user's own; add 'fresh'.",
    "'gone' in bundledWorkloads of src/judge/use-case.ts has no file workloads/gone.py; remove it.",
    "'spawn' is twice in bundledWorkloads of src/judge/use-case.ts; remove one.",
  ]);
});
