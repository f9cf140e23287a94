import type { CheckEnd } from '../github/check-run.ts';
import type { Report } from '../tables/report.ts';

/** How the check run of a report ends. Where nothing was compared with anything it is neutral: no green tick for that. */
export function checkConclusion(
  report: Pick<Report, 'gate' | 'partial' | 'confirmation' | 'screen'>,
  interrupted: boolean,
): CheckEnd['conclusion'] {
  if (interrupted) return 'cancelled';
  if (report.partial || report.gate.conclusion === 'failure') return 'failure';
  return report.confirmation.kind !== 'pairs' && report.screen.runs === 0 ? 'neutral' : 'success';
}
