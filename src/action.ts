import './node-version.ts';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { getInput, info, setFailed, setOutput } from '@actions/core';
import { readConfigFile } from './config/config-file.ts';
import { type GivenOptions, type Options, optionNames, readOptions } from './config/options.ts';
import { workflowContext } from './github/context.ts';
import { jobSummaryLimitBytes, writeJobSummary } from './github/job-summary.ts';
import { logUntrusted } from './github/log.ts';
import { type RunOutcome, run } from './pipeline.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { progressOn } from './terminal/progress.ts';

/** Columns of the log viewer that a table may use. */
const logWidth = 140;

const control = new AbortController();

async function main(): Promise<void> {
  const options = await actionOptions();
  const outcome = await run(
    options,
    {
      environment: process.env,
      home: homedir(),
      cwd: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
      workloadsFolder: join(import.meta.dirname, '..', 'workloads'),
      workflow: workflowContext(),
      progress: progressOn({ write: (text) => logUntrusted(text.trimEnd()) }),
      signal: control.signal,
    },
    (report) => renderReportMarkdown(report, { limit: jobSummaryLimitBytes }),
  );
  logUntrusted(renderReportTerminal(outcome.report, { width: logWidth }));
  if (options['job-summary']) await writeJobSummary(renderReportMarkdown(outcome.report, { limit: jobSummaryLimitBytes }));
  writeOutputs(outcome);
  conclude(outcome);
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

function writeOutputs({ report, resultsPath, reportPath }: RunOutcome): void {
  const { gate, counts } = report;
  setOutput('conclusion', gate.conclusion);
  setOutput('broken', counts.broken + counts.refused);
  setOutput('new', counts.new);
  setOutput('missing', counts.missing);
  setOutput('results-path', resultsPath);
  setOutput('report-path', reportPath);
  setOutput('json', JSON.stringify({ conclusion: gate.conclusion, ...counts }));
}

function conclude({ report, results }: RunOutcome): void {
  if (results.partial) setFailed('The run ended before every cell was measured; the report holds what there is, and nothing was stored.');
  else if (report.gate.conclusion === 'failure') setFailed(report.gate.reasons.join(' '));
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
