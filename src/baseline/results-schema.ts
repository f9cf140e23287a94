import { z } from 'zod';
import { type Results, resultsSchema } from '../model/results.ts';
import type { Sample } from '../model/sample.ts';
import { comparisonDocument, comparisonOf } from './comparison-document.ts';
import { comparison } from './comparison-schema.ts';
import { leftOut, machine, refused, runtime, shard, workload } from './context-schema.ts';
import type { Immutable } from './immutable.ts';
import { hasReservedKey } from './json-text.ts';
import type { UncheckedObject } from './migrations.ts';
import { isMeasuredSample } from './quick-sample.ts';
import { brokenSample, measuredSample } from './sample-schema.ts';
import { commitId, identifier, instant, prose } from './schema-scalars.ts';
import { warning } from './warning-schema.ts';

/** Most samples of a run. */
const mostSamples = 1_000_000;

/** The results document of the version that this program writes. */
export const resultsDocument = z
  .strictObject({
    schema: z.literal(resultsSchema),
    kind: z.literal('results'),
    created: instant.describe('When the run began.'),
    commit: commitId.nullable().describe('The commit that was measured, or null outside a git checkout.'),
    runId: identifier.min(1).describe('Unique for the run, and equal for its shards.'),
    shard: shard.nullable(),
    seed: z.int().describe('Seed of the schedule.'),
    machine,
    runtimes: z.array(runtime).max(1000),
    unavailable: z.array(z.strictObject({ requested: prose, reason: prose })).max(1000),
    workloads: z.array(workload).max(20_000),
    refused,
    leftOut,
    samples: z.array(z.discriminatedUnion('status', [measuredSample, brokenSample])).max(mostSamples),
    warnings: z.array(warning).max(10_000),
    comparison: comparison.nullable().describe('What the run was compared with where it was measured; null where it was only measured.'),
    partial: z.boolean().describe('Whether the run was interrupted, or ended before every cell had one process.'),
  })
  .refine(({ samples, runtimes }) => areKnown(samples, 'runtime', runtimes), { message: 'a sample is of a runtime that is not described' })
  .refine(({ samples, workloads }) => areKnown(samples, 'workload', workloads), {
    message: 'a sample is of a workload that is not described',
  })
  .describe('All samples of one run on one machine.');

function areKnown(
  samples: readonly { readonly cell: Readonly<Record<'runtime' | 'workload', string>> }[],
  of: 'runtime' | 'workload',
  described: readonly { readonly id: string }[],
): boolean {
  const known = new Set(described.map(({ id }) => id));
  return samples.every(({ cell }) => known.has(cell[of]));
}

/**
 * The quick way for what is as it should be: by the schema alone the samples of a large run take seconds. Null for anything
 * else, which the schema then says.
 */
export function checkedQuickly({ samples, ...rest }: UncheckedObject): ResultsDocument | null {
  if (!Array.isArray(samples) || samples.length > mostSamples || !samples.every(isSample)) return null;
  const checked = resultsDocument.safeParse({ ...rest, samples: [] });
  if (!checked.success || hasReservedKey(rest)) return null;
  const { runtimes, workloads } = checked.data;
  return areKnown(samples, 'runtime', runtimes) && areKnown(samples, 'workload', workloads) ? { ...checked.data, samples } : null;
}

function isSample(value: unknown): value is Sample {
  return isMeasuredSample(value) || (brokenSample.safeParse(value).success && !hasReservedKey(value));
}

/** Results as JSON can hold them. */
export type ResultsDocument = Immutable<z.infer<typeof resultsDocument>>;

/** Results in the form that JSON can hold. */
export function documentOf(results: Results): ResultsDocument {
  return { ...results, comparison: results.comparison === null ? null : comparisonDocument(results.comparison) };
}

/** The results that a document holds which passed its schema. */
export function resultsOf(document: ResultsDocument): Results {
  return { ...document, comparison: document.comparison === null ? null : comparisonOf(document.comparison) };
}
