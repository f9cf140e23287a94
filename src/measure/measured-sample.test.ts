import { expect, test } from 'vitest';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { hostileRequest } from './hostile-worker.fixture.ts';
import { measuredSample } from './measured-sample.ts';
import type { Conversation } from './worker-conversation.ts';
import type { ValueEvent } from './worker-protocol.ts';

const request = hostileRequest({ executable: '/python', python: '3.13.0', workload: 'spawn', values: 2 });

function value(index: number, changes: Partial<ValueEvent> = {}): ValueEvent {
  const metrics = new Map([['wall_per_unit', 1 + index]]);
  return { event: 'value', index, units: 10, ideal: null, seconds: 1, metrics, calibration: 0.01, loop: null, verified: true, ...changes };
}

function conversation(values: readonly ValueEvent[], start: Partial<NonNullable<Conversation['start']>> = {}): Conversation {
  return {
    start: { event: 'start', v: 1, workload: 'spawn', model: 'threads', python: '3.13.0', free_threaded: false, ...start },
    startedAt: 0.2,
    workload: null,
    values,
    error: null,
    end: { event: 'end', seconds: { peers: 0.1, values: 0.5 } },
    endedAt: 0.9,
    fault: null,
  };
}

test('values become columns', () => {
  expect(measuredSample(request, conversation([value(0), value(1)]))).toEqual({
    status: 'measured',
    cell: request.cell,
    round: 0,
    values: { wall_per_unit: [1, 2] },
    calibration: [0.01, 0.01],
    units: 10,
    ideal: null,
    phases: { total: 0.9, startup: 0.2, peers: 0.1, measured: 0.5 },
  });
});

const two = [value(0), value(1)];
const faults: readonly (readonly [string, Conversation, string, RegExp])[] = [
  ['no value', conversation([]), 'protocol', /without a single value/],
  ['too few', conversation([value(0)]), 'protocol', /after 1 of 2 values/],
  ['too many', conversation([...two, value(2)]), 'protocol', /after 3 of 2 values/],
  ['units moved', conversation([value(0), value(1, { units: 9 })]), 'protocol', /Value 1 has 9 units, value 0 has 10/],
  ['ideal moved', conversation([value(0), value(1, { ideal: 1 })]), 'protocol', /ideal 1, value 0 has null/],
  ['metric missing', conversation([value(0), value(1, { metrics: new Map() })]), 'protocol', /lacks the metric wall_per_unit/],
  [
    'metric added',
    conversation([
      value(0),
      value(1, {
        metrics: new Map([
          ['wall_per_unit', 1],
          ['lag', 1],
        ]),
      }),
    ]),
    'protocol',
    /has the metric lag, which value 0 lacks/,
  ],
  ['no metric', conversation([value(0, { metrics: new Map() }), value(1, { metrics: new Map() })]), 'protocol', /no metric/],
  ['not verified', conversation([value(0, { verified: false }), value(1)]), 'wrong result', /Value 0 was not verified/],
  ['other workload', conversation(two, { workload: 'chat' }), 'protocol', /Asked for spawn\/threads, it ran chat\/threads/],
  ['other model', conversation(two, { model: 'asyncio' }), 'protocol', /it ran spawn\/asyncio/],
  ['other Python', conversation(two, { python: '3.9.18' }), 'fallback', /Asked for Python 3.13.0, it ran on 3.9.18/],
  ['other build', conversation(two, { free_threaded: true }), 'fallback', /it ran on 3.13.0 free-threaded/],
];

test.for(faults)('%s', ([, heard, kind, message]) => {
  expect(measuredSample(request, heard)).toEqual({ kind, message: expect.stringMatching(message) });
});

test.for([
  ['uvloop', 'uvloop.Loop', 'measured'],
  ['uvloop', 'asyncio.unix_events._UnixSelectorEventLoop', 'fallback'],
  ['uvloop', null, 'fallback'],
  ['asyncio', 'uvloop.Loop', 'fallback'],
  ['asyncio', 'asyncio.unix_events._UnixSelectorEventLoop', 'measured'],
  ['threads', null, 'measured'],
] as const)('a cell of %s on the loop %s is %s', ([model, loop, outcome]) => {
  const asked = { ...request, cell: { ...request.cell, model: model satisfies ConcurrencyModel } };
  const sample = measuredSample(asked, conversation([value(0, { loop }), value(1, { loop })], { model }));
  expect('status' in sample ? sample.status : sample.kind).toBe(outcome);
});
