import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { noBaseline } from '../model/baseline-choice.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { PairedRun, PairSeries } from '../model/pairs-of-run.ts';
import type { Runtime } from '../model/runtime.ts';
import type { BrokenSample, MeasuredSample } from '../model/sample.ts';
import { decodeResults, encodeResults } from './codec.ts';

const document = resultsDocument();
const [runtime] = document.runtimes;
if (runtime === undefined) throw new Error('the fixture has a runtime');
const older: Runtime = { ...runtime, id: 'cpython-3.12.9-gil-00000000', python: '3.12.9' };

const cellOf = (workload: string): Cell => ({ workload, model: 'threads', runtime: runtime.id, params: '' });
const suspectOf = (workload: string): PairSuspect => {
  const cell = cellOf(workload);
  return { id: cellId(cell), cell, runtimes: { base: older, head: runtime }, metric: metricOf('cpu_per_unit'), sourceDiffers: false };
};
const measuredOf = (cell: Cell): MeasuredSample => ({
  ...{ status: 'measured', cell, round: 0, units: 1, ideal: null },
  values: { cpu_per_unit: [0.1] },
  calibration: [0.01],
  phases: { total: 1, startup: 0, peers: 0, measured: 1 },
});
const brokenOf = (cell: Cell): BrokenSample => ({ status: 'broken', cell, round: 1, kind: 'crash', message: 'It ended.', output: '' });

const [spawn, echo] = [suspectOf('spawn'), suspectOf('echo')];

/** A series of suspects with a pair each; `of` says what their samples are of, and `id` what they are found by. */
function seriesOf(
  suspects: readonly PairSuspect[],
  { of = suspects, id }: { readonly of?: readonly PairSuspect[]; readonly id?: string } = {},
) {
  const pairs = of.map((each) => [id ?? each.id, [{ base: measuredOf(each.cell), head: measuredOf(each.cell) }]] as const);
  const outcome = { pairs: new Map(pairs), broken: new Map(), looksTaken: 1, processes: 2, endedBy: 'schedule' } as const;
  return { suspects, outcome } satisfies PairSeries;
}

function runOf(part: { readonly suspects?: readonly PairSuspect[]; readonly series?: readonly PairSeries[] }): PairedRun {
  const base = { commit: 'b'.repeat(40), origin: 'merge base with origin/main', notes: [] };
  const { suspects = [spawn, echo], series = [seriesOf([spawn]), seriesOf([echo])] } = part;
  return { base, plan: { suspects, lone: [], notComparable: [] }, series, movedFamilies: [], seconds: 1 };
}

const resultsWith = (run: PairedRun) =>
  resultsDocument({ comparison: { baseline: noBaseline, looks: [10], pairs: { kind: 'pairs', run } } });
const broken = (run: PairedRun) => () => encodeResults(resultsWith(run));
const withBroken = (cell: Cell, id = spawn.id): PairSeries => {
  const { suspects, outcome } = seriesOf([spawn]);
  return { suspects, outcome: { ...outcome, broken: new Map([[id, { side: 'base', sample: brokenOf(cell) }]]) } };
};

