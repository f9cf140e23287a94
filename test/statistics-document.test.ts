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
