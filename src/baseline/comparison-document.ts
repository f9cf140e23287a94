import { metricOf } from '../model/metric.ts';
import type { PairSuspect, SuspectPlan } from '../model/pair-suspect.ts';
import type { PairedRun, PairSeries } from '../model/pairs-of-run.ts';
import type { Comparison } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import type { ComparisonDocument, PairsDocument, SuspectDocument } from './comparison-schema.ts';

/** A comparison as JSON can hold it: maps as entries, metrics by id, every runtime once however many suspects have it. */
export function comparisonDocument({ baseline, pairs, looks }: Comparison): ComparisonDocument {
  return { baseline, looks, pairs: pairs.kind === 'pairs' ? pairsDocument(pairs.run) : pairs };
}

/** The comparison that a document holds which passed its schema. */
export function comparisonOf({ baseline, pairs, looks }: ComparisonDocument): Comparison {
  return { baseline, looks, pairs: pairs.kind === 'pairs' ? { kind: 'pairs', run: pairedRun(pairs) } : pairs };
}

/** Gives every runtime a place in a table; equal ones share it. */
interface RuntimeTable {
  readonly runtimes: Runtime[];
  readonly placeOf: (runtime: Runtime) => number;
}

function runtimeTable(): RuntimeTable {
  const runtimes: Runtime[] = [];
  const places = new Map<string, number>();
  const placeOf = (runtime: Runtime) => {
    const key = JSON.stringify(runtime);
    const known = places.get(key) ?? runtimes.length;
    if (known === runtimes.length) runtimes.push(runtime);
    places.set(key, known);
    return known;
  };
  return { runtimes, placeOf };
}

function pairsDocument({ base, plan, series, movedFamilies, seconds }: PairedRun): PairsDocument {
  const table = runtimeTable();
  const suspects = (all: readonly PairSuspect[]) => all.map((suspect) => suspectDocument(suspect, table));
  return {
    kind: 'pairs',
    base: { ...base, origin: inOneLine(base.origin), notes: base.notes.map(inOneLine) },
    plan: { ...plan, suspects: suspects(plan.suspects) },
    series: series.map(({ suspects: measured, outcome }) => ({
      suspects: suspects(measured),
      outcome: { ...outcome, pairs: [...outcome.pairs], broken: [...outcome.broken] },
    })),
    movedFamilies,
    seconds,
    runtimes: table.runtimes,
  };
}

/** Both may quote what git or GitHub said, and one odd character must not cost what was measured. */
function inOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function suspectDocument({ runtimes: { base, head }, metric: { id, unit, better }, ...suspect }: PairSuspect, table: RuntimeTable) {
  return { ...suspect, runtimes: { base: table.placeOf(base), head: table.placeOf(head) }, metric: { id, unit, better } };
}

function pairedRun({ base, plan, series, movedFamilies, seconds, runtimes }: PairsDocument): PairedRun {
  const suspects = (all: readonly SuspectDocument[]) => all.map((suspect) => pairSuspect(suspect, runtimes));
  const planned: SuspectPlan = { ...plan, suspects: suspects(plan.suspects) };
  const measured = series.map(
    ({ suspects: ofSeries, outcome }): PairSeries => ({
      suspects: suspects(ofSeries),
      outcome: { ...outcome, pairs: new Map(outcome.pairs), broken: new Map(outcome.broken) },
    }),
  );
  return { base, plan: planned, series: measured, movedFamilies, seconds };
}

function pairSuspect({ runtimes: places, metric, ...suspect }: SuspectDocument, runtimes: readonly Runtime[]): PairSuspect {
  return {
    ...suspect,
    runtimes: { base: runtimeAt(runtimes, places.base), head: runtimeAt(runtimes, places.head) },
    metric: metricOf(metric.id, metric),
  };
}

function runtimeAt(runtimes: readonly Runtime[], at: number): Runtime {
  const runtime = runtimes[at];
  if (runtime === undefined) throw new RangeError(`the table of runtimes has no place ${at}`);
  return runtime;
}
