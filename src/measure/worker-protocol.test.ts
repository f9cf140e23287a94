import fc from 'fast-check';
import { expect, test } from 'vitest';

import { lineLimitBytes, parseWorkerLine } from './worker-protocol.ts';

const startLine = { event: 'start', v: 1, workload: 'spawn', model: 'asyncio', python: '3.13.0', free_threaded: false };
const valueLine = {
  event: 'value',
  index: 0,
  units: 100,
  ideal: 0.05,
  seconds: 0.06,
  metrics: { wall_per_unit: 6e-6 },
  calibration: 0.01,
  loop: null,
  verified: true,
};
const errorLine = { event: 'error', phase: 'verify', type: 'AssertionError', message: 'lost', where: null, trace: '' };
const endLine = { event: 'end', gil: true, seconds: { total: 0.7, peers: 0.1, values: 0.3 } };
const workloadLine = {
  event: 'workload',
  v: 1,
  id: 'spawn',
  title: 'Spawn.',
  source: 'abc',
  models: { threads: { supported: true, origin: 'derived', gate: 'wall_per_unit' }, processes: { supported: false, reason: 'no' } },
  metrics: { lag: { unit: 's', better: 'lower' } },
};

test.for([startLine, valueLine, errorLine, endLine, workloadLine, { event: 'warmup', index: 0, seconds: 0.1 }])('reads $event', (line) => {
  expect(parseWorkerLine(JSON.stringify(line))).toMatchObject({ kind: 'event', event: { event: line.event } });
});

test('figures arrive by metric id', () => {
  const parsed = parseWorkerLine(JSON.stringify(valueLine));
  expect(parsed).toMatchObject({ event: { metrics: new Map([['wall_per_unit', 6e-6]]) } });
});

test('what a description leaves out is the default', () => {
  const defaults = { core: null, params: new Map(), model_params: new Map(), scale: new Map(), scale_models: new Map() };
  expect(parseWorkerLine(JSON.stringify(workloadLine))).toMatchObject({ kind: 'event', event: defaults });
});

test('a description carries its axes and its core set', () => {
  const more = {
    core: ['threads'],
    params: { n: 3 },
    model_params: { threads: { n: 2 } },
    scale: { n: [1, 2], way: ['a'] },
    scale_models: {},
  };
  expect(parseWorkerLine(JSON.stringify({ ...workloadLine, ...more }))).toMatchObject({
    event: { core: ['threads'], model_params: new Map([['threads', new Map([['n', 2]])]]), scale: new Map(Object.entries(more.scale)) },
  });
});

test('unknown fields and unknown events are ignored', () => {
  expect(parseWorkerLine(JSON.stringify({ ...startLine, novelty: [1] }))).toMatchObject({ kind: 'event' });
  expect(parseWorkerLine('{"event":"novelty","x":1}')).toEqual({ kind: 'ignored' });
  expect(parseWorkerLine('{"event":"toString"}')).toEqual({ kind: 'ignored' });
});

const faults: readonly (readonly [string, RegExp])[] = [
  ['', /not a JSON object/],
  ['nonsense', /not a JSON object/],
  ['[1]', /not a JSON object/],
  ['null', /not a JSON object/],
  ['{"v":1}', /not a JSON object with an event/],
  ['['.repeat(30_000), /not a JSON object/],
  ['{"event":"value","seconds":NaN}', /not a JSON object/],
  [JSON.stringify({ ...startLine, v: 2 }), /protocol version 2, this program version 1/],
  [JSON.stringify({ ...startLine, v: 'x'.repeat(1000) }), /protocol version "x+, this program/],
  [JSON.stringify({ ...startLine, v: undefined }), /start line v:/],
  ['{"event":"novelty","v":9}', /protocol version 9/],
  [JSON.stringify(valueLine).replace('6e-6', '"6"').replace('0.000006', '"6"'), /value line metrics.wall_per_unit: .*expected number/],
  [JSON.stringify(valueLine).replace('0.000006', '1e999'), /metrics.wall_per_unit: .*Infinity/],
  [JSON.stringify(valueLine).replace('"wall_per_unit"', '"__proto__"'), /object prototype/],
  [JSON.stringify(valueLine).replace('"wall_per_unit"', '"constructor"'), /object prototype/],
  [JSON.stringify({ ...valueLine, metrics: [1] }), /metrics: expected an object/],
  [JSON.stringify({ ...valueLine, index: -1 }), /index/],
  [JSON.stringify({ ...valueLine, units: 0 }), /units/],
  [JSON.stringify({ ...valueLine, calibration: 0 }), /calibration/],
  [JSON.stringify({ ...errorLine, phase: 'holiday' }), /phase/],
  [JSON.stringify({ ...endLine, seconds: { values: -1, peers: 0 } }), /seconds.values/],
  [JSON.stringify({ ...workloadLine, metrics: { lag: { unit: 'furlong', better: 'lower' } } }), /metrics.lag.unit/],
  [JSON.stringify({ ...workloadLine, scale: { n: [1, 'a'] } }), /workload line scale.n/],
  [JSON.stringify({ ...workloadLine, scale: { n: [] } }), /workload line scale.n/],
  [JSON.stringify({ ...workloadLine, core: 'threads' }), /workload line core/],
  [JSON.stringify({ ...workloadLine, params: JSON.parse('{"__proto__": 1}') }), /object prototype/],
  [JSON.stringify({ event: 'start', padding: 'x'.repeat(lineLimitBytes) }), /longer than 65536 bytes/],
];

test.for(faults)('%.60s is a fault', ([line, reason]) => {
  expect(parseWorkerLine(line)).toMatchObject({ kind: 'fault', reason: expect.stringMatching(reason) });
});

test('no line whatever throws or reaches a prototype', () => {
  const json = fc.json().map((text) => text);
  const mutated = fc
    .tuple(fc.constantFrom(startLine, valueLine, errorLine, endLine, workloadLine), fc.string(), fc.nat(200))
    .map(([line, insert, at]) => JSON.stringify(line).slice(0, at) + insert + JSON.stringify(line).slice(at));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, mutated), (line) => {
      expect(['event', 'ignored', 'fault']).toContain(parseWorkerLine(line).kind);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});
