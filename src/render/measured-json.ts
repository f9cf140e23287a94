import { warningText } from '../model/warning.ts';
import type { MeasuredRun } from '../tables/measured-run.ts';

/** Version of the document that `measure --json` prints. 1: first. */
const measuredSchema = 1;

/**
 * What a run that was only measured came to, as a JSON value.
 *
 * @param results absolute path of the results file
 */
export function measuredJson({ partial, columns, counts, broken, refused, unavailable, warnings }: MeasuredRun, results: string) {
  return {
    ...{ schema: measuredSchema, kind: 'measured', partial, counts },
    runtimes: columns.map(({ runtime, label }) => ({ id: runtime.id, label })),
    broken: broken.map(({ cell, kind, message }) => ({ ...cell, kind, message })),
    refused,
    unavailable,
    warnings: warnings.map((warning) => ({ code: warning.code, text: warningText(warning) })),
    paths: { results },
  };
}
