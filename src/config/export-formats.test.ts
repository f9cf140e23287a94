import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (exports: unknown) => readOptions([{ source: 'input', given: { exports } }]).exports;

describe('exports', () => {
  it.each([
    [undefined, []],
    ['none', []],
    ['csv, junit\npyperf csv', ['csv', 'junit', 'pyperf']],
    [['openmetrics'], ['openmetrics']],
  ])('takes %j', (given, formats) => {
    expect(read(given)).toEqual(formats);
  });

  it.each([
    [
      'xml',
      'input "exports": "xml" is no export format; choose from pyperf, csv, junit, openmetrics, bencher, github-action-benchmark, or none.',
    ],
    ['constructor', '"constructor" is no export format'],
    ['none,csv', '"none" stands alone'],
    [{}, 'is not a list of formats'],
  ])('refuses %j', (given, message) => {
    expect(() => read(given)).toThrow(message);
  });
});
