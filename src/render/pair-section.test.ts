import { describe, expect, it } from 'vitest';
import { brokenSample, pairRules, pairRuntime, pairSample, pairSuspect, pairsOutcome, samplePairs } from '../judge/pair.fixture.ts';
import { type PairReportInput, pairReport } from '../judge/pair-report.ts';
import type { SidePlan } from '../judge/pair-suspects.ts';
import { metricOf } from '../model/metric.ts';
import type { LoneCell } from '../model/pair-suspect.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import { renderPairsTerminal } from './pair-section.ts';
import { pairsJson } from './pairs-json.ts';

const runtime = pairRuntime('0.22.1');
const side: SidePlan = { runtimes: [runtime], workloads: [], cells: [], leftOut: [], refused: [] };
const suspects = {
  slow: pairSuspect('slow', { sourceDiffers: true }),
  fast: pairSuspect('fast', { model: 'threads' }),
  same: pairSuspect('same'),
  noisy: pairSuspect('noisy'),
  late: pairSuspect('late'),
  zero: pairSuspect('zero'),
  broke: pairSuspect('broke'),
  memory: pairSuspect('memory', { metric: metricOf('memory_per_unit') }),
};
const memory = (value: number) => pairSample(value, { metric: 'memory_per_unit' });
const pairs = {
  [suspects.slow.id]: samplePairs('slow', { effect: Math.log(1.124), count: 20 }),
  [suspects.fast.id]: samplePairs('fast', { effect: Math.log(0.8), count: 20 }),
  [suspects.same.id]: samplePairs('same', { count: 10 }),
  [suspects.noisy.id]: samplePairs('noisy', { noise: 0.3 }),
  [suspects.late.id]: samplePairs('late', { count: 1 }),
  [suspects.zero.id]: [{ base: pairSample(0), head: pairSample(1) }],
  [suspects.memory.id]: Array.from({ length: 10 }, () => ({ base: memory(1000), head: memory(1500) })),
};

interface Recipe {
  readonly outcome?: Partial<PairsOutcome>;
  readonly input?: Partial<PairReportInput>;
}

function input({ outcome = {}, input: part = {} }: Recipe = {}): PairReportInput {
  const broken = new Map([[suspects.broke.id, { side: 'head' as const, sample: brokenSample('lost message 7') }]]);
  return {
    ...pairRules,
    trees: { base: '../main', head: '.' },
    plans: { base: side, head: side },
    plan: { suspects: Object.values(suspects), lone: [], notComparable: [] },
    unavailable: [],
    outcome: pairsOutcome(pairs, { broken, ...outcome }),
    warnings: [],
    seed: 77,
    seconds: 93.4,
    budgetSeconds: 270,
    failOn: ['regression', 'broken'],
    warnOn: [],
    ...part,
  };
}

