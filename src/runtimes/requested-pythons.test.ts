import { describe, expect, it } from 'vitest';
import type { Discovery } from './interpreter.ts';
import { planPythons } from './requested-pythons.ts';

function discovery(...versions: readonly string[]): Discovery {
  const interpreters = versions.map((label) => {
    const freeThreaded = label.endsWith('t');
    const facts = {
      version: label.replace(/t$/, ''),
      implementation: 'cpython',
      freeThreaded,
      build: '1a2b3c4d',
      executable: `/opt/${label}/bin/python`,
      basePrefix: `/opt/${label}`,
      venv: true,
      ensurepip: true,
    };
    return {
      facts,
      realPath: facts.executable,
      source: 'pyenv',
      names: [facts.executable],
      environment: {},
    } as unknown as Discovery['interpreters'][number];
  });
  return { interpreters, refused: [], searched: [] };
}

const atHand = discovery('3.12.1', '3.13.0', '3.13.5t');

describe('planPythons', () => {
  it('passes single versions and paths on as they were asked for, also what is not at hand here', () => {
    const { pythons, unavailable } = planPythons(['3.9', '3.14t', '3.13.0', '/opt/python', '3.9'], atHand);
    expect(pythons).toEqual(['3.9', '3.14t', '3.13.0', '/opt/python']);
    expect(unavailable).toEqual([]);
  });

  it('takes a range with an end apart, and looks one without an end up', () => {
    expect(planPythons(['3.9-3.11', '3.13-3.14t'], atHand).pythons).toEqual(['3.9', '3.10', '3.11', '3.13t', '3.14t']);
    expect(planPythons(['>=3.13'], atHand).pythons).toEqual(['3.13']);
    expect(planPythons(['3.11-3.9'], atHand).unavailable).toHaveLength(1);
  });

  it('looks up what stands for several, as minor versions: the jobs may have other patch releases', () => {
    expect(planPythons(['all'], atHand).pythons).toEqual(['3.12', '3.13', '3.13t']);
    expect(planPythons([], atHand).pythons).toEqual(['3.12', '3.13']);
  });

  it('says what it could not read', () => {
    const { pythons, unavailable } = planPythons(['newest', '3.13'], atHand);
    expect(pythons).toEqual(['3.13']);
    expect(unavailable).toEqual([expect.objectContaining({ requested: 'newest' })]);
  });
});
