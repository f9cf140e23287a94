import { expect, test } from 'vitest';
import { isInterpreterPath, parseRuntimeRequest } from './runtime-request.ts';

const v = (major: number, minor: number) => ({ major, minor });

test.each([
  ['3.13', { kind: 'minor', major: 3, minor: 13, freeThreaded: false }],
  ['3.13t', { kind: 'minor', major: 3, minor: 13, freeThreaded: true }],
  ['3.13.0', { kind: 'exact', version: '3.13.0', major: 3, minor: 13, freeThreaded: false }],
  ['3.13.5t', { kind: 'exact', version: '3.13.5', major: 3, minor: 13, freeThreaded: true }],
  ['3.15.0rc1', { kind: 'exact', version: '3.15.0rc1', major: 3, minor: 15, freeThreaded: false }],
  ['latest', { kind: 'latest', freeThreaded: false }],
  ['3.10-3.13', { kind: 'range', range: { from: v(3, 10), to: v(3, 13) }, freeThreaded: false }],
  ['3.13-3.15t', { kind: 'range', range: { from: v(3, 13), to: v(3, 15) }, freeThreaded: true }],
  ['3.13t-3.15t', { kind: 'range', range: { from: v(3, 13), to: v(3, 15) }, freeThreaded: true }],
  ['>=3.11', { kind: 'range', range: { from: v(3, 11), to: undefined }, freeThreaded: false }],
  ['>=3.13t', { kind: 'range', range: { from: v(3, 13), to: undefined }, freeThreaded: true }],
  ['all', { kind: 'all' }],
  ['/usr/bin/python3', { kind: 'path' }],
  ['venv/bin/python', { kind: 'path' }],
  ['~/python', { kind: 'path' }],
])('%j is read', (request, expected) => {
  expect(parseRuntimeRequest(request)).toEqual(expected);
});

test.each([
  '',
  '3',
  '3.x',
  '<3.9',
  '3.10-',
  '3.13t-3.15',
  '>=3.13tt',
  'latestt',
  'python3.13',
  'pypy3.10',
  '3.13 ',
  '3.13T',
  'ALL',
  '--version',
])('%j is malformed', (request) => {
  expect(parseRuntimeRequest(request)).toEqual({ kind: 'malformed' });
  expect(isInterpreterPath(request)).toBe(false);
});
