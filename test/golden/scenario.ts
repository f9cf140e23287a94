import type { ReportInput } from '../../src/tables/report.ts';

/** What one golden report is made from. */
export interface Scenario extends ReportInput {
  readonly name: string;
}
