import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { condensedRun } from '../judge/condensed-run.ts';
import { resultsSchema } from '../model/results.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { decodeResults, encodeResults } from './codec.ts';

const fixtures = join(import.meta.dirname, '../../test/fixtures');
const oldVersions = Array.from({ length: resultsSchema - 1 }, (_, at) => at + 1);

/** Text of the documents that versions before this one wrote, by name. */
function documentsOf(version: number): readonly (readonly [name: string, text: string])[] {
  const folder = join(fixtures, `schema-${version}`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

describe.each(oldVersions)('documents of version %i', (version) => {
  it('are there', () => {
    expect(documentsOf(version).length).toBeGreaterThan(0);
  });

  it.each(documentsOf(version))('%s is read, with all it says', (_, text) => {
    const decoded = decodeResults(text);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { results } = decoded;
    expect(results).toMatchObject({ ...JSON.parse(text), schema: resultsSchema });
    expect(results.comparison).toBeNull();
    expect(results.shard).toBeNull();
    expect(decodeResults(encodeResults(results))).toEqual({ ok: true, results });
  });
});

it('a baseline of version 1 is read line by line', () => {
  const folder = join(fixtures, 'schema-1', 'baseline');
  const names = readdirSync(folder);
  expect(names).toHaveLength(2);
  for (const name of names) {
    const lines = parseBaselineFile(readFileSync(join(folder, name), 'utf8'));
    expect(lines.map((line) => (line.status === 'run' ? line.run.runId : line))).toEqual(['run-1', 'run-2']);
    for (const line of lines) if (line.status === 'run') expect(condensedRun(line.run).samples.length).toBeGreaterThan(30);
  }
});
