import { cellId } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { mean } from '../stats/quantiles.ts';
import { logarithms } from '../stats/welch.ts';
import type { CellIndex } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import type { StoredHistory } from './comparison.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';
import type { RankingSubject } from './ranking.ts';
import { windowRuns } from './screen-history.ts';

/** What one stored run says of a model. */
interface FormerFigure {
  /** Process values, at least one. */
  readonly values: readonly number[];
  /** The mean of their logarithms; null where one is zero or below. */
  readonly merit: number | null;
}

/** What one stored run says of two models. */
export interface FormerPair {
  readonly overtaking: FormerFigure;
  readonly overtaken: FormerFigure;
}

/** A run, its stored runs, and which models of it are looked at. */
interface FormerSubject extends StoredHistory {
  readonly head: CellIndex;
  readonly subject: RankingSubject;
  readonly metric: Metric;
}

/** What the stored runs say of the models of a use case: each model of each run is looked up once, however many pairs it is in. */
export class FormerFigures {
  readonly #from: FormerSubject;
  readonly #known = new Map<ConcurrencyModel, Map<CellIndex, FormerFigure | null>>();

  constructor(from: FormerSubject) {
    this.#from = from;
  }

  /** The last runs that know both models, of those that count for both, oldest first. */
  pairsOf(overtaking: ConcurrencyModel, overtaken: ConcurrencyModel): readonly FormerPair[] {
    const { stored } = this.#from;
    const since = stored.slice(Math.max(this.#firstIndex(overtaking), this.#firstIndex(overtaken)));
    const newestFirst: FormerPair[] = [];
    for (const index of since.toReversed()) {
      const [one, other] = [this.#figureIn(index, overtaking), this.#figureIn(index, overtaken)];
      if (one !== null && other !== null) newestFirst.push({ overtaking: one, overtaken: other });
      if (newestFirst.length === windowRuns) break;
    }
    return newestFirst.toReversed();
  }

  /** Index of the first stored run that counts for a model. */
  #firstIndex(model: ConcurrencyModel): number {
    const { head, stored, starts, subject } = this.#from;
    const found = findCell(head, { ...subject, model });
    const first = found.ok ? starts.get(cellId(found.cell.cell)) : undefined;
    if (first === undefined) return 0;
    const index = stored.findIndex(({ results }) => results.runId === first);
    return index < 0 ? stored.length : index;
  }

  #figureIn(index: CellIndex, model: ConcurrencyModel): FormerFigure | null {
    const ofModel = this.#known.get(model) ?? new Map<CellIndex, FormerFigure | null>();
    this.#known.set(model, ofModel);
    const known = ofModel.get(index);
    if (known !== undefined) return known;
    const figure = figureOf(this.#from, index, model);
    ofModel.set(index, figure);
    return figure;
  }
}

/** Null where the run does not know the model, or cannot be compared. */
function figureOf({ head, subject, metric }: FormerSubject, index: CellIndex, model: ConcurrencyModel): FormerFigure | null {
  const [now, then] = [head, index].map((each) => findCell(each, { ...subject, model }));
  if (now?.ok !== true || then?.ok !== true || whyNotComparable(now.cell, then.cell) !== null) return null;
  const values = processValues(then.cell.processes, metric);
  if (values.length === 0) return null;
  return { values, merit: values.every((value) => value > 0) ? mean(logarithms(values)) : null };
}