describe('suspects of pairs', () => {
  it('are read as they were written, base on a runtime of its own', () => {
    const onOwn = { ...spawn.cell, runtime: older.id };
    const { suspects, outcome } = seriesOf([spawn]);
    const pairs = new Map([[spawn.id, [{ base: measuredOf(onOwn), head: measuredOf(spawn.cell) }]]]);
    const results = resultsWith(runOf({ series: [{ suspects, outcome: { ...outcome, pairs } }, withoutPairs(echo)] }));
    expect(decodeResults(encodeResults(results))).toEqual({ ok: true, results });
    expect(broken(runOf({ series: [withBroken(spawn.cell)] }))).not.toThrow();
  });

  it.each<readonly [string, PairedRun, string]>([
    ['has the id of another', runOf({ suspects: [{ ...spawn, id: echo.id }], series: [] }), 'a suspect has an id that is not of its cell'],
    ['is measured with one', runOf({ series: [seriesOf([{ ...spawn, id: echo.id }])] }), 'a suspect has an id that is not of its cell'],
    ['is planned twice', runOf({ suspects: [spawn, spawn], series: [] }), 'a suspect is planned twice'],
    ['is not planned', runOf({ suspects: [echo], series: [seriesOf([spawn])] }), 'a suspect was measured that is not planned'],
    ['is in two series', runOf({ series: [seriesOf([spawn]), seriesOf([spawn])] }), 'a suspect was measured in two series'],
    ['is in one twice', runOf({ series: [{ ...seriesOf([spawn]), suspects: [spawn, spawn] }] }), 'a suspect was measured in two series'],
  ])('are refused when one %s', (_, run, reason) => {
    expect(broken(run)).toThrow(`comparison.pairs: ${reason}`);
  });

  const another: readonly (readonly [string, Partial<Cell>])[] = [
    ['workload', { workload: 'echo' }],
    ['model', { model: 'asyncio' }],
    ['parameter', { params: 'n=1' }],
    ['runtime', { runtime: 'cpython-3.9.18-gil-00000000' }],
  ];

  it.each(another)('are refused with samples of another %s', (_, change) => {
    const cell = { ...spawn.cell, ...change };
    const reason = 'comparison.pairs: a sample is not of a suspect of its series';
    const series = seriesOf([spawn], { of: [{ ...spawn, cell }], id: spawn.id });
    expect(broken(runOf({ series: [series] }))).toThrow(reason);
    expect(broken(runOf({ series: [withBroken(cell)] }))).toThrow(reason);
  });

  it('are refused with pairs of a suspect of another series', () => {
    const reason = 'a sample is not of a suspect of its series';
    expect(broken(runOf({ series: [seriesOf([spawn], { of: [echo] })] }))).toThrow(reason);
    expect(broken(runOf({ series: [withBroken(echo.cell, echo.id)] }))).toThrow(reason);
    const { suspects, outcome } = seriesOf([spawn]);
    expect(broken(runOf({ series: [{ suspects, outcome: { ...outcome, pairs: new Map([[echo.id, []]]) } }] }))).toThrow(reason);
  });

  it('are refused on a runtime that is not in the table, and with more looks than there are', () => {
    const text = encodeResults(resultsWith(runOf({})));
    const reasonOf = (source: string) => decodeResults(source);
    expect(reasonOf(text.replace('"runtimes":{"base":0,', '"runtimes":{"base":2,'))).toMatchObject({
      reason: expect.stringContaining('comparison.pairs: a suspect names a runtime that is not in the table'),
    });
    expect(reasonOf(text.replace('"looksTaken":1', '"looksTaken":101'))).toMatchObject({ reason: expect.stringContaining('looksTaken') });
  });
});

describe('the base of pairs', () => {
  const said = { commit: null, origin: 'tip of \u0085main', notes: ['The fetch failed:\r\n\u001b[31mfatal.'] };

  it('is written in one line, whatever was said of it', () => {
    const read = decodeResults(encodeResults(resultsWith({ ...runOf({}), base: said })));
    const pairs = read.ok ? read.results.comparison?.pairs : undefined;
    expect(pairs?.kind === 'pairs' && pairs.run.base).toEqual({
      commit: null,
      origin: 'tip of  main',
      notes: ['The fetch failed: [31mfatal.'],
    });
  });

  it.each(['origin', 'notes'])('is refused with a %s of several lines', (field) => {
    const text = encodeResults(resultsWith({ ...runOf({}), base: { commit: null, origin: 'ORIGIN', notes: ['NOTES'] } }));
    expect(decodeResults(text.replace(`"${field.toUpperCase()}"`, '"a\\nb"'))).toMatchObject({
      reason: expect.stringMatching(new RegExp(`base\\.${field}.*holds a control character`)),
    });
  });
});

function withoutPairs(suspect: PairSuspect): PairSeries {
  return seriesOf([suspect], { of: [] });
}
