import { areFiguresOrNull, areSeconds, isCount, isFigure, isPlainName, isSeconds } from './scalar-checks.ts';
import { type MeasuredRow, mostOfAny } from './stored-run-schema.ts';

/**
 * Whether a value is a row of a measured cell, as its schema says, told within microseconds: files hold hundreds of
 * thousands of them. Never true for what the schema refuses.
 */
export function isMeasuredRow(row: unknown): row is MeasuredRow {
  if (!Array.isArray(row) || row.length !== 11) return false;
  // By index: taking a row apart as a list costs more than all of its checks.
  const taken: unknown = row[4];
  const units: unknown = row[5];
  const figures: unknown = row[7];
  const loops: unknown = row[8];
  const phases: unknown = row[9];
  return (
    isCount(row[0]) &&
    isCount(row[1]) &&
    isPlainName(row[2]) &&
    isCount(row[3]) &&
    isCount(taken) &&
    taken >= 1 &&
    taken <= 1000 &&
    isFigure(units) &&
    units > 0 &&
    (row[6] === null || isSeconds(row[6])) &&
    areSeconds(loops, mostOfAny) &&
    loops.length >= 1 &&
    (isFigure(figures) || (areFiguresOrNull(figures, mostOfAny) && figures.length === loops.length)) &&
    areSeconds(phases, 4) &&
    phases.length === 4 &&
    areFiguresOrNull(row[10], mostOfAny)
  );
}
