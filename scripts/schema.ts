import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exportDocument } from '../src/baseline/export-schema.ts';
import { resultsDocument } from '../src/baseline/results-schema.ts';
import { baselineLine } from '../src/baseline/stored-run-schema.ts';
import { resultsSchema } from '../src/model/results.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'schema');

/** What others may read and write, by name. */
const published = {
  results: { schema: resultsDocument, title: 'Results of one run' },
  'baseline-line': { schema: baselineLine, title: 'One line of a file of a baseline' },
  'baseline-export': { schema: exportDocument, title: 'A baseline as one document' },
} as const;

/** The JSON schemas of the formats of this version, as text by file name. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, { schema, title }]) => {
      const id = `urn:concurrency-regressions:schema:${name}:${resultsSchema}`;
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      return [`${name}-${resultsSchema}.json`, `${JSON.stringify({ $schema, $id: id, title, ...rest }, null, 2)}\n`];
    }),
  );
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of jsonSchemas()) writeFileSync(join(folder, name), text);
}
