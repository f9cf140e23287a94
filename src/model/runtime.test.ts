import { expect, test } from 'vitest';
import { type Runtime, runtimeId } from './runtime.ts';

const identity = { implementation: 'cpython', python: '3.13.5', freeThreaded: false, build: '1a2b3c4d', packages: { uvloop: '0.22.1' } };

test.each<readonly [string, Partial<typeof identity>]>([
  ['threading', { freeThreaded: true }],
  ['build', { build: '5e6f7a8b' }],
  ['patch', { python: '3.13.6' }],
  ['uvloop', { packages: { uvloop: '0.23.0' } }],
])('runtimes that differ in their %s never share an id', (_, change) => {
  expect(runtimeId({ ...identity, ...change })).not.toBe(runtimeId(identity));
});

test('where it was found and what is recorded of it do not change an id', () => {
  const runtime: Runtime = { ...identity, id: '', source: 'uv' };
  const provenance = { distribution: 'debian', compiler: 'GCC 12.2.0', configArgs: '' };
  const wheels = [{ name: 'uvloop', version: '0.22.1', sha256: 'a'.repeat(64) }];
  const recorded: Runtime = { ...runtime, source: 'pyenv', provenance, wheels };
  expect(runtimeId(recorded)).toBe(runtimeId(runtime));
  expect(runtimeId(runtime)).toBe('cpython-3.13.5-gil-1a2b3c4d+uvloop-0.22.1');
});
