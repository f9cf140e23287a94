import { concurrencyModels } from '../../model/concurrency-model.ts';
import { jsonBytes } from './fitting.ts';
import type { PageCell, PageChange } from './page-data.ts';
import { verdictWords } from './verdict-marks.ts';

/** Cells as they stand in a page: a row of numbers for each, because names and reasons are the same in many of them. */
export interface PackedCells {
  /** What rows refer to by place, each once. */
  readonly texts: readonly string[];
  /** Places and figures in the order of `packed`; null where there is none, and none at the end. */
  readonly rows: readonly (readonly (number | null)[])[];
}

/** A cell without what its verdict rests on. */
export type BareCell = Omit<PageCell, 'evidence'>;

/** The first cells, as far as there is room for them, in bytes. */
export function packCells(cells: readonly BareCell[], limit: number): PackedCells {
  const texts = new Map<string, number>();
  const rows: (number | null)[][] = [];
  let bytes = 0;
  const placeOf = (text: string) => {
    const place = texts.get(text) ?? texts.size;
    if (place === texts.size) bytes += jsonBytes(text) + 1;
    texts.set(text, place);
    return place;
  };
  for (const cell of cells) {
    const row = packed(cell, placeOf);
    bytes += jsonBytes(row) + 1;
    if (bytes > limit) break;
    rows.push(row);
  }
  return { texts: [...texts.keys()], rows };
}

function packed({ workload, params, model, runtime, verdict, why, metric, figures, change }: BareCell, placeOf: (text: string) => number) {
  const places = [
    placeOf(workload),
    placeOf(params),
    concurrencyModels.indexOf(model),
    runtime,
    verdictWords.indexOf(verdict),
    placeOf(why),
  ];
  const row = [...places, metric, figures?.base ?? null, figures?.head ?? null, ...(change === null ? [] : packedChange(change, placeOf))];
  return row.slice(0, row.findLastIndex((value) => value !== null) + 1);
}

function packedChange({ ratio, interval, margin, target, restsOn, controlled }: PageChange, placeOf: (text: string) => number) {
  return [ratio, margin, target, placeOf(restsOn), Number(controlled), ...(interval ?? [])];
}

/** The cells again. */
export function unpackCells({ texts, rows }: PackedCells): readonly BareCell[] {
  return rows.map((row) => {
    const number = (at: number) => row[at] ?? null;
    const place = (at: number) => row[at] ?? -1;
    const [base, head] = [number(7), number(8)];
    return {
      workload: texts[place(0)] ?? '',
      params: texts[place(1)] ?? '',
      model: concurrencyModels[place(2)] ?? 'sequential',
      runtime: place(3),
      verdict: verdictWords[place(4)] ?? 'inconclusive',
      why: texts[place(5)] ?? '',
      metric: number(6),
      figures: base === null || head === null ? null : { base, head },
      change: changeOf(row.slice(9), texts),
    };
  });
}

function changeOf(values: readonly (number | null)[], texts: readonly string[]): PageChange | null {
  const [ratio = null, margin, target, restsOn, controlled, low = null, high = null] = values;
  if (ratio === null) return null;
  return {
    ...{ ratio, margin: margin ?? 0, target: target ?? 0, restsOn: texts[restsOn ?? -1] ?? '', controlled: controlled === 1 },
    interval: low === null || high === null ? null : [low, high],
  };
}
