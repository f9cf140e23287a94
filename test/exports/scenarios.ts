import type { ExportedRun } from '../../src/render/export.ts';
import { buildReport } from '../../src/tables/report.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { flagged, tooNoisy } from '../fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { hostile } from '../golden/hostile.ts';
import { is, small, spawn } from '../golden/small-run.ts';
import { injections } from '../markdown/injections.ts';

type Input = Parameters<typeof fixtureJudgement>[0];

function exported(input: Input): ExportedRun {
  const { results } = input;
  return { results, report: buildReport({ results, baselineRuns: [], storesBaseline: false, judgement: fixtureJudgement(input) }) };
}

const figures = {
  threads: { wall_per_unit: 2e-3, 'odd|metric`<b>': 3, overlap: 4 },
  asyncio: { wall_per_unit: 1.2e-3, overlap: 5 },
} as const;

/** Every verdict that there is, a broken cell with its output, a missing one and a missing shard. */
export const everyVerdict = exported({
  results: small({
    run: 70,
    breaks: ({ workload, model }, round) =>
      is({ workload, model, params: '', runtime: '' }, 'spawn', 'executor') && round === 1
        ? {
            kind: 'wrong result',
            message: 'AssertionError: 3 of 4',
            output: 'Traceback:\n\u001b[31m  <x> & "y"\u0000\u001b[0m\r\nAssertionError',
          }
        : null,
  }),
  verdict: (known) => {
    if (is(known.cell, 'my_queue', 'asyncio')) return flagged(known, { ratio: 1.124 });
    if (is(known.cell, 'my_queue', 'threads')) return flagged(known, { ratio: 0.8 });
    if (is(known.cell, 'context_switch', 'threads')) return tooNoisy(known);
    if (is(known.cell, 'spawn', 'uvloop')) return { verdict: 'not comparable', reason: 'the workload file changed' };
    if (is(known.cell, 'spawn', 'thread_pool')) return { verdict: 'new', reason: 'no stored run has this cell' };
    return null;
  },
  missing: [{ cell: { workload: 'gone', model: 'threads', runtime: fixtureRuntime('3.13.0').id, params: 'n=10' }, reason: 'not measured' }],
  missingShards: ['3.12, 2'],
  confirmation: {},
});

/** Names and messages that try to leave their place. A name in results has no line breaks; the fixture does not ask. */
export const hostileNames = exported({
  results: fixtureResults({
    run: 71,
    runtimes: [fixtureRuntime('3.13.0')],
    workloads: Object.fromEntries(
      [...injections, hostile, '=1+1', '+cmd', '-2', '@x', '\tx', '"quoted"', ' x ', 'ff\ufffe\u0085'].map((name) => [
        name,
        { ...spawn, title: name, gate: 'wall_per_unit', figures },
      ]),
    ),
    breaks: ({ workload, model }) =>
      model === 'asyncio' && workload.includes('<') ? { kind: 'error', message: `=${workload}`, output: `]]>${workload}` } : null,
  }),
});

/** Nothing was measured. */
export const noCells = exported({ results: fixtureResults({ run: 72, workloads: {} }) });
