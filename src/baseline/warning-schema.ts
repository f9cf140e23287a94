import { z } from 'zod';
import { disturbanceCauses, strainCauses } from '../model/disturbance.ts';
import { count, figure, identifier, prose, seconds } from './schema-scalars.ts';

const share = z.number().min(0).max(1);
const phrases = z.array(prose).min(1).max(100);

/** What a reader of the results must know, by its code. */
export const warning = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('fewer rounds'), planned: count, done: count, budgetSeconds: seconds }),
  z.strictObject({ code: z.literal('interrupted'), planned: count, done: count }),
  z.strictObject({ code: z.literal('resumed'), done: count, pauseSeconds: seconds }),
  z.strictObject({ code: z.literal('pairs not used'), pairs: count }),
  z.strictObject({ code: z.literal('two runs'), file: prose, taken: z.enum(['results', 'journal']) }),
  z.strictObject({ code: z.literal('few processes'), subject: prose, needed: count, actual: count }),
  z.strictObject({ code: z.literal('no baseline'), runtime: identifier, stored: z.boolean() }),
  z.strictObject({ code: z.literal('packages changed'), runtime: identifier, changes: prose }),
  z.strictObject({ code: z.literal('baseline damaged'), file: prose, line: count, reason: prose }),
  z.strictObject({ code: z.literal('not stored'), reason: prose }),
  z.strictObject({ code: z.literal('not drawn'), reason: prose }),
  z.strictObject({ code: z.literal('not written'), file: prose, reason: prose }),
  z.strictObject({ code: z.literal('baseline unreachable'), reason: prose }),
  z.strictObject({ code: z.literal('other machine'), difference: prose }),
  z.strictObject({ code: z.literal('same-run interval'), runs: count }),
  z.strictObject({ code: z.literal('calibration moved'), runtime: identifier, ratio: z.number().positive() }),
  z.strictObject({
    code: z.literal('disturbed'),
    cause: z.enum(disturbanceCauses),
    kept: count,
    repeated: count,
    of: count,
    most: figure.positive(),
  }),
  z.strictObject({ code: z.literal('strained'), cause: z.enum(strainCauses), processes: count, of: count, most: figure.positive() }),
  z.strictObject({ code: z.enum(['stolen time', 'busy machine']), share }),
  z.strictObject({ code: z.enum(['missing guards', 'unnoticed']), missing: phrases }),
  z.strictObject({
    code: z.literal('pyperf file'),
    file: prose,
    benchmarks: count,
    withoutPython: count,
    empty: count,
    mostValues: count,
  }),
]);
