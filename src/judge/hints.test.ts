import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { metrics } from '../model/metric.ts';
import type { BrokenKind } from '../model/sample.ts';
import { brokenCauseWords, causeWords } from '../render/cause.ts';
import { type BrokenCause, brokenHintOf, type Cause, hintOf } from './hints.ts';
import type { Direction } from './metric-move.ts';

const table: readonly (readonly [Cause | null, Readonly<Record<string, Direction>>])[] = [
  ['serialised', { overlap: 'down', wall_per_unit: 'up', cpu_per_unit: 'flat' }],
  ['leak', { memory_growth: 'up' }],
  ['leak', { memory_per_unit: 'up', peak_rss: 'up' }],
  ['unbounded buffer', { most_buffered: 'up', peak_rss: 'up', wall_per_unit: 'flat' }],
  ['unbounded buffer', { peak_rss: 'up', memory_per_unit: 'flat' }],
  ['thread leak', { peak_threads: 'up', wall_per_unit: 'flat' }],
  ['blocking call', { loop_lag_p99: 'up', wall_per_unit: 'up', voluntary_switches_per_unit: 'flat' }],
  ['blocking call', { loop_lag_p99: 'up', wall_per_unit: 'up', voluntary_switches_per_unit: 'up', cpu_per_wall: 'down' }],
  ['busy threads', { loop_lag_p99: 'up', wall_per_unit: 'up', involuntary_switches_per_unit: 'up' }],
  ['thread churn', { voluntary_switches_per_unit: 'up', cpu_per_unit: 'up', wall_per_unit: 'up' }],
  ['preempted', { involuntary_switches_per_unit: 'up', wall_per_unit: 'up', cpu_per_unit: 'flat' }],
  ['slower interpreter', { calibration: 'up', wall_per_unit: 'up', cpu_per_unit: 'up' }],
  ['tail', { latency_p99: 'up', latency_p50: 'flat', wall_per_unit: 'flat' }],
  ['waiting', { wall_per_unit: 'up', cpu_per_unit: 'flat', calibration: 'flat' }],
  ['waiting', { overhead_per_unit: 'up', cpu_per_unit: 'down' }],
  ['more work', { wall_per_unit: 'up', cpu_per_unit: 'up', calibration: 'flat' }],
  [null, { wall_per_unit: 'flat', cpu_per_unit: 'flat' }],
  [null, { wall_per_unit: 'up', cpu_per_unit: 'unclear' }],
  [null, { wall_per_unit: 'down', cpu_per_unit: 'down', peak_rss: 'down', overlap: 'up', peak_threads: 'down' }],
  [null, {}],
];

describe('the likely cause of moved metrics', () => {
  test.each(table)('%s: %o', (cause, moves) => {
    expect(hintOf(new Map(Object.entries(moves)), 'asyncio')).toBe(cause);
  });

  test('a slower interpreter explains a single thread alone', () => {
    const moves = new Map(Object.entries({ calibration: 'up', wall_per_unit: 'up', cpu_per_unit: 'up' } as const));
    expect(hintOf(moves, 'threads')).toBe('more work');
  });

  test('any moves have an answer, and every cause has its words', () => {
    const ids = [...metrics.map(({ id }) => id), 'calibration', 'memory_growth', 'most_buffered', 'own'];
    const direction = fc.constantFrom<Direction>('up', 'down', 'flat', 'unclear');
    const moves = fc.array(fc.tuple(fc.constantFrom(...ids), direction));
    fc.assert(
      fc.property(moves, fc.constantFrom(...concurrencyModels), (given, model) => {
        const cause = hintOf(new Map(given), model);
        if (cause !== null) expect(causeWords(cause)).toMatch(/^This looks like .+\.$/);
        if (given.every(([, way]) => way === 'flat' || way === 'unclear')) expect(cause).toBeNull();
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

const broken: readonly (readonly [BrokenCause | null, BrokenKind, string])[] = [
  ['uvloop not running', 'fallback', 'Value 0 of an uvloop cell ran on the loop asyncio.unix_events._UnixSelectorEventLoop.'],
  [
    'uvloop not running',
    'fallback',
    'It did not run as asked: FallbackError: the uvloop model ran on asyncio.Loop; its figures would belong elsewhere.',
  ],
  ['GIL enabled', 'fallback', 'It did not run as asked: FallbackError: this free-threaded build runs with the global interpreter lock.'],
  ['other interpreter', 'fallback', 'Asked for Python 3.14.0 free-threaded, it ran on 3.14.0.'],
  [
    'wrong order',
    'wrong result',
    'Verification failed with AssertionError: the calls ran in another order than they were handed over: call 3 at place 2.',
  ],
  ['lost', 'wrong result', 'Verification failed with AssertionError: 12799 of 12800 messages arrived (chat_server.py:88).'],
  ['lost', 'wrong result', 'Verification failed with AssertionError: the clients gave up: timeout; 40 deliveries were lost.'],
  ['left over', 'wrong result', 'Verification failed with AssertionError: 12 tasks or threads are left of 6000 operations.'],
  [null, 'wrong result', 'Verification failed with AssertionError: an assertion without a message failed.'],
  ['stuck', 'timeout', 'Killed after 60 s, after 0 of 3 values, before its end line.'],
  ['exhausted', 'error', "Its run failed with RuntimeError: can't start new thread (spawn.py:12)."],
  [null, 'error', 'Its run failed with ValueError: no.'],
  ['killed', 'crash', 'It died by SIGKILL of someone else (often for want of memory) after 1 of 3 values, before its end line.'],
  [null, 'crash', 'It died by SIGSEGV before its first line.'],
  [null, 'protocol', 'It broke the worker protocol: no line.'],
  [null, 'refused', 'Its import failed with ImportError: no module.'],
];

describe('the likely cause of a broken cell', () => {
  test.each(broken)('%s: %s, %s', (cause, kind, message) => {
    expect(brokenHintOf(kind, message)).toBe(cause);
    if (cause !== null) expect(brokenCauseWords(cause)).toMatch(/^This looks like .+\.$/);
  });
});
