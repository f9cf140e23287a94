import { isConcurrencyModel } from '../model/concurrency-model.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { hasReservedKey } from './json-text.ts';
import type { UncheckedObject } from './migrations.ts';
import { machineMarks } from './sample-schema.ts';
import { areFigures, areSeconds, isCount, isFigure, isPlainKey, isPlainName, isSeconds } from './scalar-checks.ts';

/** Most values of a process. */
const mostValues = 1000;

/**
 * Whether a value is the sample of a process that measured, as its schema says, told within microseconds: a large run has
 * tens of thousands of them. Never true for what the schema refuses.
 */
export function isMeasuredSample(sample: unknown): sample is MeasuredSample {
  if (!isObject(sample) || sample['status'] !== 'measured') return false;
  const { calibration, ideal, units } = sample;
  return (
    isObjectOf(sample, 8 + marksOf(sample)) &&
    isCell(sample['cell']) &&
    isCount(sample['round']) &&
    areSeconds(calibration, mostValues) &&
    calibration.length >= 1 &&
    areValues(sample['values'], calibration.length) &&
    isFigure(units) &&
    units > 0 &&
    (ideal === null || isSeconds(ideal)) &&
    arePhases(sample['phases'])
  );
}

/** How many marks of the machine a sample has, as hardly any does; not a number where one is not as it should be. */
function marksOf(sample: UncheckedObject): number {
  const marks = Object.entries(machineMarks).filter(([name]) => Object.hasOwn(sample, name));
  const areValid = marks.every(([name, schema]) => schema.safeParse(sample[name]).success && !hasReservedKey(sample[name]));
  return areValid ? marks.length : Number.NaN;
}

function isCell(value: unknown): boolean {
  if (!isObjectOf(value, 4)) return false;
  const { workload, model, runtime, params } = value;
  return isPlainName(workload) && typeof model === 'string' && isConcurrencyModel(model) && isPlainName(runtime) && isPlainName(params);
}

function areValues(values: unknown, each: number): boolean {
  if (!isObject(values)) return false;
  for (const id in values) {
    const ofMetric = values[id];
    if (!isPlainKey(id) || !areFigures(ofMetric, mostValues) || ofMetric.length !== each) return false;
  }
  return true;
}

function arePhases(value: unknown): boolean {
  if (!isObjectOf(value, 4)) return false;
  const { total, startup, peers, measured } = value;
  return isSeconds(total) && isSeconds(startup) && isSeconds(peers) && isSeconds(measured);
}

function isObject(value: unknown): value is UncheckedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of so many keys: with each of that many known ones checked it has no other. */
function isObjectOf(value: unknown, keys: number): value is UncheckedObject {
  return isObject(value) && Object.keys(value).length === keys;
}
