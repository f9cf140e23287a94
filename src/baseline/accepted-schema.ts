import { z } from 'zod';
import { commitId, instant, oneLine, prose } from './schema-scalars.ts';

/** Most patterns of one accepted change; more of them are several changes. */
export const mostAcceptedCells = 1000;

/** The fields of an accepted change of level. */
export const acceptedFields = {
  cells: z.array(oneLine(1000).min(1)).min(1).max(mostAcceptedCells).describe('Patterns over workload/model/runtime, * for any text.'),
  commit: commitId.describe('The first commit of the new level.'),
  by: oneLine(200).min(1),
  why: prose.min(1),
  created: instant,
};
