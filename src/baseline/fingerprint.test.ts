import { describe, expect, it } from 'vitest';
import { fixtureMachine, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { runtimeId } from '../model/runtime.ts';
import { fingerprint, machineFingerprint } from './fingerprint.ts';

const built = (build: string, version = '3.13.5') => {
  const runtime = { ...fixtureRuntime(version), build };
  return { ...runtime, id: runtimeId(runtime) };
};

describe('a fingerprint', () => {
  it.each([
    ['a free-threaded and a GIL build of one version', built('1a2b3c4d'), built('1a2b3c4d', '3.13.5t')],
    ['a build of uv and one of the tool cache', built('1a2b3c4d'), built('99aabbcc')],
  ])('is not shared by %s', (_, one, other) => {
    expect(fingerprint(fixtureMachine, one)).not.toBe(fingerprint(fixtureMachine, other));
  });

  it('says what it is of', () => {
    expect(fingerprint(fixtureMachine, built('1a2b3c4d', '3.13.5t'))).toBe(
      'github-hosted-ubuntu24_linux-ubuntu-24.04_x64_2cpu_cpython-3.13.5-free-threaded-1a2b3c4d+uvloop-0.22.1_peer-3.12.3-1a2b3c4d',
    );
  });

  it('is a file name however long the names are, and another one for other names', () => {
    const long = (end: string) => `self-hosted ${'x'.repeat(300)}${end}`;
    const keys = ['a', 'b'].map((end) =>
      fingerprint(
        { ...fixtureMachine, runnerClass: long(end), os: long(end), peerPython: long(end) },
        { ...fixtureRuntime('3.13.0'), id: long(end) },
      ),
    );
    expect(new Set(keys).size).toBe(2);
    // A temporary sibling adds a UUID.
    for (const key of keys) expect(`${key}.jsonl.${'0'.repeat(36)}.tmp`.length).toBeLessThan(256);
  });

  it.each(['../../etc/passwd', '..', '.hidden', 'a/b\\c', 'CON\u0000', '💥'])('stays inside its folder for %s', (hostile) => {
    const key = fingerprint({ ...fixtureMachine, runnerClass: hostile }, { ...fixtureRuntime('3.13.0'), id: hostile });
    expect(key).toMatch(/^[a-z0-9_][a-z0-9_.+-]*$/);
  });

  it('begins and ends alike for all runtimes of a machine', () => {
    const { before, after } = machineFingerprint(fixtureMachine);
    const key = fingerprint(fixtureMachine, built('1a2b3c4d'));
    expect([key.startsWith(before), key.endsWith(after)]).toEqual([true, true]);
  });
});
