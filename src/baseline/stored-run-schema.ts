import { z } from 'zod';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { resultsSchema } from '../model/results.ts';
import { acceptedFields } from './accepted-schema.ts';
import { innerValues, leftOut, machine, model, refused, runtime, shard, workload } from './context-schema.ts';
import type { Immutable } from './immutable.ts';
import { brokenKind } from './sample-schema.ts';
import { cellName, commitId, count, figure, identifier, instant, key, place, prose, seconds } from './schema-scalars.ts';

/** The digest of the rest of a line: the first 16 hexadecimal digits of its SHA-256. */
const digest = z.string().regex(/^[0-9a-f]{16}$/, 'is no digest of a line');

/** As many as a results document may have samples: whatever was read from one can be stored. */
export const mostOfAny = 1_000_000;

/** Most cells of a run that delivered, and that did not. */
export const mostCells = 200_000;

const envelope = { id: digest.describe('Digest of everything behind it in the line.'), schema: z.literal(resultsSchema) };

const which = [
  count.describe('Place of the workload in "workloads".'),
  count.describe('Place of the model in "models".'),
  cellName.describe('The scaled parameter, empty for the plain cell.'),
] as const;

const measuredCell = z
  .tuple([
    ...which,
    count.describe('Place of the metric ids in "columns".'),
    innerValues.describe('Values that a process took.'),
    figure.positive().describe('Units of work in one value.'),
    seconds.nullable().describe('Seconds a perfect scheduler would take for one value.'),
    z
      .union([figure, z.array(figure.nullable()).min(1).max(mostOfAny)])
      .describe('Figure of each process of the metric the cell is judged by; one number where all are equal, null where it is absent.'),
    z.array(seconds).min(1).max(mostOfAny).describe('Seconds of the fastest calibration loop of each process.'),
    z.tuple([seconds, seconds, seconds, seconds]).describe('Median seconds of a process: total, startup, peers, measured.'),
    z.array(figure.nullable()).max(mostOfAny).describe('Medians over the processes, in the order of "columns"; null where there is none.'),
  ])
  .refine(([, , , , , , , figures, calibration]) => typeof figures === 'number' || figures.length === calibration.length, {
    message: 'figures and calibration differ in length',
  });

const brokenCell = z.tuple([...which, brokenKind, prose, place.max(mostOfAny).describe('Broken processes.')]);

/** A run on one runtime, compact: what it shares with other runs is named by the digest of the line that holds it. */
export const runLine = z
  .strictObject({
    ...envelope,
    kind: z.literal('run'),
    runId: identifier.min(1),
    created: instant,
    commit: commitId.nullable(),
    seed: z.int(),
    shard: shard.nullable(),
    machine: digest,
    runtime: digest,
    workloads: z.array(digest).max(20_000),
    absences: digest,
    models: z.array(model).max(concurrencyModels.length),
    columns: z.array(z.array(key).max(mostOfAny)).max(mostOfAny).describe('Metric ids: the one a cell is judged by, then what informs.'),
    measured: z.array(measuredCell).max(mostCells),
    broken: z.array(brokenCell).max(mostCells),
  })
  .describe('One run on one runtime.');

/** A line that runs refer to. */
export const contextLine = z.discriminatedUnion('kind', [
  z.strictObject({ ...envelope, kind: z.literal('machine'), machine }),
  z.strictObject({ ...envelope, kind: z.literal('runtime'), runtime }),
  z.strictObject({ ...envelope, kind: z.literal('workload'), workload }),
  z.strictObject({ ...envelope, kind: z.literal('absences'), refused, leftOut }),
]);

/** An accepted change of level. */
export const acceptedLine = z
  .strictObject({
    ...envelope,
    kind: z.literal('accepted'),
    ...acceptedFields,
  })
  .describe('A change of level on the base branch that somebody accepted.');

/** Any line of a baseline file. */
export const baselineLine = z.discriminatedUnion('kind', [runLine, ...contextLine.options, acceptedLine]);

/** A line that passed its schema. */
export type BaselineLine = Immutable<z.infer<typeof baselineLine>>;
/** One that holds a run. */
export type RunLine = Immutable<z.infer<typeof runLine>>;
/** A measured cell of such a line. */
export type MeasuredRow = RunLine['measured'][number];
/** One that runs refer to. */
export type ContextLine = Immutable<z.infer<typeof contextLine>>;
/** Everything of a line but its envelope. */
export type LineBody<Line> = Line extends unknown ? Omit<Line, 'id' | 'schema'> : never;
