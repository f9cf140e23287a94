import { describe, expect, test } from 'vitest';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { metricOf } from '../model/metric.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { processValue, processValues } from './process-value.ts';
import { SampleProcesses } from './sample-processes.ts';

function sample(model: ConcurrencyModel, values: MeasuredSample['values']): MeasuredSample {
  const cell = { workload: 'w', model, runtime: 'r', params: '' };
  const phases = { total: 1, startup: 0.1, peers: 0, measured: 0.5 };
  return { status: 'measured', cell, round: 0, values, calibration: [0.01], units: 1, ideal: null, phases };
}

describe('process value', () => {
  test.each([
    ['asyncio', 'wall_per_unit', 1],
    // Type 7: index (4 - 1) * .25 = .75 between 1 and 2.
    ['threads', 'wall_per_unit', 1.75],
    ['threads', 'latency_p99', 2.5],
    ['asyncio', 'peak_threads', 4],
    ['asyncio', 'own', 2.5],
  ] as const)('under %s, %s gives %d', (model, metric, expected) => {
    expect(processValue(sample(model, { [metric]: [4, 1, 3, 2] }), metricOf(metric))).toBe(expected);
  });

  test('what was not reported is absent, not zero', () => {
    expect(processValue(sample('asyncio', {}), metricOf('overlap'))).toBeNull();
    const processes = new SampleProcesses([sample('asyncio', {}), sample('asyncio', { overlap: [5] })]);
    expect(processValues(processes, metricOf('overlap'))).toEqual([5]);
  });
});
