import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellName, cellsNamed } from '../../bench/real/cells.ts';
import { cpuBoundPairs } from '../../bench/real/control-section.ts';
import { realDocument } from '../../bench/real/document.ts';
import type { LiveComparison } from '../../bench/real/live-file.ts';
import { countWithInterval } from '../../bench/real/markdown-table.ts';
import { pairSets } from '../../bench/real/pair-sets.ts';
import { bystander, drawNull, drawPlanted, isFlag, judge, mostPairs } from '../../bench/real/pull-requests.ts';
import { realFigures } from '../../bench/real/real-figures.ts';
import { writeTable } from '../../bench/real/table.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { drawnRecord, type RecordRecipe, recipeLine } from './real.fixture.ts';

const cells = cellsNamed(['spawn/asyncio', 'lock/asyncio', 'context_switch/threads']);
const setsOf = (recipe: RecordRecipe = {}) => pairSets(drawnRecord({ cells, ...recipe })).cells;
const first = (recipe: RecordRecipe = {}) => {
  const [set] = setsOf(recipe);
  if (set === undefined) throw new Error('no cell');
  return set;
};
const figuresOf = (recipe: RecordRecipe = {}) => realFigures(setsOf(recipe), { draws: 100, seed: 1 });
const loudThreads: RecordRecipe = { noise: ({ kind }) => (kind === 'thread hand-off' ? 0.3 : 0.015) };

describe('recorded pairs', () => {
  it('become differences of process values and of the loop, as the program makes them', () => {
    const set = first({ planted: Math.log(1.1) });
    expect(set.null.differences).toHaveLength(60);
    expect(set.planted.differences).toHaveLength(40);
    expect(set.null.control).toMatchObject({ kind: 'on' });
  });

  it('are left out by name where there are too few', () => {
    const { cells: enough, tooFew } = pairSets(drawnRecord({ cells, nulls: 39 }));
    expect(enough).toEqual([]);
    expect(tooFew).toEqual(cells.map(cellName));
    expect(pairSets({ ...drawnRecord({ cells }), recipe: null })).toEqual({ cells: [], tooFew: [] });
  });
});

describe('drawn pairs', () => {
  it('are null pairs without repeats, with the sign of a coin for metric and loop together', () => {
    const set = first();
    const drawn = drawNull(set, seededRandom('draw'));
    expect(new Set(drawn.differences.map(Math.abs)).size).toBe(mostPairs);
    const loop = set.null.control.kind === 'on' ? set.null.control.differences : [];
    const signs = drawn.differences.map((difference, place) => {
      const index = set.null.differences.findIndex((each) => Math.abs(each) === Math.abs(difference));
      const sign = difference / (set.null.differences[index] ?? Number.NaN);
      expect(drawn.control.kind === 'on' && drawn.control.differences[place]).toBeCloseTo(sign * (loop[index] ?? Number.NaN), 12);
      return sign;
    });
    expect(new Set(signs)).toEqual(new Set([1, -1]));
  });

  it('keep their side where they are drawn as measured', () => {
    const set = first();
    const drawn = drawNull(set, seededRandom('draw'), 'as measured');
    expect(drawn.differences.every((difference) => set.null.differences.includes(difference))).toBe(true);
  });

  it('are judged look by look: a slowdown takes 20 pairs at least, a quiet cell is cleared after 10', () => {
    const set = first({ noise: () => 0.01, speed: 0.001 });
    const judged = judge([{ ...drawPlanted(set, seededRandom('p')), id: 'slow' }, drawNull(set, seededRandom('n'))], 'on');
    expect(judged.get('slow')).toEqual({ kind: 'regression', pairs: 20 });
    expect(judged.get(set.name)).toEqual({ kind: 'cleared', pairs: 10 });
  });

  it('count bystanders in the correction', () => {
    const set = first({ noise: () => 0.055, speed: 0.001 });
    const caught = (others: number) =>
      Array.from({ length: 60 }, (_, draw) => {
        const beside = Array.from({ length: others }, (__, index) => bystander(`other ${index}`));
        return judge([drawPlanted(set, seededRandom(`p${draw}`)), ...beside], 'off').get(set.name);
      }).filter((each) => each !== undefined && isFlag(each)).length;
    expect(caught(2000)).toBeLessThan(caught(0));
  });
});

