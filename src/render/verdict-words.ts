import type { Doubt, JudgedCell, StoredEvidence } from '../judge/cell-verdict.ts';
import type { PairEvidence } from '../judge/pair-verdict.ts';
import type { Metric } from '../model/metric.ts';
import { type Line, strong, text } from './document.ts';
import { noFigure, ratioWords } from './evidence.ts';
import { counted } from './names.ts';

/** What a verdict may rest on; pairs, where there are any, count alone. */
export interface Evidence {
  readonly pairs: PairEvidence | null;
  readonly stored: StoredEvidence | null;
}

/** The verdict of a cell on one line, with the change it rests on and what that rests on. */
export function verdictLine({ verdict, metric }: Pick<JudgedCell, 'verdict' | 'metric'>): Line {
  switch (verdict.verdict) {
    case 'regression':
      return [strong('regression'), text(`: ${evidenceWords(metric, { ...verdict, stored: null })}`)];
    case 'improvement':
      return [text(`improvement: ${evidenceWords(metric, { ...verdict, stored: null })}`)];
    case 'no change':
      return [text(`no change: ${evidenceWords(metric, verdict.pairs === null ? verdict : { pairs: verdict.pairs, stored: null })}`)];
    case 'inconclusive': {
      const figures = verdict.pairs === null && verdict.stored === null ? '' : `${evidenceWords(metric, verdict)}, `;
      return [text(`inconclusive: ${figures}${doubtWords(verdict.doubt)}`)];
    }
    case 'not comparable':
    case 'new':
    case 'missing':
      return [text(verdict.verdict)];
    case 'broken':
      return [strong('broken'), text(` on ${verdict.side}`)];
  }
}

function evidenceWords(metric: Metric | null, evidence: Evidence): string {
  const ratio = (evidence.pairs ?? evidence.stored)?.ratio;
  const words = metric === null || ratio === undefined ? [] : [ratioWords(metric, ratio)];
  return [...words, basisWords(evidence)].join(', ');
}

/** What figures rest on: "40 pairs", "8 stored runs". */
export function basisWords({ pairs, stored }: Evidence): string {
  if (pairs !== null) return counted(pairs.pairs, 'pair');
  if (stored === null) return noFigure;
  return `${counted(stored.runs, 'stored run')}${stored.sameCpu ? '' : ' on several CPU models'}`;
}

/** Why a cell is inconclusive, in a few words. */
export function doubtWords(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'too noisy':
      return 'too noisy here';
    case 'not re-measured':
      return `not re-measured (${doubt.why})`;
    case 'not confirmed':
      return doubt.suspected ? 'suspected, not confirmed' : 'not confirmed';
    case 'not deterministic':
      return 'varies between processes, and should not';
    case 'family open':
      return `its family (${doubt.family}) may have moved as a whole`;
    case 'no estimate':
      return `no estimate: ${doubt.reason}`;
  }
}
