import { describe, expect, test } from 'vitest';
import { fixtureJudgement, type JudgementRecipe } from '../../test/fixtures/judgement/factory.ts';
import { type FixtureCell, flagged, pairedNoChange, tooNoisy, unpaired } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { indexCells } from '../judge/cell-index.ts';
import type { CellVerdict } from '../judge/cell-verdict.ts';
import type { Cell } from '../model/cell.ts';
import { brokenInRun, brokenRows } from './broken.ts';
import { familyMoves } from './family-moves.ts';
import { verdictTable } from './verdicts.ts';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const fanOut = bundledFigures['fan_out_five'] ?? spawn;
const results = fixtureResults({ run: 9, workloads: { spawn, other: spawn }, runtimes: [fixtureRuntime('3.13.0')] });

const rowsOf = (recipe: Partial<JudgementRecipe>) => fixtureJudgement({ results, confirmation: {}, ...recipe }).cells;
const tableOf = (recipe: Partial<JudgementRecipe>) => verdictTable(rowsOf(recipe));
const names = (rows: readonly { readonly cell: Cell }[]) => rows.map(({ cell }) => `${cell.workload} ${cell.model}`);

describe('verdict table', () => {
  test('puts regressions before improvements, and larger changes first', () => {
    const ratios: Readonly<Record<string, number>> = {
      'spawn threads': 1.1,
      'spawn uvloop': 0.5,
      'other uvloop': 1.9,
      'other asyncio': 0.8,
    };
    const { changed } = tableOf({
      verdict: (known) => {
        const ratio = ratios[`${known.cell.workload} ${known.cell.model}`];
        return ratio === undefined ? null : flagged(known, { ratio });
      },
    });
    expect(names(changed)).toEqual(['other uvloop', 'spawn threads', 'spawn uvloop', 'other asyncio']);
  });

  test('a size is told by how much worse it is, whichever direction is good', () => {
    const overlap = fixtureResults({ run: 9, workloads: { fan: { ...fanOut, gate: 'overlap' } }, runtimes: [fixtureRuntime('3.13.0')] });
    const { open } = verdictTable(
      fixtureJudgement({
        results: overlap,
        verdict: (known) => tooNoisy(known, { ratio: known.cell.model === 'threads' ? 0.5 : known.cell.model === 'asyncio' ? 1.5 : 1 }),
      }).cells,
    );
    expect(open[0]?.cell.model).toBe('threads');
    expect(open.at(-1)?.cell.model).toBe('asyncio');
  });

  test('puts suspected cells first and cells without a figure last, and counts doubts', () => {
    const said: Readonly<Record<string, (known: FixtureCell) => CellVerdict>> = {
      'other executor': (known) => unpaired(known, { kind: 'not confirmed', suspected: true }, 1.02),
      'spawn executor': (known) => unpaired(known, { kind: 'not re-measured', why: 'time budget' }),
      'spawn threads': (known) => unpaired(known, { kind: 'not deterministic' }),
      'spawn asyncio': (known) => tooNoisy(known, { ratio: 1.1 }),
      'other asyncio': (known) => tooNoisy(known, { ratio: 1.3 }),
    };
    const { open, doubts, suspected, counts } = tableOf({
      verdict: (known) => said[`${known.cell.workload} ${known.cell.model}`]?.(known) ?? null,
    });
    expect(names(open).slice(0, 3)).toEqual(['other executor', 'other asyncio', 'spawn asyncio']);
    expect(doubts).toEqual({
      'too noisy': 2,
      'not re-measured': 1,
      'not confirmed': 1,
      'not deterministic': 1,
      'family open': 0,
      'no estimate': 0,
    });
    expect(suspected).toBe(1);
    expect(counts.inconclusive).toBe(5);
  });

  test('tells what cleared the unchanged cells, and against which targets', () => {
    const threshold = ({ workload }: Cell) => ({ target: workload === 'other' ? 0.25 : 0.1, margin: 0.05 });
    const table = tableOf({ verdict: (known) => (known.cell.workload === 'other' ? pairedNoChange(known) : null), threshold });
    expect(table.cleared).toEqual({ pairs: 5, stored: 5 });
    expect(table.targets).toEqual({ least: 0.1, most: 0.25 });
    expect(tableOf({ verdict: (known) => tooNoisy(known) }).targets).toBeNull();
  });

  test('groups what could not be compared by its reason', () => {
    const gone: Cell = { workload: 'gone', model: 'threads', runtime: 'r', params: '' };
    const table = tableOf({
      verdict: ({ cell }) =>
        cell.workload === 'other'
          ? { verdict: 'new', reason: 'a' }
          : { verdict: 'not comparable', reason: cell.model === 'uvloop' ? 'b' : 'c' },
      missing: [{ cell: gone, reason: 'd' }],
    });
    expect(table.fresh.map(({ reason, cells }) => [reason, cells.length])).toEqual([['a', 5]]);
    expect(table.notComparable.map(({ reason, cells }) => [reason, cells.length])).toEqual([
      ['c', 4],
      ['b', 1],
    ]);
    expect(table.missing).toEqual([{ reason: 'd', cells: [gone] }]);
  });
});

describe('broken rows', () => {
  const fault = { kind: 'crash', message: 'signal 9', output: 'x' } as const;

  test('tell the share of broken processes of a run, and the side of a broken pair', () => {
    const partly = fixtureResults({
      run: 9,
      workloads: { spawn },
      runtimes: [fixtureRuntime('3.13.0')],
      breaks: ({ model }, round) => (model === 'threads' && round < 2 ? fault : null),
    });
    const { cells } = fixtureJudgement({
      results: partly,
      verdict: ({ cell }) => (cell.model === 'asyncio' ? { verdict: 'broken', side: 'base', ...fault } : null),
    });
    const index = indexCells(partly);
    const rows = brokenRows(verdictTable(cells).broken, index);
    expect(rows).toContainEqual(expect.objectContaining({ where: 'run', broken: 2, processes: 5, message: 'signal 9' }));
    expect(rows).toContainEqual(expect.objectContaining({ where: 'pair', side: 'base', message: 'signal 9' }));
    expect(rows).toHaveLength(2);
    expect(brokenInRun(index).map(({ cell }) => cell.model)).toEqual(['threads']);
  });
});

describe('family moves', () => {
  const ratios: Readonly<Record<string, number>> = { asyncio: 1.1, uvloop: 1.2 };
  const slower = rowsOf({ verdict: (known) => flagged(known, { ratio: ratios[known.cell.model] ?? 0.9 }) });

  test('tell how many cells of a family went which way, and how far', () => {
    const [computing, handOff] = familyMoves(slower, ['computing', 'hand-off']);
    expect(computing).toMatchObject({ family: 'computing', direction: 'regression', moved: 4, cells: 4 });
    expect(computing?.least).toBeCloseTo(0.1);
    expect(computing?.most).toBeCloseTo(0.2);
    expect(handOff).toMatchObject({ family: 'hand-off', direction: 'improvement', moved: 6, cells: 6 });
    expect(handOff?.least).toBeCloseTo(0.1);
  });

  test('leave out a family of which nothing was confirmed', () => {
    expect(familyMoves(rowsOf({}), ['computing'])).toEqual([]);
    expect(familyMoves(slower, ['waiting'])).toEqual([]);
  });
});
