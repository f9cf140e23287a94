import { isCount, isFigure, isListOf, isPlainName, isSeconds } from './scalar-checks.ts';
import { type MeasuredRow, mostOfAny } from './stored-run-schema.ts';

/**
 * Whether a value is a row of a measured cell, as its schema says, told within microseconds: files hold hundreds of
 * thousands of them. Never true for what the schema refuses.
 */
export function isMeasuredRow(row: unknown): row is MeasuredRow {
  if (!Array.isArray(row) || row.length !== 11) return false;
  const [workload, model, params, columns, taken, units, ideal, figures, loops, phases, medians] = row;
  return (
    isCount(workload) &&
    isCount(model) &&
    isPlainName(params) &&
    isCount(columns) &&
    isCount(taken) &&
    taken >= 1 &&
    taken <= 1000 &&
    isFigure(units) &&
    units > 0 &&
    (ideal === null || isSeconds(ideal)) &&
    isListOf(loops, mostOfAny, isSeconds) &&
    loops.length >= 1 &&
    (isFigure(figures) || (isListOf(figures, mostOfAny, isFigureOrNull) && figures.length === loops.length)) &&
    isListOf(phases, 4, isSeconds) &&
    phases.length === 4 &&
    isListOf(medians, mostOfAny, isFigureOrNull)
  );
}

function isFigureOrNull(value: unknown): boolean {
  return value === null || isFigure(value);
}
