import './node-version.ts';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { getInput, info, setFailed, setOutput } from '@actions/core';
import { readConfigFile } from './config/config-file.ts';
import { type GivenOptions, type Options, optionNames, readOptions } from './config/options.ts';
import { annotateStep } from './github/annotations.ts';
import type { ApiAccess } from './github/client.ts';
import { refuseForeignCode, type WorkflowContext, workflowContext } from './github/context.ts';
import { jobSummaryLimitBytes, writeJobSummary } from './github/job-summary.ts';
import { logUntrusted, warnInLog } from './github/log.ts';
import { apiRepository, readableRepository } from './github/repository.ts';
import { faultText } from './pipeline/fault-text.ts';
import { measureForReport } from './pipeline/measure.ts';
import { planRun } from './pipeline/plan.ts';
import { progressOn } from './pipeline/progress.ts';
import { type Overriding, type Reported, reportOnFiles } from './pipeline/report.ts';
import { run } from './pipeline/run.ts';
import { type ShownReport, showRun } from './pipeline/shown-run.ts';
import type { Surroundings } from './pipeline/surroundings.ts';
import { shardMatrix } from './plan/shards.ts';
import { renderMeasuredTerminal } from './render/measured.ts';
import { outputsOf } from './render/outputs.ts';
import { renderPlanTerminal } from './render/plan.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { measuredRun } from './tables/measured-run.ts';
import type { Report } from './tables/report.ts';

/** Columns of the log viewer that a table may use. */
const logWidth = 140;

const control = new AbortController();

/** What a step was started with. */
interface Step {
  readonly options: Options;
  readonly context: WorkflowContext;
}

async function main(): Promise<void> {
  const options = await actionOptions();
  const context = workflowContext();
  const step = { options, context };
  refuseForeignCode(context.eventName, options.mode);
  switch (options.mode) {
    case 'plan':
      return plan(step);
    case 'measure':
      return measureShard(step);
    case 'report':
      return shown(step, (overriding) => reportOnFiles({ options, surroundings: surroundings(step), overriding }, summaryText));
    case 'all':
      return shown(step, async (overriding) => {
        const outcome = await run({ options, surroundings: surroundings(step), overriding }, summaryText);
        setOutput('results-path', outcome.resultsPath);
        return outcome;
      });
  }
}

async function shown({ options, context }: Step, make: (overriding: Overriding) => Promise<Reported>): Promise<void> {
  const repository = apiRepository(process.env['GITHUB_REPOSITORY'], { ...access(options), signal: control.signal });
  await conclude(await showRun({ options, context, repository, signal: control.signal }, make), options);
}

function summaryText(report: Report): string {
  return renderReportMarkdown(report, { limit: jobSummaryLimitBytes });
}

async function plan(step: Step): Promise<void> {
  const { options } = step;
  const made = await planRun(options, surroundings(step));
  logUntrusted(renderPlanTerminal(made, { width: logWidth }));
  for (const { requested, reason } of made.unavailable) warnInLog(`Not available: ${requested}. ${reason}`);
  if (made.unknownCosts !== null) warnInLog(made.unknownCosts);
  setOutput('matrix', JSON.stringify(shardMatrix(made.shards, options.name)));
}

/** What is broken or slow is for the report to say: a job that fails here would keep its results from it. */
async function measureShard(step: Step): Promise<void> {
  const { results, resultsPath } = await measureForReport(step.options, surroundings(step));
  logUntrusted(renderMeasuredTerminal(measuredRun(results), { width: logWidth }));
  setOutput('results-path', resultsPath);
  if (control.signal.aborted) setFailed('The job was interrupted; its results are marked as such.');
  else if (results.partial) warnInLog('The job ended before every cell was measured; its results are marked as such.');
}

function access(options: Options): ApiAccess {
  return { token: options['github-token'] ?? '', apiUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com' };
}

function surroundings({ options, context }: Step): Surroundings {
  const { env } = process;
  return {
    environment: env,
    home: homedir(),
    cwd: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    workloadsFolder: join(import.meta.dirname, '..', 'workloads'),
    workflow: context,
    repository: readableRepository(env['GITHUB_REPOSITORY'], { ...access(options), signal: control.signal }),
    progress: progressOn({ write: (text) => logUntrusted(text.trimEnd()) }),
    signal: control.signal,
  };
}

async function actionOptions(): Promise<Options> {
  const given: GivenOptions = Object.fromEntries(optionNames.map((name) => [name, getInput(name)]));
  const named = given['config'];
  const path = typeof named === 'string' && named !== '' ? named : readOptions([]).config;
  const file = await readConfigFile(resolve(process.env['GITHUB_WORKSPACE'] ?? '.', path), named !== '');
  return readOptions([
    { source: path, given: file },
    { source: 'input', given },
  ]);
}

async function conclude(
  { report, reportPath, htmlReportPath, outputs, warnings, annotations }: ShownReport,
  options: Options,
): Promise<void> {
  logUntrusted(renderReportTerminal(report, { width: logWidth }));
  if (options['job-summary']) await writeJobSummary(summaryText(report));
  for (const [name, value] of Object.entries({ ...outputsOf(report), ...outputs })) setOutput(name, value);
  setOutput('report-path', reportPath);
  setOutput('html-report-path', htmlReportPath ?? '');
  const { gate, partial } = report;
  for (const sentence of [...gate.warnings, ...warnings]) warnInLog(sentence);
  annotateStep(annotations, { failure: 1, warning: gate.warnings.length + warnings.length });
  if (control.signal.aborted) setFailed('The run was interrupted; what it had not settled by then is inconclusive, and that is no pass.');
  else if (partial) setFailed('The run ended before every cell was measured; the report holds what there is, and nothing was stored.');
  else if (gate.conclusion === 'failure') setFailed(gate.reasons.join(' '));
  else info('The gate passed.');
}

// Not `once`: a listener that is gone when its signal is handled makes others take the process for unguarded and end it.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => control.abort());

try {
  await main();
} catch (error) {
  // Whatever was thrown, an Error or not, fails the step.
  setFailed(faultText(error));
}
