import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { type Results, resultsOfRuntime } from '../model/results.ts';
import { parseBaselineFile } from './baseline-file.ts';
import { withRuns } from './baseline-file-text.ts';
import { isMeasuredRow } from './measured-row.ts';
import { anyResults } from './results.fixture.ts';
import { encodeRun } from './stored-run-codec.ts';
import { runLine } from './stored-run-schema.ts';

const options = { seed: 5, numRuns: 300 };

/** A condensed run of one runtime whose samples are all of it and of its workloads. */
const storedRun: fc.Arbitrary<Results> = anyResults
  .filter(({ runtimes, workloads }) => runtimes.length > 0 && workloads.length > 0)
  .map((results): Results => {
    const [runtime] = results.runtimes;
    if (runtime === undefined) throw new Error('filtered');
    const place = (at: number) => ({ runtime: runtime.id, workload: results.workloads[at % results.workloads.length]?.id ?? '' });
    const samples = results.samples.map((sample, at) => ({ ...sample, cell: { ...sample.cell, ...place(at) } }));
    return condensedRun({ ...resultsOfRuntime({ ...results, samples }, runtime), partial: false });
  });

describe('a stored run', () => {
  it('reads back as it was condensed', () => {
    fc.assert(
      fc.property(storedRun, (run) => {
        const lines = parseBaselineFile(withRuns('', [run]));
        expect(lines.filter(({ status }) => status === 'damaged')).toEqual([]);
        expect(lines.flatMap((line) => (line.status === 'run' ? [condensedRun(line.run)] : []))).toEqual([run]);
      }),
      options,
    );
  });

  it('is refused when it is not condensed', () => {
    const [sample] = fc.sample(
      storedRun.filter(({ samples }) => samples.some(({ status }) => status === 'measured')),
      { seed: 1, numRuns: 1 },
    );
    if (sample === undefined) throw new Error('no sample');
    const samples = sample.samples.map((each) => (each.status === 'measured' ? { ...each, calibration: [1, 2] } : each));
    expect(() => encodeRun({ ...sample, samples })).toThrow(/not condensed/);
  });
});

it('a line with a parameter that would stand for others in a pattern is no line', () => {
  const [runtime] = resultsDocument().runtimes;
  if (runtime === undefined) throw new Error('the fixture has a runtime');
  const run = condensedRun(resultsOfRuntime(resultsDocument(), runtime));
  const scaled = (params: string) => ({ ...run, samples: run.samples.map((each) => ({ ...each, cell: { ...each.cell, params } })) });
  expect(() => encodeRun(scaled('n=1'))).not.toThrow();
  expect(() => encodeRun(scaled('n=?'))).toThrow(/measured\.0.*holds a \* or \?/);
});

describe('the quick look at a row', () => {
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(0, 1, -1, 0.5, 1001, Number.POSITIVE_INFINITY, -0, 2 ** 53, '', 'n=1', 'a\u0007', null),
  );
  const good = [0, 0, '', 0, 2, 600, null, [1, null], [1, 2], [1, 2, 3, 4], [1, null]];
  const row = fc.oneof(
    fc.tuple(fc.nat(10), part).map(([at, value]) => good.with(at, value as never)),
    fc.tuple(fc.integer({ min: 7, max: 10 }), fc.array(part, { maxLength: 5 })).map(([at, value]) => good.with(at, value as never)),
    fc.array(part, { maxLength: 12 }),
  );
  const measuredRow = runLine.shape.measured.element;

  it('never takes what the schema refuses', () => {
    expect(isMeasuredRow(good)).toBe(true);
    let taken = 0;
    fc.assert(
      fc.property(row, (value) => {
        if (!isMeasuredRow(value)) return;
        taken += 1;
        expect(measuredRow.safeParse(value).success).toBe(true);
      }),
      { seed: 6, numRuns: 5000 },
    );
    expect(taken).toBeGreaterThan(200);
  });
});
