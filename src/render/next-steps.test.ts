import { describe, expect, test } from 'vitest';
import { fixtureBase, fixtureJudgement, type JudgementRecipe } from '../../test/fixtures/judgement/factory.ts';
import { type FixtureCell, flagged, tooNoisy, unpaired } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures, type FixtureWorkload } from '../../test/fixtures/results/figures.ts';
import type { CellVerdict } from '../judge/cell-verdict.ts';
import type { Results } from '../model/results.ts';
import { notReached } from '../plan/ending.ts';
import { buildReport } from '../tables/report.ts';
import { markdownOf } from './markdown.ts';
import { nextStepBlocks } from './next-steps.ts';
import { terminalOf } from './terminal.ts';

const spawn: FixtureWorkload = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const runtimes = ['3.12.1', '3.13.0'].map((version) => fixtureRuntime(version));

interface Recipe extends Partial<Omit<JudgementRecipe, 'results'>> {
  readonly workloads?: Readonly<Record<string, FixtureWorkload>>;
  /** Fields of the results that are not as in a run that ended by itself. */
  readonly also?: Partial<Results>;
  /** Left out: three. */
  readonly storedRuns?: readonly number[];
  readonly storesBaseline?: boolean;
}

function blocks({ workloads = { spawn, other: spawn }, also = {}, storedRuns = [1, 2, 3], storesBaseline = false, ...recipe }: Recipe) {
  const results = fixtureResults({ run: 9, workloads, runtimes, also });
  const baselineRuns = storedRuns.map((run) => fixtureResults({ run, workloads, runtimes, processes: 1 }));
  const judgement = fixtureJudgement({ results, ...recipe });
  return nextStepBlocks(buildReport({ results, baselineRuns, storesBaseline, judgement }));
}

/** The next steps on one line. */
const steps = (recipe: Recipe) => terminalOf(blocks(recipe), { width: 1000 }).replaceAll(/\s+/g, ' ');
const regressed = (models: readonly string[]) => (known: FixtureCell) =>
  models.includes(known.cell.model) ? flagged(known, { ratio: 1.124 }) : null;
const doubt = (verdict: (known: FixtureCell) => CellVerdict): Recipe => ({
  verdict: (known) => (known.cell.model === 'threads' ? verdict(known) : null),
  confirmation: {},
});

describe('regressions', () => {
  test('are named once for all runtimes, with the likely cause in words', () => {
    const text = steps({ verdict: regressed(['asyncio']), hint: () => 'more work', confirmation: {} });
    expect(text).toContain(
      '- Look at spawn asyncio, CPU time per unit: slower by 12.4 % on 3.12.1 and slower by 12.4 % on 3.13.0. This looks like more work per unit: its CPU time went up.',
    );
    expect(text).toContain('A slowdown that is meant is let through by a rule under thresholds.');
  });

  test('are not all listed, and what is not is counted', () => {
    expect(steps({ verdict: regressed(['asyncio', 'threads', 'uvloop']), confirmation: {} })).toContain(
      'And at 6 more regressions: see under Changes.',
    );
  });

  test('can be measured again by a command that is complete on one line', () => {
    const markdown = markdownOf(blocks({ verdict: regressed(['asyncio', 'thread_pool']), confirmation: {} }));
    expect(markdown).toContain(
      `\`\`\`text\ngit worktree add ../base ${fixtureBase}\nnode path/to/concurrency-regressions/dist/cli.mjs pairs --base ../base --head . --workloads spawn,other --models thread_pool,asyncio\n\`\`\``,
    );
  });

  test.each(['$(reboot)', 'a b', '-x', 'a;b', '`c`', 'a\nb', '../d'])(
    'never offer the workload name %j for pasting into a shell',
    (name) => {
      const recipe = { verdict: regressed(['asyncio']), confirmation: {} };
      expect(steps({ ...recipe, workloads: { [name]: spawn } })).not.toContain('git worktree');
      const mixed = steps({ ...recipe, workloads: { [name]: spawn, other: spawn } });
      expect(mixed).toContain('--workloads other --models');
      expect(mixed).toContain('one whose name a shell could misread is left out');
    },
  );

  test('offer no command where base is no commit', () => {
    const base = { commit: null, origin: 'this tree with the baseline’s packages', notes: [] };
    expect(steps({ verdict: regressed(['asyncio']), confirmation: { base } })).not.toContain('git worktree');
    const strange = { ...base, commit: 'HEAD; reboot' };
    expect(steps({ verdict: regressed(['asyncio']), confirmation: { base: strange } })).not.toContain('git worktree');
  });
});

