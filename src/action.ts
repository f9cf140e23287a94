import './node-version.ts';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { getInput, info, setFailed, setOutput } from '@actions/core';
import { readConfigFile } from './config/config-file.ts';
import { type GivenOptions, type Options, optionNames, readOptions } from './config/options.ts';
import { workflowContext } from './github/context.ts';
import { jobSummaryLimitBytes, writeJobSummary } from './github/job-summary.ts';
import { logUntrusted, warnInLog } from './github/log.ts';
import { readableRepository } from './github/repository.ts';
import { type RunOutcome, run } from './pipeline/run.ts';
import type { Surroundings } from './pipeline/surroundings.ts';
import { outputsOf } from './render/outputs.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { progressOn } from './terminal/progress.ts';

/** Columns of the log viewer that a table may use. */
const logWidth = 140;

const control = new AbortController();

async function main(): Promise<void> {
  const options = await actionOptions();
  const outcome = await run(options, surroundings(options), (report) => renderReportMarkdown(report, { limit: jobSummaryLimitBytes }));
  logUntrusted(renderReportTerminal(outcome.report, { width: logWidth }));
  if (options['job-summary']) await writeJobSummary(renderReportMarkdown(outcome.report, { limit: jobSummaryLimitBytes }));
  for (const [name, value] of Object.entries(outputsOf(outcome.report))) setOutput(name, value);
  setOutput('results-path', outcome.resultsPath);
  setOutput('report-path', outcome.reportPath);
  conclude(outcome);
}

function surroundings(options: Options): Surroundings {
  const { env } = process;
  const access = {
    token: options['github-token'] ?? '',
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    signal: control.signal,
  };
  return {
    environment: env,
    home: homedir(),
    cwd: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    workloadsFolder: join(import.meta.dirname, '..', 'workloads'),
    workflow: workflowContext(),
    repository: readableRepository(env['GITHUB_REPOSITORY'], access),
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

function conclude({ report: { gate }, results }: RunOutcome): void {
  for (const sentence of gate.warnings) warnInLog(sentence);
  if (control.signal.aborted) setFailed('The run was interrupted; what it had not settled by then is inconclusive, and that is no pass.');
  else if (results.partial)
    setFailed('The run ended before every cell was measured; the report holds what there is, and nothing was stored.');
  else if (gate.conclusion === 'failure') setFailed(gate.reasons.join(' '));
  else info('The gate passed.');
}

// Not `once`: a listener that is gone when its signal is handled makes others take the process for unguarded and end it.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => control.abort());

try {
  await main();
} catch (error) {
  // Whatever was thrown, an Error or not, fails the step.
  setFailed(error instanceof Error ? error.message : String(error));
}
