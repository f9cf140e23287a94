import { describe, expect, it } from 'vitest';
import { acceptanceDocument } from './acceptance-document.ts';
import { quietFigures, smallGuest } from './figures.fixture.ts';

const origin = { command: 'npm run bench:acceptance -- --quick', pullRequests: 10, seed: 'figures' };

describe('acceptanceDocument', () => {
  const figures = [quietFigures()];
  const guest = smallGuest();
  const document = acceptanceDocument(figures, guest, origin);

  it('is the same for the same figures, whatever they took to simulate', () => {
    const again = figures.map((each) => ({ ...each, secondsPerThousand: 99 }));
    expect(acceptanceDocument(again, guest, origin)).toBe(document);
  });

  it('says how it came to be', () => {
    expect(document).toContain('Written by `npm run bench:acceptance -- --quick` (seed `figures`)');
    expect(document).toContain('10 pull requests a machine that change nothing and\n3 for every other row');
  });

  it('has a row for every machine and a cell for every column', () => {
    const tables = document
      .trimEnd()
      .split('\n\n')
      .filter((block) => block.startsWith('| '));
    expect(tables).toHaveLength(7);
    for (const table of tables) {
      const [head, ...rows] = table.split('\n').map((line) => line.split('|').length);
      expect(rows.length).toBeGreaterThanOrEqual(2);
      expect(new Set(rows)).toEqual(new Set([head]));
    }
    expect(document).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('fails loudly where a study is missing', () => {
    const [first] = figures;
    if (first === undefined) throw new Error('there are no figures');
    expect(() => acceptanceDocument([{ ...first, slowed: first.slowed.slice(0, 2) }], guest, origin)).toThrow(/a study is missing/);
  });
});