describe('a family that moved', () => {
  const moved = { movedFamilies: ['computing'] };

  test('is one sentence, not one for each cell', () => {
    const text = steps({ verdict: regressed(['asyncio', 'uvloop']), confirmation: moved });
    expect(text).toContain('Every computing cell got slower or heavier, by 12.4 %: the whole family moved. Look for one cause');
    expect(text).not.toContain('Look at');
  });

  test('is not called whole where some of it stayed', () => {
    expect(steps({ verdict: regressed(['asyncio']), confirmation: moved })).toContain('4 of 8 computing cells got slower or heavier');
  });

  test('points to the interpreter where the calibration loop moved as well', () => {
    const row = (value: number) => ({
      runtime: runtimes[0] ?? fixtureRuntime('3.12.1'),
      ratio: { value, bounds: { kind: 'interval' as const, low: value * 0.999, high: value * 1.001 } },
      pairs: 80,
    });
    const verdict = regressed(['asyncio', 'uvloop']);
    expect(steps({ verdict, confirmation: { ...moved, interpreters: [row(1.11)] } })).toContain(
      'The fixed calibration loop itself moved (+11.0 % on 3.12.1), so look at the interpreter first.',
    );
    expect(steps({ verdict, confirmation: { ...moved, interpreters: [row(1.01)] } })).not.toContain('calibration loop');
  });
});

describe('everything else has its own next step', () => {
  const crash = { kind: 'crash', message: 'signal 9', output: '' } as const;

  test.each<[string, Recipe, string]>([
    ['too noisy', doubt((known) => tooNoisy(known)), '4 cells are too noisy here: this run could have seen a slowdown of 19 %.'],
    [
      'max-suspects',
      doubt((known) => unpaired(known, { kind: 'not re-measured', why: 'max-suspects' })),
      'max-suspects lets through: raise it.',
    ],
    [
      'time budget',
      doubt((known) => unpaired(known, { kind: 'not re-measured', why: 'time budget' })),
      'raise time-budget, or measure fewer',
    ],
    ['interrupted', doubt((known) => unpaired(known, { kind: 'not re-measured', why: 'interrupted' })), 'was interrupted: run it again.'],
    ['not deterministic', doubt((known) => unpaired(known, { kind: 'not deterministic' })), 'should not vary and does'],
    [
      'suspected',
      {
        ...doubt((known) => unpaired(known, { kind: 'not confirmed', suspected: true }, 1.2)),
        confirmation: { kind: 'none', pairs: 'unasked', reason: 'No base.' },
      },
      'Suspected, not confirmed: 4 cells look slower than the stored runs',
    ],
    [
      'no pairs',
      {
        ...doubt((known) => unpaired(known, { kind: 'not confirmed', suspected: false })),
        confirmation: { kind: 'none', pairs: 'unasked', reason: 'No base.' },
      },
      'No pairs were measured: No base. 4 cells could not be judged without pairs.',
    ],
    ['broken on head', doubt(() => ({ verdict: 'broken', side: 'head', ...crash })), '4 cells are broken and have no figure'],
    ['broken on base', doubt(() => ({ verdict: 'broken', side: 'base', ...crash })), '4 cells are broken on base only, before this change'],
    [
      'missing',
      { missing: [{ cell: { workload: 'gone', model: 'threads', runtime: 'r', params: '' }, reason: 'gone' }] },
      '1 cell was there before and is missing now: see under “Not compared” why, and bring it back unless that is meant. gone threads (r).',
    ],
    ['missing shard', { missingShards: ['Python 3.9 (1 of 2)'] }, 'See the job log of Python 3.9 (1 of 2), and run the failed jobs again'],
    [
      'false alarm',
      { ...doubt((known) => flagged(known, { ratio: 1.2 })), nullRun: true },
      'Nothing changed, and 4 cells were flagged. That is to happen in 1 % of null runs at most',
    ],
  ])('%s', (_, recipe, sentence) => {
    expect(steps(recipe)).toContain(sentence);
  });

  const absent = { workload: 'gone', model: 'threads', runtime: runtimes[0]?.id ?? '', params: '' } as const;
  const warnings = [{ code: 'fewer rounds', planned: 5, done: 0, budgetSeconds: 9 }] as const;

  test.each<[string, Partial<Results>, string]>([
    ['what it did not reach', { leftOut: notReached([absent], []) }, 'Run the job again: 1 of 21 cells was not measured.'],
    ['a time budget that was too short', { leftOut: notReached([absent], []), warnings }, 'was not measured. Raise time-budget for that.'],
    ['fewer processes', {}, 'Run the job again: it ended before every cell had as many processes as were planned.'],
  ])('a run that ended too early, with %s', (_, also, sentence) => {
    expect(steps({ also: { ...also, partial: true } })).toContain(sentence);
  });

  test('a missing baseline, which needs nothing but later runs', () => {
    const first = { storedRuns: [], ...doubt((known) => tooNoisy(known)) };
    const sentence = 'Nothing to do about the missing baseline: each complete run of the default branch is stored';
    expect(steps(first)).toContain(`${sentence}, the one after the merge too; from 3 stored runs on, unchanged cells need no pairs.`);
    expect(steps({ ...first, confirmation: { kind: 'none', pairs: 'unasked', reason: 'r' } })).toContain('unchanged cells can be cleared.');
    for (const other of [{ storedRuns: [1, 2, 3] }, { storesBaseline: true }, { nullRun: true }])
      expect(steps({ ...first, ...other })).not.toContain('Nothing to do');
  });

  test('and there is none where all is well', () => {
    expect(blocks({})).toEqual([]);
    expect(blocks({ confirmation: { kind: 'none', pairs: 'unasked', reason: 'No base.' } })).toEqual([]);
    expect(blocks({ verdict: (known) => flagged(known, { ratio: 0.8 }), confirmation: {} })).toEqual([]);
  });
});
