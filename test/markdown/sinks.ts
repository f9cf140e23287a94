import { type CommentOptions, renderComment } from '../../src/render/comment.ts';
import { buildReport, type Report } from '../../src/tables/report.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { flagged } from '../fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { bundledFigures } from '../fixtures/results/figures.ts';
import { commentOptions } from '../golden/comment-scenarios.ts';

/** Where text from outside comes into a report. */
export const reportSinks = ['workload', 'base origin', 'error text', 'python label'] as const;

/** Where it comes into a comment. */
export const sinks = [...reportSinks, 'name'] as const;

export type Sink = (typeof sinks)[number];

/** Text of no meaning to any parser, and of none to a shell: what a name with a space would be rendered like. */
export const harmless = 'harmless text';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };

/** The comment of a small pull request in which one text from outside is the given one. */
export function commentWith(sink: Sink, content: string, render: typeof renderComment = renderComment): string {
  const options: CommentOptions = { ...commentOptions, name: sink === 'name' ? content : 'nightly' };
  return render(reportWith(sink, content), options);
}

/** The report of that pull request. */
export function reportWith(sink: Sink, content: string): Report {
  const given = (place: Sink, plain: string) => (place === sink ? content : plain);
  const results = fixtureResults({
    run: 70,
    workloads: { [given('workload', 'my queue')]: { ...spawn, title: 'Jobs.' }, spawn },
    runtimes: [fixtureRuntime(given('python label', '3.13.0')), fixtureRuntime('3.14.0')],
    breaks: ({ workload, model }) =>
      workload === 'spawn' && model === 'threads'
        ? { kind: 'error', message: given('error text', 'It failed.'), output: `output\n${given('error text', 'It failed.')}\nmore` }
        : null,
  });
  const judgement = fixtureJudgement({
    results,
    verdict: (known) => (known.cell.model === 'asyncio' ? flagged(known, { ratio: 1.2 }) : null),
    missing: [{ cell: { workload: given('workload', 'my queue'), model: 'processes', runtime: '', params: '' }, reason: 'it is gone' }],
    confirmation: { base: { commit: 'b'.repeat(40), origin: given('base origin', 'merge base with main'), notes: [] } },
  });
  return buildReport({ results, baselineRuns: [], storesBaseline: false, judgement });
}
