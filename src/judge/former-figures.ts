import { cellId } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { mean } from '../stats/quantiles.ts';
import { logarithms } from '../stats/welch.ts';
import type { CellIndex, MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import type { StoredHistory } from './comparison.ts';
import { cellFinder, type Found } from './lookup.ts';
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
  readonly #known = new Map<ConcurrencyModel, FormerModel>();

  constructor(from: FormerSubject) {
    this.#from = from;
  }

  /** The last runs that know both models, of those that count for both, oldest first. */
  pairsOf(overtaking: ConcurrencyModel, overtaken: ConcurrencyModel): readonly FormerPair[] {
    const [one, other] = [this.#modelOf(overtaking), this.#modelOf(overtaken)];
    const newestFirst: FormerPair[] = [];
    for (let run = this.#from.stored.length - 1; run >= Math.max(one.start, other.start); run -= 1) {
      const [ofOne, ofOther] = [one.figureOf(run), other.figureOf(run)];
      if (ofOne !== null && ofOther !== null) newestFirst.push({ overtaking: ofOne, overtaken: ofOther });
      if (newestFirst.length === windowRuns) break;
    }
    return newestFirst.toReversed();
  }

  #modelOf(model: ConcurrencyModel): FormerModel {
    const known = this.#known.get(model) ?? formerModel(this.#from, model);
    this.#known.set(model, known);
    return known;
  }
}

/** One model in the stored runs. */
interface FormerModel {
  /** Index of the first run that counts. */
  readonly start: number;
  /** Null where the run does not know the model, or cannot be compared. */
  readonly figureOf: (run: number) => FormerFigure | null;
}

function formerModel({ head, stored, starts, subject, metric }: FormerSubject, model: ConcurrencyModel): FormerModel {
  const find = cellFinder({ ...subject, model });
  const found = find(head);
  if (!found.ok) return { start: 0, figureOf: () => null };
  const known = new Map<number, FormerFigure | null>();
  return {
    start: firstIndex(stored, starts.get(cellId(found.cell.cell))),
    figureOf: (run) => {
      const figure = known.get(run);
      if (figure !== undefined) return figure;
      const index = stored[run];
      const made = index === undefined ? null : figureIn(find(index), found.cell, metric);
      known.set(run, made);
      return made;
    },
  };
}

function firstIndex(stored: readonly CellIndex[], first: string | null | undefined): number {
  if (first === undefined) return 0;
  const index = stored.findIndex(({ results }) => results.runId === first);
  return index < 0 ? stored.length : index;
}

function figureIn(then: Found, now: MeasuredCell, metric: Metric): FormerFigure | null {
  if (!then.ok || whyNotComparable(now, then.cell) !== null) return null;
  const values = processValues(then.cell.processes, metric);
  if (values.length === 0) return null;
  return { values, merit: values.every((value) => value > 0) ? mean(logarithms(values)) : null };
}
