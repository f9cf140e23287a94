import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Installer } from './installer.ts';
import { discoveryOf } from './requested-pythons.fixture.ts';
import { mostUvloops, mostUvloopsOfRange } from './requested-uvloops.ts';
import { chooseUvloops } from './uvloop-choice.ts';

describe('mostUvloops', () => {
  it.each([
    [[], 0],
    [['latest'], 1],
    [['latest', '0.22', '0.22.1', 'latest'], 3],
    [['0.19-0.22'], 4],
    [['0.19-0.22', 'latest'], 5],
    [['0.1-0.400'], mostUvloopsOfRange],
    [['>=0.20'], mostUvloopsOfRange],
    [['0.20-1.2'], mostUvloopsOfRange],
    [['0.22-0.19'], 0],
  ])('of %j are %d', (requested, expected) => {
    expect(mostUvloops(requested)).toBe(expected);
  });

  it('refuses what is no version, so that a plan does not pass it on', () => {
    expect(() => mostUvloops(['latest', '0.22;x'])).toThrow(/uvloop version "0.22;x" is not a version/);
  });

  it('is no fewer than a range is ever met with', async () => {
    const minors = (count: number) => Array.from({ length: count }, (_, index) => ({ major: 0, minor: count - index }));
    const chosenOf = async (count: number) => {
      const versions = async () => ({ ok: true, minors: minors(count) }) as const;
      const installer = { name: 'pip', versions } as unknown as Installer;
      const options = { requested: ['>=0.1'], interpreters: discoveryOf('3.13.0').interpreters, installer, now: () => 0 };
      const { requirements } = await chooseUvloops({ ...options, folder: await mkdtemp(join(tmpdir(), 'uvloops-')) });
      return requirements.length;
    };
    expect(await chosenOf(mostUvloopsOfRange)).toBe(mostUvloopsOfRange);
    await expect(chosenOf(mostUvloopsOfRange + 1)).rejects.toThrow(/stands for 31 minor versions/);
  });
});
