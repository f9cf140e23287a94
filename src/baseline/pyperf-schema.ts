import { z } from 'zod';
import { cell, machine, metric, runtime } from './context-schema.ts';
import type { UncheckedObject } from './migrations.ts';
import { commitId, figure, identifier, instant, prose } from './schema-scalars.ts';

/** The one version of the file format that pyperf has written since its version 1.0. */
export const pyperfVersion = '1.0';

/** Whatever pyperf and others keep about a run, by name. What is made use of is checked where it is. */
const metadata = z
  .record(z.string(), z.unknown())
  .default({})
  .transform((entries): ReadonlyMap<string, unknown> => new Map(Object.entries(entries)));

/** A run is a process; one without values only found out how many loops a value takes. */
const run = z.object({ metadata, values: z.array(figure.positive()).max(100_000).default([]) });

const benchmark = z.object({ metadata, runs: z.array(run).min(1).max(100_000) });

/** A file of pyperf, format 1.0. Keys that are not made use of are passed over, as pyperf does. */
export const pyperfSuite = z.object({
  version: z.literal(pyperfVersion),
  metadata,
  benchmarks: z.array(benchmark).min(1).max(20_000),
});

/** A file of pyperf that passed its schema. */
export type PyperfSuite = z.output<typeof pyperfSuite>;

/** Its units, and ours. */
export const pyperfUnit = z.enum(['second', 'byte', 'integer']);

/** What this program's own export says of a cell, as JSON in its metadata. */
export const exportedCell = z.strictObject({
  cell,
  runtime,
  workload: z.strictObject({ id: identifier, title: prose, source: identifier }),
  metric,
  units: figure.positive(),
  values: z.int().min(1).max(1000),
});

/** What it says of the run. */
export const exportedRun = z.strictObject({ created: instant, commit: commitId.nullable(), runId: identifier.min(1), machine });

/** Whether a JSON object is a file of pyperf, of whatever version: results of this program have no benchmarks. */
export function isPyperf(document: UncheckedObject): boolean {
  return Array.isArray(document['benchmarks']) && document['version'] !== undefined && document['kind'] === undefined;
}
