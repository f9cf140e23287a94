import { z } from 'zod';
import { disturbanceCauses, strainCauses } from '../model/disturbance.ts';
import { cell } from './context-schema.ts';
import { count, figure, names, prose, seconds } from './schema-scalars.ts';

const amount = figure.positive();

/** What disturbed one process: each cause once for each time that it was started. */
const disturbances = z
  .array(z.strictObject({ cause: z.enum(disturbanceCauses), amount }))
  .min(1)
  .max(100);

/** What strained the machine while one process ran. */
const strains = z
  .array(z.strictObject({ cause: z.enum(strainCauses), amount }))
  .min(1)
  .max(100);

/** What the machine did to one process, each kind by its name in a sample. */
export const machineMarks = {
  disturbances: disturbances.exactOptional().describe('What disturbed it; absent for nearly all.'),
  setAside: disturbances.exactOptional().describe('What disturbed the processes that it was measured instead of; absent for nearly all.'),
  strains: strains.exactOptional().describe('What strained the machine meanwhile, which leaves it out of nothing; absent for most.'),
};

/** What one process measured. */
export const measuredSample = z
  .strictObject({
    status: z.literal('measured'),
    cell,
    round: count,
    values: names(z.array(figure).min(1).max(1000)).describe('Inner values by metric id, base units, each as many as calibration has.'),
    calibration: z.array(seconds).min(1).max(1000).describe('Seconds of the calibration loop around each inner value.'),
    units: figure.positive(),
    ideal: seconds.nullable(),
    phases: z.strictObject({ total: seconds, startup: seconds, peers: seconds, measured: seconds }),
    ...machineMarks,
  })
  .refine((sample) => Object.values(sample.values).every((values) => values.length === sample.calibration.length), {
    message: 'metrics and calibration differ in length',
  })
  .meta({ id: 'measured', description: 'What one fresh process measured.' });

/** Why a process measured nothing. */
export const brokenKind = z.enum(['wrong result', 'error', 'timeout', 'crash', 'protocol', 'fallback', 'refused']);

/** A process that measured nothing. */
export const brokenSample = z
  .strictObject({ status: z.literal('broken'), cell, round: count, kind: brokenKind, message: prose, output: prose })
  .meta({ id: 'broken', description: 'A process that gave no measurement.' });
