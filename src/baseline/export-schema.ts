import { z } from 'zod';
import { resultsSchema } from '../model/results.ts';

/** A whole baseline in one document. */
export const exportDocument = z
  .strictObject({
    schema: z.literal(resultsSchema),
    kind: z.literal('baseline'),
    lines: z
      .array(z.string().regex(/^[^\n]*$/, 'holds more than one line'))
      .max(1_000_000)
      .describe('Lines of the files as they are, each the text of a JSON object.'),
  })
  .describe('A baseline as "baseline export" writes it.');
