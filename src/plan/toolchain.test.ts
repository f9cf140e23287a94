import { describe, expect, it } from 'vitest';
import type { Runtime } from '../model/runtime.ts';
import { movedToolchains, moveText } from './toolchain.ts';

const runtime = (python: string, uvloop: string | null, part: Partial<Runtime> = {}): Runtime => ({
  id: `${python}-${uvloop}-${part.build ?? 'a'}-${part.freeThreaded ?? false}`,
  python,
  implementation: 'cpython',
  freeThreaded: false,
  build: 'a',
  source: 'PATH',
  packages: uvloop === null ? {} : { uvloop },
  ...part,
});

describe('movedToolchains', () => {
  it('finds what took the place of a stored runtime, the newest of them', () => {
    const now = runtime('3.14.7', '0.23.0');
    const stored = [runtime('3.14.6', '0.22.1'), runtime('3.14.5', '0.22.1')];
    expect(movedToolchains([now], stored)).toEqual([{ base: stored[0], head: now }]);
  });

  it('takes the one with the same uvloop where there are several', () => {
    const heads = [runtime('3.14.7', '0.22.1'), runtime('3.14.7', '0.23.0')];
    const stored = [runtime('3.14.6', '0.22.1'), runtime('3.14.6', '0.23.0')];
    expect(movedToolchains(heads, stored).map(({ base }) => base)).toEqual(stored);
  });

  it.each<[string, Runtime[], Runtime[]]>([
    ['it has stored runs itself', [runtime('3.14.7', '0.23.0')], [runtime('3.14.7', '0.23.0'), runtime('3.14.6', '0.23.0')]],
    ['another minor version is another Python', [runtime('3.14.0', null)], [runtime('3.13.9', null)]],
    ['uvloop came or went', [runtime('3.14.7', '0.23.0')], [runtime('3.14.6', null)]],
    ['threading differs', [runtime('3.14.7', null, { freeThreaded: true })], [runtime('3.14.6', null)]],
    ['nothing is stored', [runtime('3.14.7', null)], []],
  ])('finds nothing where %s', (_, head, stored) => {
    expect(movedToolchains(head, stored)).toEqual([]);
  });
});

describe('moveText', () => {
  it.each([
    [runtime('3.14.6', '0.22.1'), runtime('3.14.7', '0.23.0'), 'Python 3.14.6 → 3.14.7, uvloop 0.22.1 → 0.23.0'],
    [runtime('3.14.6', '0.22.1'), runtime('3.14.6', '0.23.0'), 'uvloop 0.22.1 → 0.23.0'],
    [runtime('3.14.6', null), runtime('3.14.6', null, { build: 'b' }), 'another build of Python 3.14.6'],
  ])('says what moved', (base, head, text) => {
    expect(moveText({ base, head })).toBe(text);
  });
});
