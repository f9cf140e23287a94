import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metricOf, metrics } from '../model/metric.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { MeasuredCell } from './cell-index.ts';
import { mayHaveWorsened, movesOf } from './metric-move.ts';
import { SampleProcesses } from './sample-processes.ts';

const cell = { workload: 'w', model: 'threads', runtime: 'r', params: '' } as const;
const workload = { id: 'w', title: 'W', source: '', metrics: {}, gates: {} };
const gate = metricOf('wall_per_unit');

function cellOf(id: string, figures: readonly number[]): MeasuredCell {
  const samples = figures.map(
    (figure, round): MeasuredSample => ({
      ...{ status: 'measured', cell, round, units: 1, ideal: null, calibration: [1] },
      values: { [id]: [figure] },
      phases: { total: 1, startup: 0, peers: 0, measured: 1 },
    }),
  );
  return { status: 'measured', cell, gate, workload, processes: new SampleProcesses(samples) };
}

const near = fc.oneof({ weight: 40, arbitrary: fc.double({ min: 0.98, max: 1.02, noNaN: true }) }, fc.constantFrom(0, 1));
const figures = fc.array(near, { minLength: 1, maxLength: 5 });
const moved = fc.tuple(fc.constantFrom(0.5, 0.9, 1, 1.1, 2), figures).map(([level, values]) => values.map((value) => level * value));

it('a metric is passed over only where its interval does not lie beyond the factor', () => {
  let beyond = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...metrics),
      moved,
      fc.array(figures, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(1.01, 1.1, 1.5),
      (metric, now, then, factor) => {
        const [head, stored] = [cellOf(metric.id, now), then.map((each) => cellOf(metric.id, each))];
        const interval = movesOf(head, stored).find((move) => move.metric.id === metric.id)?.interval;
        if (interval === null || interval === undefined) return;
        const certain = metric.better === 'lower' ? interval.low : 1 / interval.high;
        if (!(certain > factor)) return;
        beyond += 1;
        expect(mayHaveWorsened(head, stored, metric, factor)).toBe(true);
      },
    ),
    { seed: 3, numRuns: 5000 },
  );
  expect(beyond).toBeGreaterThan(20);
  const same = cellOf('peak_rss', [1, 1.01]);
  expect(mayHaveWorsened(same, [same], metricOf('peak_rss'), 1.1)).toBe(false);
});
