import { describe, expect, it } from 'vitest';
import { checkParts, partName } from '../src/judge/check-parts.ts';
import { figuredRun } from '../src/judge/figured-run.ts';
import { judgeParts } from '../src/judge/judge-parts.ts';
import { pairRules } from '../src/judge/pair.fixture.ts';
import type { Results } from '../src/model/results.ts';
import type { Run } from '../src/model/run.ts';
import { renderReportMarkdown } from '../src/render/report.ts';
import { buildReport } from '../src/tables/report.ts';
import { shardsOf, wholeRun } from './fixtures/sharded-run.ts';

const rules = {
  ...pairRules,
  failOn: ['regression', 'broken', 'missing-shard'],
  warnOn: ['missing'],
  maxSuspects: null,
  usesBaseline: false,
  nullRun: false,
} as const;

function reported(parts: readonly Run[]) {
  const checked = checkParts(parts.map((results, index) => ({ file: `results-${index}.json`, results })));
  const named = checked.parts.map((part) => ({ name: partName(part), results: part.results, baselineRuns: [] }));
  const { results, judgement } = judgeParts(named, checked.missing, rules);
  const report = buildReport({ results, baselineRuns: [], parts: named, storesBaseline: false, judgement });
  return { report, text: renderReportMarkdown(report, {}) };
}

const slower = wholeRun({ effectOf: ({ workload, model }) => (workload === 'spawn' && model === 'asyncio' ? 0.25 : 0) });

/** Cells in the order of the shards, which is not the order in which one job measures them. */
const sorted = (whole: Results): Results => ({ ...whole, samples: shardsOf(whole, 1).flatMap(({ samples }) => samples) });

describe('a report on shards', () => {
  it('says of the same samples what one job says, to the last byte', () => {
    const { report, text } = reported([sorted(slower)]);
    expect(report.counts.regressions).toBe(2);
    expect(reported(shardsOf(slower, 1)).text).toBe(text);
  });

  it('says the same of the figures of processes as of all their values', () => {
    const shards = shardsOf(slower, 2);
    expect(reported(shards.map(figuredRun)).text).toBe(reported(shards).text);
  });

  it('does not depend on the order of the files', () => {
    const shards = shardsOf(slower, 2);
    expect(shards.length).toBe(4);
    expect(reported(shards.toReversed()).text).toBe(reported(shards).text);
  });

  it('has the verdicts of one job however a Python is shared out', () => {
    const verdicts = ({ report }: ReturnType<typeof reported>) =>
      [...report.verdicts.byCell].map(([id, row]) => [id, JSON.stringify(row.verdict)]).toSorted();
    expect(verdicts(reported(shardsOf(slower, 2)))).toEqual(verdicts(reported([slower])));
  });

  it('is loud about a shard that delivered nothing, and fails', () => {
    const { report, text } = reported(shardsOf(slower, 2).slice(1));
    expect(report.missingShards).toEqual(['Python 3.12 (1 of 2)']);
    expect(report.gate.reasons).toContain('1 shard of the plan delivered no results.');
    expect(text).toContain('A shard is missing:</b> Python 3.12 (1 of 2) delivered no results');
  });

  it('warns of each shard that could not be measured in pairs, and says what its stored runs suspect', () => {
    const none = { kind: 'none', pairs: 'asked', reason: 'No base.' } as const;
    const [first, ...others] = shardsOf(slower, 1);
    if (first === undefined || first.comparison === null) throw new Error('no shard');
    const { report } = reported([{ ...first, comparison: { ...first.comparison, pairs: none } }, ...others]);
    expect(report.gate.warnings).toContain('Base was not measured by shard 1 of 2 (Python 3.12): No base.');
    expect(report.counts.regressions).toBe(1);
  });

  it('names every machine that took part', () => {
    const [first, ...others] = shardsOf(slower, 1);
    if (first === undefined) throw new Error('no shard');
    const other = { ...first, machine: { ...first.machine, cpuModel: 'Another CPU' } };
    const { report, text } = reported([other, ...others]);
    expect(report.machines.map(({ cpuModel }) => cpuModel)).toEqual(['Another CPU', first.machine.cpuModel]);
    expect(text).toContain('Another CPU');
  });
});
