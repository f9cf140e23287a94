import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { statedPairs, visibleEffect } from '../src/judge/pair-noise.ts';

const document = readFileSync(join(import.meta.dirname, '..', 'docs', 'statistics.md'), 'utf8');

/** What trimming costs in standard error where noise is normal. */
const trimmingCost = 1.06;

it.each([2, 5, 8, 15, 30])('docs/statistics.md says what pairs of a spread of %d % see', (spread) => {
  const measured = { error: (trimmingCost * spread) / 100, pairs: 1, control: { kind: 'off' } } as const;
  const cells = statedPairs.map((pairs) => `${Number((visibleEffect(measured, pairs) * 100).toPrecision(2))} %`);
  expect(document).toContain(`| ${[`${spread} %`, ...cells].join(' | ')} |`);
});

it.each(['quiet', 'hostedSame', 'hosted', 'hostile'])(
  'docs/statistics.md says what stored runs exclude on %s, as docs/acceptance.md does',
  (machine) => {
    const acceptance = readFileSync(join(import.meta.dirname, '..', 'docs', 'acceptance.md'), 'utf8');
    const section = acceptance.split('## Stored runs alone')[1]?.split('\n## ')[0] ?? '';
    const cells =
      section
        .split('\n')
        .find((line) => line.startsWith(`| ${machine} |`))
        ?.split(' | ') ?? [];
    const shares = cells.slice(-3).map((cell) => Number.parseFloat(cell));
    expect(shares.every((share) => share > 0)).toBe(true);
    expect(document).toContain(`${shares.join(' / ')} %`);
  },
);
