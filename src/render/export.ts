import type { ExportFormat } from '../model/export-format.ts';
import type { Run } from '../model/run.ts';
import type { Report } from '../tables/report.ts';
import { renderBencher } from './bencher.ts';
import { renderCsv } from './csv.ts';
import type { Exported } from './exported.ts';
import { renderGithubActionBenchmark } from './github-action-benchmark.ts';
import { renderJunit } from './junit.ts';
import { renderOpenMetrics } from './openmetrics.ts';
import { renderPyperf } from './pyperf.ts';

/** A judged run: the report, and the processes that it was made of. */
export interface ExportedRun {
  readonly report: Report;
  readonly results: Run;
}

/**
 * A judged run in one format. A format is one file beside this one, one line here, and one name in the model.
 *
 * @throws UserError for a run that the format has no way to write
 */
export function renderExport(format: ExportFormat, { report, results }: ExportedRun): Exported {
  switch (format) {
    case 'pyperf':
      return renderPyperf(results);
    case 'csv':
      return renderCsv(report);
    case 'junit':
      return renderJunit(report);
    case 'openmetrics':
      return renderOpenMetrics(report);
    case 'bencher':
      return renderBencher(report);
    case 'github-action-benchmark':
      return renderGithubActionBenchmark(report);
  }
}
