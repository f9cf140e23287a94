import type { ReportInput } from '../../src/tables/report.ts';

/** What one golden report is made from. */
export interface Scenario extends ReportInput {
  readonly name: string;
}

/** What `override-label` is unless somebody says otherwise. */
const overrideLabel = 'accept-regression';

/** The same as the run of a pull request has it: one that stores a baseline, or compares a tree with itself, has no label. */
export function labelled<Input extends ReportInput>(input: Input): Input {
  return input.storesBaseline || input.judgement.nullRun ? input : { ...input, overrideLabel };
}