describe('the figures', () => {
  it('are the same for the same record and seed', () => {
    expect(figuresOf()).toEqual(figuresOf());
  });

  it('flag next to nothing where nothing changed, and catch 10 % where the noise allows it', () => {
    const { nothing, one, every, cells: each } = figuresOf(loudThreads);
    expect(nothing.on.count).toBeLessThanOrEqual(2);
    expect(one.on.resolving.caught.count).toBe(one.on.resolving.caught.of);
    expect(one.on.resolving.caught.of + one.on.others.caught.of).toBe(100);
    expect(every.on).toEqual({ count: 100, of: 100 });
    const threads = each.find(({ cell }) => cell.kind === 'thread hand-off');
    expect(threads?.smallestEffect.on).toBeGreaterThan(0.1);
    expect(threads?.caught.on).toBeLessThan(0.5);
    expect(one.on.others.missed.of).toBeGreaterThan(0);
  });

  it('show a bias of the second tree where sides are as measured, and not where a coin names them', () => {
    const { nothing, nothingAsMeasured } = figuresOf({ noise: () => 0.01, bias: Math.log(1.08) });
    expect(nothingAsMeasured.on.count).toBe(100);
    expect(nothing.on.count).toBeLessThan(10);
  });

  it('state how many pairs the loop saves where it sees the noise, and that it saves none where it does not', () => {
    const seen = figuresOf({ noise: () => 0.01, speed: 0.05 });
    expect(cpuBoundPairs(seen)).toBeLessThan(0.2);
    expect(seen.cells[0]?.spread.on).toBeLessThan(seen.cells[0]?.spread.off ?? 0);
    expect(cpuBoundPairs(figuresOf({ noise: () => 0.05, speed: 0.0001 }))).toBeCloseTo(1, 1);
    expect(cpuBoundPairs({ cells: [] })).toBeNaN();
  });

  it('state the planted slowdown as it was measured', () => {
    const [cell] = figuresOf({ planted: Math.log(1.2), noise: () => 0.01 }).cells;
    expect(cell?.planted.share).toBeCloseTo(0.2, 1);
    expect(cell?.planted.low).toBeLessThan(cell?.planted.share ?? 0);
  });
});

describe('shares', () => {
  it('have exact intervals', () => {
    // Clopper and Pearson: 0 of 100 leaves 1 - 0.025^(1/100).
    expect(countWithInterval({ count: 0, of: 100 })).toBe(`0 of 100 (0 % [0.0, ${((1 - 0.025 ** 0.01) * 100).toFixed(1)}])`);
    expect(countWithInterval({ count: 0, of: 0 })).toBe('none drawn');
  });
});

describe('the document', () => {
  const documentOf = (recipe: RecordRecipe, live: readonly LiveComparison[] = []) => {
    const record = drawnRecord({ cells, ...recipe });
    const { cells: sets, tooFew } = pairSets(record);
    const figures = realFigures(sets, { draws: 50, seed: 1 });
    return realDocument({ record: { ...record, recipe: recipeLine }, tooFew, figures, live, draws: 50, seed: 1 });
  };

  it('names the cells that cannot see 10 %', () => {
    const text = documentOf(loudThreads);
    expect(text).toContain('**1 of 3 cells cannot see 10 % here in 40 pairs:** context_switch threads');
    expect(documentOf({ noise: () => 0.01 })).toContain('Every cell, those with threads too, can see 10 %');
  });

  it('claims no goal that was not measured or not reached', () => {
    const text = documentOf({ noise: () => 0.05, speed: 0.0001 });
    expect(text).toMatch(/control variate, at equal power \| ≤ 50 % \| \d+ % \(median\) \| \*\*no\*\* \|/);
    expect(text).toContain('| live: nothing changed, nothing flagged | all | not run yet | **no** |');
    expect(text).toContain('**Not half the process runs:**');
  });

  it('is written from the record of a file, and refused where that holds too little', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'table-'));
    const [record, live, document] = ['record.jsonl', 'live.jsonl', 'real.md'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const { plantings, pairs } = drawnRecord({ cells });
    writeFileSync(record, `${[recipeLine, ...plantings, ...pairs].map((line) => JSON.stringify(line)).join('\n')}\n`);
    const text = await writeTable({ record, live, document, draws: 20, seed: 1 });
    expect(readFileSync(document, 'utf8')).toBe(text);
    await expect(writeTable({ record: live, live, document, draws: 20, seed: 1 })).rejects.toThrow('holds no cell with 40 null');
  });
});
