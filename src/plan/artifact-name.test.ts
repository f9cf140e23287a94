import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactName } from './artifact-name.ts';

describe('artifactName', () => {
  it('is the name itself where that is safe', () => {
    expect(artifactName('concurrency', 1)).toBe('results-concurrency-1');
    expect(artifactName('py-3-13', 256)).toBe('results-py-3-13-256');
  });

  it('keeps names apart that look alike without what is lost of them', () => {
    const names = ['nightly run', 'Nightly run', 'nightly-run', 'nightly--run', '-nightly-run', 'größe', 'gr-e', '夜間', '毎晩', '…', '-'];
    const artifacts = names.map((name) => artifactName(name, 1));
    expect(new Set(artifacts).size).toBe(names.length);
    expect(artifacts[0]).toMatch(/^results-nightly-run-[0-9a-f]{6}-1$/);
    expect(artifacts[7]).toMatch(/^results-[0-9a-f]{6}-1$/);
  });

  it('is safe in an artifact, a path and a pattern, whatever the name holds', () => {
    const property = fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (name) => {
      expect(artifactName(name, 1)).toMatch(/^results(-[a-z0-9]+)+-1$/);
      expect(artifactName(name, 1)).toBe(artifactName(name, 1));
    });
    fc.assert(property, { seed: 8, numRuns: 300 });
  });
});
