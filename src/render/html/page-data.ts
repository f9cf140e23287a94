import type { ConcurrencyModel } from '../../model/concurrency-model.ts';
import type { MetricFamily, Unit } from '../../model/metric.ts';
import type { BothSides } from '../../model/sample-pair.ts';
import type { VerdictWord } from '../../tables/verdicts.ts';
import type { PackedCells } from './packed-cells.ts';

/**
 * What data and script of a page must agree on; raised with every change of the types in this file or of how cells are
 * packed. The script of a page is built apart from what writes its data.
 */
export const pageFormat = 'concurrency report page 2';

/** What the page of a report draws from. Figures are in base units, with five digits. */
export interface PageData {
  readonly metrics: readonly PageMetric[];
  readonly runtimes: readonly { readonly id: string; readonly label: string }[];
  /** The stored runs, oldest first. */
  readonly runs: readonly PageRun[];
  /** The most urgent first. */
  readonly cells: readonly PageCell[];
  readonly curves: readonly PageCurves[];
  readonly rankings: readonly PageRanking[];
}

export interface PageMetric {
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  readonly family: MetricFamily;
}

export interface PageRun {
  /** Twelve hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
}

/** The same as it stands in the page, as JSON. */
export interface PackedPage extends Omit<PageData, 'cells'> {
  readonly format: typeof pageFormat;
  readonly packed: PackedCells;
  /** What verdicts rest on, by the place of the cell. */
  readonly evidence: readonly (readonly [cell: number, evidence: PageEvidence])[];
}

/** One cell with its verdict. */
export interface PageCell {
  readonly workload: string;
  readonly params: string;
  readonly model: ConcurrencyModel;
  /** Index of its runtime. */
  readonly runtime: number;
  readonly verdict: VerdictWord;
  /** The reason, where the verdict has one: a clause; else empty. */
  readonly why: string;
  /** Index of the metric it is judged by; null where no process said so. */
  readonly metric: number | null;
  readonly figures: BothSides<number> | null;
  readonly change: PageChange | null;
  /** Null where the page has no room for it. */
  readonly evidence: PageEvidence | null;
}

/** head / base with its 95 % interval, where there is one, and what it is held against. */
export interface PageChange {
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number] | null;
  /** Shares. */
  readonly margin: number;
  readonly target: number;
  /** "40 pairs". */
  readonly restsOn: string;
  /** Whether the calibration loop explained part of the noise of the pairs, so that the interval is narrower than they are. */
  readonly controlled: boolean;
}

/** What a verdict rests on. */
export interface PageEvidence {
  /** Figures of this run's processes. */
  readonly processes: readonly number[];
  /** Figures of both processes of each pair, in order of measurement; null without pairs. */
  readonly pairs: BothSides<readonly number[]> | null;
  /** Median and range of the processes of each stored run that can be compared, and whether it ran on another CPU model. */
  readonly trend: readonly (readonly [run: number, median: number, least: number, most: number, otherCpu: 0 | 1])[];
  /** Indexes of those of them that began a lasting new level. */
  readonly shifts: readonly number[];
  /** What else the processes of this run reported. */
  readonly others: readonly (readonly [metric: number, median: number, least: number, most: number])[];
  /** What a broken process said and printed; null for a cell that is not broken. */
  readonly fault: { readonly message: string; readonly output: string } | null;
}

/** One workload over the sizes of one parameter, on one runtime. */
export interface PageCurves {
  readonly workload: string;
  readonly axis: string;
  /** Index of the metric. */
  readonly metric: number;
  readonly runtime: string;
  readonly models: readonly { readonly model: ConcurrencyModel; readonly points: readonly (readonly [size: number, figure: number])[] }[];
  readonly crossovers: readonly PageCrossover[];
}

export interface PageCrossover {
  readonly overtaken: ConcurrencyModel;
  readonly overtaking: ConcurrencyModel;
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** The models of one use case on one runtime, best first. */
export interface PageRanking {
  readonly useCase: string;
  readonly workload: string;
  readonly runtime: string;
  readonly metric: number;
  readonly standings: readonly (readonly [model: ConcurrencyModel, median: number, least: number, most: number])[];
}
