import { z } from 'zod';
import { acceptedFields } from './accepted-schema.ts';
import { cell, metric, runtime } from './context-schema.ts';
import type { Immutable } from './immutable.ts';
import { suspectFault } from './paired-suspects.ts';
import { brokenSample, measuredSample } from './sample-schema.ts';
import { commitId, count, identifier, instant, prose, seconds, sentence } from './schema-scalars.ts';

const side = z.enum(['base', 'head']);
const suspectId = z.string().max(1000);

/** Most looks that a confirmation takes at its pairs. */
const mostLooks = 100;

const runName = { runId: identifier, commit: commitId.nullable(), created: instant, cpuModel: identifier };

const baselineChoice = z
  .strictObject({
    used: z.array(z.strictObject({ ...runName, distance: count.nullable() })).max(10_000),
    leftOut: z.array(z.strictObject({ ...runName, reason: prose })).max(10_000),
    accepted: z.array(z.strictObject(acceptedFields)).max(10_000),
  })
  .describe('The stored runs that the run was compared with, and those that were left out with the reason.');

const suspect = z
  .strictObject({
    id: suspectId,
    cell,
    runtimes: z.strictObject({ base: count, head: count }).describe('Places in the table "runtimes" of the pairs, from 0.'),
    metric,
    sourceDiffers: z.boolean(),
  })
  .meta({ id: 'suspect', description: 'A cell that was measured in pairs.' });

/** Entries of a map: a key that comes twice would be one of the two in silence. */
const entries = <T extends z.ZodType>(value: T) =>
  z
    .array(z.tuple([suspectId, value]))
    .max(20_000)
    .refine((all) => new Set(all.map(([key]) => key)).size === all.length, { message: 'holds an id twice' });

const outcome = z.strictObject({
  pairs: entries(z.array(z.strictObject({ base: measuredSample, head: measuredSample })).max(10_000)),
  broken: entries(z.strictObject({ side, sample: brokenSample })),
  looksTaken: count.max(mostLooks),
  processes: count,
  endedBy: z.enum(['schedule', 'budget', 'interrupt']),
});

const suspects = z.array(suspect).max(20_000);

const plan = z.strictObject({
  suspects,
  lone: z.array(z.strictObject({ cell, lacks: side, reason: prose })).max(20_000),
  notComparable: z.array(z.strictObject({ cell, reason: prose })).max(20_000),
});

const pairs = z
  .strictObject({
    kind: z.literal('pairs'),
    runtimes: z.array(runtime).max(2000).describe('Every runtime of the suspects, once; base and head may differ under one id.'),
    base: z.strictObject({ commit: commitId.nullable(), origin: sentence, notes: z.array(sentence).max(1000) }),
    plan,
    series: z.array(z.strictObject({ suspects, outcome })).max(1000),
    movedFamilies: z.array(prose).max(1000),
    seconds,
  })
  .superRefine((each, context) => {
    const fault = suspectFault(each);
    if (fault !== null) context.addIssue(fault);
  })
  .describe('Base and head measured in turn.');

/** What a run was compared with where it was measured. */
export const comparison = z.strictObject({
  baseline: baselineChoice,
  looks: z.array(z.int().min(2).max(10_000)).min(1).max(mostLooks).describe('Numbers of pairs after which the confirmation looked.'),
  pairs: z.discriminatedUnion('kind', [
    pairs,
    z.strictObject({ kind: z.literal('not needed') }),
    z.strictObject({ kind: z.literal('none'), pairs: z.enum(['asked', 'unasked']), reason: prose }),
  ]),
});

/** A comparison as JSON can hold it: maps as entries, runtimes and metrics by reference. */
export type ComparisonDocument = Immutable<z.infer<typeof comparison>>;
/** Pairs as JSON can hold them. */
export type PairsDocument = Immutable<z.infer<typeof pairs>>;
/** A suspect as JSON can hold it. */
export type SuspectDocument = Immutable<z.infer<typeof suspect>>;
