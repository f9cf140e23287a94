import { differenceLevel } from '../../src/judge/two-sample.ts';
import { processStatistic } from '../../src/model/metric.ts';
import { smallestP } from '../../src/stats/mann-whitney.ts';
import { maximum, mean, median } from '../../src/stats/quantiles.ts';
import { type Agreement, agreementOf, ourDirection, pyperfDirection } from './agreement.ts';
import type { CellValues, SideValues } from './cell-values.ts';
import { effectiveValues, intraclassCorrelation } from './intraclass-correlation.ts';
import { pooledT } from './pooled-t.ts';
import type { PyperfRow } from './pyperf.ts';
import type { ValuesOfRun } from './pyperf-suite.ts';

/** Why pyperf says otherwise of one cell than we do. */
export interface Disagreement {
  readonly name: string;
  readonly values: ValuesOfRun;
  readonly agreement: Exclude<Agreement, 'same'>;
  /** One or two sentences, made from the cell's own figures. */
  readonly reason: string;
}

/** The share of its limit from which on a t that is not significant needs no outlier to be explained. */
const nearLimit = 0.8;

/** pyperf's answers for one cell. */
export type PyperfRows = Readonly<Record<ValuesOfRun, PyperfRow>>;

/** Every way of giving the values to pyperf in which it says otherwise of the cell than we do. */
export function disagreements(cell: CellValues, rows: PyperfRows): readonly Disagreement[] {
  const ours = ourDirection(cell.ours);
  return (['one a process', 'every value'] as const).flatMap((values) => {
    const agreement = agreementOf(ours, pyperfDirection(rows[values]));
    return agreement === 'same' ? [] : [{ name: cell.name, values, agreement, reason: reasonOf(cell, rows, { values, agreement }) }];
  });
}

interface Where {
  readonly values: ValuesOfRun;
  readonly agreement: Exclude<Agreement, 'same'>;
}

function reasonOf(cell: CellValues, rows: PyperfRows, { values, agreement }: Where): string {
  if (rows[values].t === 'failed') return failedReason(cell, values);
  if (ourDirection(cell.ours) === 'chance' && cell.ours.outcome.kind === 'different') {
    return `The ranks differ (${pWords(cell)}) and the two medians are equal, so that ours has no direction; the mean moved by ${signed(means(cell, values))}.`;
  }
  if (agreement === 'opposite') return oppositeReason(cell, values);
  const theySeeIt = pyperfDirection(rows[values]) !== 'chance';
  if (values === 'one a process') return theySeeIt ? onlyByT(cell) : onlyByRanks(cell);
  const sameEitherWay = pyperfDirection(rows['one a process']) === pyperfDirection(rows[values]);
  if (sameEitherWay) return `As with one value a process: ${theySeeIt ? onlyByT(cell) : onlyByRanks(cell)}`;
  return theySeeIt ? onlyByPooling(cell) : hiddenWithin(cell);
}

/** pyperf takes an error of its own test for significance. */
function failedReason(cell: CellValues, values: ValuesOfRun): string {
  const [base, head] = [given(cell.base, values).length, given(cell.head, values).length];
  if (base === 1 && head === 1) return 'pyperf has no test for two single values and calls every such cell significant.';
  const why = base === head ? 'divides by a spread of zero' : `is only made for equal counts, and these are ${base} and ${head}`;
  return `Its t ${why}; pyperf catches that error and calls the cell significant.`;
}

function oppositeReason(cell: CellValues, values: ValuesOfRun): string {
  const what = values === 'every value' ? 'all values' : 'the same values';
  return `The mean of ${what} moved by ${signed(means(cell, values))}, the median of the processes by ${signed(medians(cell))}: ${outlierWords(cell, values)}.`;
}

function onlyByT(cell: CellValues): string {
  const { processes: base } = cell.base;
  const least = smallestP(cell.head.processes.length, base.length);
  if (least > differenceLevel) {
    return `${base.length}+${cell.head.processes.length} processes cannot reach ${percent(differenceLevel)} by ranks (p is at least ${figure(least)}); a t can, if the noise is normal.`;
  }
  return `On the same figures t is ${tWords(cell, 'one a process')} and the ranks give ${pWords(cell)}: the t goes by how far the figures lie apart and needs normal noise, ranks go by their order alone.`;
}

function onlyByRanks(cell: CellValues): string {
  if (cell.ours.outcome.kind === 'exact') return 'We compare figures without spread without a test.';
  const found = `The ranks give ${pWords(cell)}, t is ${tWords(cell, 'one a process')}`;
  const score = pooledT(cell.base.processes, cell.head.processes);
  if (score !== null && Math.abs(score.t) > score.limit * nearLimit)
    return `${found}: a close call, which order and distance decide differently.`;
  return `${found}: ${outlierWords(cell, 'one a process')}, which widens a standard deviation and leaves ranks alone.`;
}

function onlyByPooling(cell: CellValues): string {
  const correlation = intraclassCorrelation(cell);
  const [values, processes] = [given(cell.base, 'every value').length, cell.base.processes.length];
  const worth =
    correlation === null
      ? ''
      : ` Those of one process are alike (intraclass correlation ${figure(correlation)}), so that they are worth about ${Math.round(effectiveValues(processes, values / processes, correlation))}.`;
  return `pyperf counts the ${values} values of ${processes} processes a side as independent: t is ${tWords(cell, 'every value')}.${worth} On one value a process t is ${tWords(cell, 'one a process')}, and the ranks give ${pWords(cell)}.`;
}

function hiddenWithin(cell: CellValues): string {
  const statistic = { min: 'minimum', q25: 'lower quartile', median: 'median', max: 'maximum' }[
    processStatistic(cell.ours.metric, cell.ours.cell.model)
  ];
  return `Over all values t is ${tWords(cell, 'every value')}, over one a process, its ${statistic}, ${tWords(cell, 'one a process')}: ${outlierWords(cell, 'every value')}, and the ${statistic} leaves it out.`;
}

function given({ processes, inner }: SideValues, values: ValuesOfRun): readonly number[] {
  return values === 'every value' ? inner.flat() : processes;
}

function outlierWords({ base, head }: CellValues, values: ValuesOfRun): string {
  const most = Math.max(...[base, head].map((side) => maximum(given(side, values)) / median(given(side, values))));
  return `the largest ${values === 'every value' ? 'value' : 'figure'} is ${figure(most)} times the median of its side`;
}

function means({ base, head }: CellValues, values: ValuesOfRun): number {
  return mean(given(head, values)) / mean(given(base, values));
}

function medians({ ours: { base, head } }: CellValues): number {
  return head.value / base.value;
}

function tWords({ base, head }: CellValues, values: ValuesOfRun): string {
  const score = pooledT(given(base, values), given(head, values));
  return score === null ? 'undefined' : `${Math.abs(score.t).toFixed(2)} (5 %: ${score.limit.toFixed(2)})`;
}

function pWords({ ours: { outcome } }: CellValues): string {
  return 'p' in outcome ? `p = ${figure(outcome.p)}` : 'no p';
}

function signed(ratio: number): string {
  return `${ratio > 1 ? '+' : '−'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(2)));
}
