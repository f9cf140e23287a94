import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concurrencyModels } from '../../model/concurrency-model.ts';
import { jsonBytes } from './fitting.ts';
import { type BareCell, packCells, unpackCells } from './packed-cells.ts';
import { verdictWords } from './verdict-marks.ts';

const figure = fc.double({ noNaN: true, noDefaultInfinity: true });

const change = fc.record({
  ratio: figure,
  interval: fc.option(fc.tuple(figure, figure)),
  margin: figure,
  target: figure,
  restsOn: fc.string(),
  controlled: fc.boolean(),
});

const cell: fc.Arbitrary<BareCell> = fc.record({
  workload: fc.string(),
  params: fc.string(),
  model: fc.constantFrom(...concurrencyModels),
  runtime: fc.integer({ min: -1, max: 20 }),
  verdict: fc.constantFrom(...verdictWords),
  why: fc.string(),
  metric: fc.option(fc.nat(20)),
  figures: fc.option(fc.record({ base: figure, head: figure })),
  change: fc.option(change),
});

test('cells come out as they went in, through JSON too', () => {
  fc.assert(
    fc.property(fc.array(cell), (cells) => {
      const page = JSON.parse(JSON.stringify(packCells(cells, Number.POSITIVE_INFINITY)));
      expect(unpackCells(page)).toEqual(JSON.parse(JSON.stringify(cells)));
    }),
    { seed: 7 },
  );
});

test('as many cells as there is room for, in their order, and no text of another', () => {
  fc.assert(
    fc.property(fc.array(cell), fc.nat(2000), (cells, limit) => {
      const page = packCells(cells, limit);
      expect(jsonBytes(page.rows) - 2).toBeLessThanOrEqual(Math.max(0, limit));
      expect(unpackCells(page)).toEqual(unpackCells(packCells(cells, Number.POSITIVE_INFINITY)).slice(0, page.rows.length));
    }),
    { seed: 8 },
  );
});
