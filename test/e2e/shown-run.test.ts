import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readOptions } from '../../src/config/options.ts';
import type { WorkflowContext } from '../../src/github/context.ts';
import type { Overriding } from '../../src/pipeline/report.ts';
import { type ShownRun, showRun } from '../../src/pipeline/shown-run.ts';
import { buildReport } from '../../src/tables/report.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { resultsDocument } from '../fixtures/results-document.ts';
import { granted, label, type Run, reportOf, type Stage, stage } from './publish.fixture.ts';

let there: Stage;
let state: string;
beforeEach(async () => {
  there = await stage();
  state = join(mkdtempSync(join(tmpdir(), 'shown-')), 'state');
  writeFileSync(state, '');
  vi.stubEnv('GITHUB_STATE', state);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await there.github.close();
});

function shown(run: Partial<Run> = {}, context: Partial<WorkflowContext> = {}, signal = new AbortController().signal): ShownRun {
  const { repository } = there.place(run);
  const known = { storesBaseline: false, mergeGroupBase: null, pushed: [], defaultBranch: 'main' };
  return { options: readOptions([]), repository, signal, context: { ...there.place(run).context, ...known, ...context } };
}

/** Reads what people say, as whoever reports does, and makes a report of it. */
async function make(overriding: Overriding) {
  await overriding.merged(null);
  await overriding.acceptance();
  const results = resultsDocument({});
  const judgement = fixtureJudgement({ results });
  return {
    report: buildReport({ results, baselineRuns: [], storesBaseline: false, judgement }),
    reportPath: '/report.md',
    htmlReportPath: '/report.html',
  };
}

it('names what reading on the default branch lacks, with what else this run needs', async () => {
  const commit = there.github.seed.commit({ branch: 'main', files: { 'b.py': '1' } });
  const context = { eventName: 'push', commit, pullRequest: null, storesBaseline: true, pushed: [commit] };
  const { warnings } = await showRun(shown({ permissions: { checks: 'write', contents: 'write' } }, context), make);
  expect(warnings).toEqual([
    expect.stringMatching(/refused to read what was accepted on merged pull requests/),
    expect.stringMatching(/permissions:\n {2}checks: write\n {2}contents: write\n {2}pull-requests: read$/),
  ]);
});

it('hands on what became of a label', async () => {
  await (await there.start({ id: 50 })).publish(reportOf({ id: 50, attempt: 1, commit: there.head }));
  there.github.seed.label(there.number, label, 'labeler[bot]');
  const told: (readonly string[])[] = [];
  const { warnings } = await showRun(shown(), async (overriding) => {
    const made = await make(overriding);
    told.push([...overriding.remarks]);
    return made;
  });
  expect(told).toEqual([[expect.stringContaining('accepts nothing')]]);
  expect(warnings).toEqual(told[0]);
});

it('marks its comment as that of a job, and tells the post step of its check run', async () => {
  await showRun(shown(), make);
  expect(there.own()[0]?.body).toMatch(/^<!-- concurrency-regressions .* job=0123456789ab gate=failed -->\n/);
  expect(readFileSync(state, 'utf8')).toMatch(
    /^check-run<<[\s\S]*"externalId":"100-1-concurrency-measure-0123456789ab-concurrency"[\s\S]*^check-run-ended<</m,
  );
});

it('that was interrupted reads no label for long, and ends its check run', async () => {
  const interrupted = new AbortController();
  there.github.faults.add({ operation: 'issues/list-labels-on-issue', fault: { kind: 'hang' }, times: Number.POSITIVE_INFINITY });
  const { warnings } = await showRun(shown({}, {}, interrupted.signal), (overriding) => {
    interrupted.abort();
    return make(overriding);
  });
  expect(warnings).toEqual([expect.stringContaining('So nothing was accepted')]);
  expect(there.github.repository.checkRuns.all).toMatchObject([{ conclusion: 'cancelled' }]);
});

it('that fails says so in the comment that is there, and in the log what it could not write', async () => {
  await (await there.start({ id: 50 })).publish(reportOf({ id: 50, attempt: 1, commit: there.head }));
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const fails = () => Promise.reject(new Error('The disk is full.'));
  await expect(showRun(shown({ permissions: { ...granted, checks: 'read' } }), fails)).rejects.toThrow('The disk is full.');
  const said = log.mock.calls.map(([text]) => String(text));
  log.mockRestore();
  expect(there.own()[0]?.body).toContain('The disk is full.');
  expect(said.filter((line) => line.startsWith('::warning::'))).toEqual([
    expect.stringContaining('There is no check run of this run.'),
    expect.stringContaining('checks: write'),
  ]);
});
