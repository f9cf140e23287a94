import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const nothing = { kind: 'export', results: ['r.json'], format: 'csv', output: null, flags: {} };

describe('export', () => {
  it.each([
    [['r.json', '--format', 'csv'], {}],
    [['a.json', 'b/*.json', '--format=junit'], { results: ['a.json', 'b/*.json'], format: 'junit' }],
    [
      ['r.json', '--format', 'csv', '--output', 'x.csv', '--baseline-path', 'stored'],
      { output: 'x.csv', flags: { 'baseline-path': 'stored' } },
    ],
  ])('understands %j', (argv, read) => {
    expect(readArguments(['export', ...argv])).toEqual({ ...nothing, ...read });
  });

  it.each([
    [['--format', 'csv'], 'export takes results files, none is given. Write: concurrency-regressions export RESULTS.json --format csv'],
    [['r.json'], 'export: --format is not given. The formats are pyperf, csv, junit, openmetrics, bencher, github-action-benchmark.'],
    [['r.json', '--format', 'toString'], 'export: --format is "toString". The formats are pyperf,'],
    [['r.json', '--format', 'csv', '--results', 'x'], "export: Unknown option '--results'."],
  ])('refuses %j', (argv, message) => {
    expect(() => readArguments(['export', ...argv])).toThrow(message);
  });
});
