import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSchemas } from '../scripts/schema.ts';
import { withAcceptedShifts } from '../src/baseline/accepted-file.ts';
import { withRuns } from '../src/baseline/baseline-file-text.ts';
import { encodeResults } from '../src/baseline/codec.ts';
import { exportBaseline } from '../src/baseline/export.ts';
import { memoryFiles } from '../src/baseline/memory-files.fixture.ts';
import { anyResults } from '../src/baseline/results.fixture.ts';
import { condensedRun } from '../src/judge/condensed-run.ts';
import { resultsSchema } from '../src/model/results.ts';
import { historyRun } from './fixtures/baseline-history.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'schema');
const published = (name: string) => JSON.parse(readFileSync(join(folder, `${name}-${resultsSchema}.json`), 'utf8'));

/** Another implementation of JSON Schema than the one that made them. */
function validator(name: string): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.compile(published(name));
}

const file = withRuns('', [condensedRun(historyRun({ cells: 9, run: 1 }))]);
const shift = { cells: ['*'], commit: 'b'.repeat(40), by: 'octocat', why: 'Meant.', created: '2026-01-01T00:00:00.000Z' };
const lines = [...file.trim().split('\n'), withAcceptedShifts('', [shift]).trim()];

describe('the published schemas', () => {
  it('are those of this version; "npm run docs" makes them anew', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(`-${resultsSchema}.json`));
    expect(names.toSorted()).toEqual([...jsonSchemas().keys()].toSorted());
    for (const [name, text] of jsonSchemas()) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
  });

  it('have names that stay', () => {
    expect([...jsonSchemas().values()].map((text) => JSON.parse(text).$id)).toEqual([
      'urn:concurrency-regressions:schema:results:2',
      'urn:concurrency-regressions:schema:baseline-line:2',
      'urn:concurrency-regressions:schema:baseline-export:2',
    ]);
  });

  it('take every results document that is written', () => {
    const validate = validator('results');
    fc.assert(
      fc.property(anyResults, (results) => validate(JSON.parse(encodeResults(results)))),
      { seed: 8, numRuns: 200 },
    );
  });

  it('take every line and every export of a baseline', async () => {
    const validate = validator('baseline-line');
    expect(lines.map((line) => validate(JSON.parse(line)))).toEqual(lines.map(() => true));
    const { text } = await exportBaseline(memoryFiles({ 'a.jsonl': file }));
    expect(validator('baseline-export')(JSON.parse(text))).toBe(true);
  });

  it('refuse what is none', () => {
    const validate = validator('results');
    const whole = JSON.parse(encodeResults(historyRun({ cells: 2, run: 1 })));
    expect(validate(whole)).toBe(true);
    for (const change of [{ schema: 1 }, { commit: 'main' }, { samples: [{}] }, { extra: 1 }, { machine: null }]) {
      expect(validate({ ...whole, ...change }), JSON.stringify(change)).toBe(false);
    }
    expect(lines.map((line) => validator('baseline-line')({ ...JSON.parse(line), schema: 3 }))).toEqual(lines.map(() => false));
  });
});
