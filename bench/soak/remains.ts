import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeResults } from '../../src/baseline/codec.ts';
import { lineObject } from '../../src/baseline/journal-line.ts';
import { processIds, variableOf } from '../../src/measure/process-table.ts';
import { markerVariable } from '../../src/measure/worker-environment.ts';
import type { Results } from '../../src/model/results.ts';
import type { Sample } from '../../src/model/sample.ts';

/** How long the processes of a killed program may take to be gone, milliseconds. */
const patienceMilliseconds = 5000;

/** Processes with the mark of a program that is gone, after those that end with it have had their time. */
export async function survivorsOf(tag: string): Promise<readonly number[]> {
  const left = () => processIds().filter((id) => variableOf(id, markerVariable)?.startsWith(tag) === true);
  const until = performance.now() + patienceMilliseconds;
  while (left().length > 0 && performance.now() < until) await delay(50);
  return left();
}

/** Files below the folder of the program's own that are not whole: JSON that is none, and lines that are none. */
export function tornFiles(state: string): readonly string[] {
  const files = readdirSync(state, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('environments'))
    .map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => isTorn(file, readFileSync(file, 'utf8')));
}

function isTorn(file: string, content: string): boolean {
  // A draft that has not taken its place and a journal's last line may be torn: both are known for what they are.
  if (file.endsWith('.tmp')) return false;
  if (/\.journal(?:\.old)?$/.test(file))
    return content
      .split('\n')
      .slice(0, -1)
      .some((line) => line !== '' && lineObject(line) === null);
  if (file.endsWith('.jsonl')) return content.split('\n').some((line) => line !== '' && !isJson(line));
  return file.endsWith('.json') && !isJson(content);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The samples of a journal, each as its JSON. */
export interface JournaledSamples {
  readonly rounds: readonly string[];
  readonly pairs: readonly string[];
}

/** Without any where there is no journal. */
export function journaledSamples(results: string): JournaledSamples {
  const path = `${results}.journal`;
  if (!existsSync(path)) return { rounds: [], pairs: [] };
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => lineObject(line) ?? [])
    .map((line) => JSON.parse(line));
  const pairs = lines.flatMap(({ kind, samples }) => (kind === 'pair' ? keptOf(samples) : []));
  return {
    rounds: lines.flatMap(({ kind, sample }) => (kind === 'sample' ? [JSON.stringify(sample)] : [])),
    pairs: pairs.map(({ sample }) => JSON.stringify(sample)),
  };
}

/** Of a pair in which a process broke, results keep that one alone: the other has nothing to be compared with. */
function keptOf(samples: readonly { readonly sample: Sample }[]): readonly { readonly sample: Sample }[] {
  const broken = samples.findLast(({ sample }) => sample.status === 'broken');
  return broken === undefined ? samples : [broken];
}

/** The samples of a results file, each as its JSON. */
export function writtenSamples(results: string): ReadonlySet<string> {
  return new Set(allSamples(resultsOf(results)).map((sample) => JSON.stringify(sample)));
}

/** The samples of rounds in a results file. */
export function roundSamples(results: string): readonly Sample[] {
  return resultsOf(results).samples;
}

function resultsOf(path: string): Results {
  const decoded = decodeResults(readFileSync(path, 'utf8'));
  if (!decoded.ok) throw new Error(`${path}: ${decoded.reason}`);
  return decoded.results;
}

function allSamples({ samples, comparison }: Results): readonly Sample[] {
  const series = comparison?.pairs.kind === 'pairs' ? comparison.pairs.run.series : [];
  const paired = series.flatMap(({ outcome }) => [...outcome.pairs.values()].flat().flatMap(({ base, head }) => [base, head]));
  const broken = series.flatMap(({ outcome }) => [...outcome.broken.values()].map(({ sample }) => sample));
  return [...samples, ...paired, ...broken];
}
