import { z } from 'zod';
import { commitId, instant, prose, text } from './schema-scalars.ts';

const pattern = text(1000)
  .min(1)
  .regex(/^[^\p{Cc}]*$/u, 'holds a control character');

/** The fields of an accepted change of level. */
export const acceptedFields = {
  cells: z.array(pattern).min(1).max(1000).describe('Patterns over workload/model/runtime, * for any text.'),
  commit: commitId.describe('The first commit of the new level.'),
  by: text(200)
    .min(1)
    .regex(/^[^\p{Cc}]*$/u, 'holds a control character'),
  why: prose.min(1),
  created: instant,
};
