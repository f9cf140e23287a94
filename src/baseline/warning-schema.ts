import { z } from 'zod';
import { count, identifier, prose, seconds } from './schema-scalars.ts';

/** What a reader of the results must know, by its code. */
export const warning = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('fewer rounds'), planned: count, done: count, budgetSeconds: seconds }),
  z.strictObject({ code: z.literal('interrupted'), planned: count, done: count }),
  z.strictObject({ code: z.literal('few processes'), subject: prose, needed: count, actual: count }),
  z.strictObject({ code: z.literal('no baseline'), runtime: identifier, stored: z.boolean() }),
  z.strictObject({ code: z.literal('packages changed'), runtime: identifier, changes: prose }),
  z.strictObject({ code: z.literal('baseline damaged'), file: prose, line: count, reason: prose }),
  z.strictObject({ code: z.literal('not stored'), reason: prose }),
  z.strictObject({ code: z.literal('baseline unreachable'), reason: prose }),
  z.strictObject({ code: z.literal('other machine'), difference: prose }),
  z.strictObject({ code: z.literal('same-run interval'), runs: count }),
  z.strictObject({ code: z.literal('calibration moved'), runtime: identifier, ratio: z.number().positive() }),
]);