const rendered = (recipe: Recipe = {}) => renderPairsTerminal(pairReport(input(recipe)), { width: 130 });
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
/** The lines of the table's row of a workload. */
const row = (text: string, workload: string) => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${workload} `));
  return lines.slice(start, lines.indexOf('', start)).join('\n');
};

describe('pairReport', () => {
  it('puts what needs the reader first', () => {
    expect(pairReport(input()).rows.map(({ verdict }) => verdict.verdict)).toEqual([
      'regression',
      'regression',
      'broken',
      'inconclusive',
      'inconclusive',
      'not comparable',
      'improvement',
      'no change',
    ]);
  });

  it('fails on the words that it is told to fail on, and on no other', () => {
    const refused = [{ id: 'bad', path: 'bad.py', phase: 'import', reason: 'no module x', runtime: runtime.id }];
    const gate = (part: Partial<PairReportInput>) => pairReport(input({ input: part })).gate;
    expect(gate({})).toEqual({
      conclusion: 'failure',
      reasons: ['2 cells got slower or heavier, confirmed by pairs.', '1 cell is broken.'],
      warnings: [],
    });
    expect(gate({ failOn: ['regression'] }).reasons).toHaveLength(1);
    expect(gate({ failOn: [] }).conclusion).toBe('success');
    const quiet = { suspects: [suspects.same, suspects.fast, suspects.noisy], lone: [], notComparable: [] };
    expect(gate({ plan: quiet }).conclusion).toBe('success');
    expect(gate({ plan: quiet, plans: { base: side, head: { ...side, refused } } }).reasons).toEqual(['1 workload was refused.']);
  });

  it('shows how the calibration loop itself moved', () => {
    const [calibration] = pairReport(input()).calibration;
    expect(calibration?.ratio.value).toBeCloseTo(1, 1);
    expect(calibration?.pairs).toBe(Object.values(pairs).flat().length);
  });
});

describe('renderPairsTerminal', () => {
  it('says in one sentence how many regressions there are, among what', () => {
    expect(oneLine(rendered())).toContain(
      '2 regressions and 1 cell broken. 8 cells of ../main (base) and . (head), 204 processes in turns on this machine.',
    );
    expect(oneLine(rendered())).toContain('The gate fails: 2 cells got slower or heavier, confirmed by pairs. 1 cell is broken.');
    expect(oneLine(rendered({ input: { failOn: [], warnOn: ['inconclusive'] } }))).toMatch(/It warns: 2 cells are inconclusive/);
    const quiet = rendered({ input: { plan: { suspects: [suspects.same], lone: [], notComparable: [] } } });
    expect(quiet).not.toContain('The gate');
    expect(oneLine(quiet)).toContain('No regression. 1 cell of');
  });

  it('tells what the machine did to the processes', () => {
    const strained = { code: 'strained', cause: 'swapped', processes: 3, of: 204, most: 900 } as const;
    expect(oneLine(rendered({ input: { warnings: [strained] } }))).toContain('3 of 204 processes ran while memory was swapped');
    expect(pairsJson(pairReport(input({ input: { warnings: [strained] } }))).warnings).toHaveLength(1);
  });

  it('shows base and head, change, interval, pairs, p and verdict of a regression', () => {
    const text = row(rendered(), 'slow');
    expect(text).toMatch(/[\d.]+ ms → [\d.]+ ms/);
    expect(text).toMatch(/slower by 1\d\.\d %/);
    expect(text).toMatch(/\+\d+\.\d % to \+1\d\.\d %/);
    expect(text).toMatch(/ {2}20 {2}.*(?:0\.0|< 0\.0).*regression/);
    expect(oneLine(rendered())).toContain('wall time per unit; the workload');
  });

  it('words every other verdict', () => {
    const text = rendered();
    expect(row(text, 'fast')).toMatch(/faster by .*improvement/);
    expect(oneLine(row(text, 'same'))).toMatch(/no change.*a slowdown of 10 % or more/);
    expect(oneLine(row(text, 'noisy'))).toMatch(/inconclusive.*too noisy here; could have seen/);
    expect(oneLine(row(text, 'late'))).toMatch(/inconclusive \(not re-measured\)/);
    expect(oneLine(row(text, 'zero'))).toMatch(/not comparable.*a process of base/);
    expect(oneLine(row(text, 'broke'))).toMatch(/broken.*on head: wrong result/);
    expect(row(text, 'memory')).toMatch(/more by 50\.0 %.*all apart.*regression/);
    expect(oneLine(text)).toContain('broke asyncio on 3.13.0, head: lost message 7');
  });

  it('tells what the run could have seen, the chance of a false flag, and the seed', () => {
    const text = oneLine(rendered());
    expect(text).toMatch(/would have flagged nine times of ten: \+\d+\.\d % \(quietest cell\) to \+\d+\.\d % \(noisiest\)/);
    expect(text).toContain('Looked at after 10, 20 and 40 pairs, flagged from 20 on. Chance of any false flag among 8 cells: 1 % at most.');
    expect(text).toMatch(/The calibration loop itself on 3\.13\.0: .* shown, never judged/);
    expect(text).toContain('Seed 77.');
  });

  it('names what only one side has, and what a side refuses, once', () => {
    const lone: readonly LoneCell[] = [
      { cell: pairSuspect('fresh').cell, lacks: 'base', reason: 'base has no workload fresh' },
      { cell: pairSuspect('gone').cell, lacks: 'head', reason: 'head has no workload gone' },
      { cell: pairSuspect('bad').cell, lacks: 'head', reason: 'head refuses bad' },
    ];
    const refusal = { id: 'bad', path: 'bad.py', phase: 'import', reason: 'No module x.' };
    const refused = [
      { ...refusal, runtime: runtime.id },
      { ...refusal, runtime: 'another' },
    ];
    const text = oneLine(
      rendered({ input: { plan: { suspects: [], lone, notComparable: [] }, plans: { base: side, head: { ...side, refused } } } }),
    );
    expect(text).toContain('1 workload refused. 0 cells');
    expect(text).toContain('New: base has no workload fresh. fresh asyncio (3.13.0).');
    expect(text).toContain('Missing: head has no workload gone. gone asyncio (3.13.0).');
    expect(text).toContain('bad was refused by head on 3.13.0 and another (import): No module x.');
    expect(text.match(/No module x/g)).toHaveLength(1);
    expect(text).not.toContain('head refuses bad');
  });

  it('says so when nothing could be compared, when the time ended, and when it was interrupted', () => {
    const lone: readonly LoneCell[] = [{ cell: pairSuspect('fresh').cell, lacks: 'base', reason: 'base has no workload fresh' }];
    expect(rendered({ input: { plan: { suspects: [], lone, notComparable: [] } } })).toContain('No cell could be compared.');
    expect(oneLine(rendered({ outcome: { endedBy: 'budget' } }))).toContain(
      'The time budget of 270 s ended the measuring: 1 cell got fewer pairs than the first look asks for. Raise --time-budget',
    );
    expect(oneLine(rendered({ outcome: { endedBy: 'interrupt' } }))).toContain('Interrupted: this is what was measured until then.');
  });
});
