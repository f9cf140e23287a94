#!/usr/bin/env node
import './node-version.ts';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readResultsFile } from './baseline/results-file.ts';
import { readConfigFile } from './config/config-file.ts';
import { flagNames, type GivenOptions, type Options, readOptions } from './config/options.ts';
import { readableRepository } from './github/repository.ts';
import { UserError } from './model/user-error.ts';
import { baselineFailed, runBaselineCommand } from './pipeline/baseline-commands.ts';
import { checkWorkload } from './pipeline/check-workload.ts';
import { diagnose } from './pipeline/doctor.ts';
import { initialise } from './pipeline/init.ts';
import { measureForReport } from './pipeline/measure.ts';
import { comparePairs } from './pipeline/pairs.ts';
import { planRun } from './pipeline/plan.ts';
import { reportOnFiles } from './pipeline/report.ts';
import { run } from './pipeline/run.ts';
import { runSimulation } from './pipeline/simulate.ts';
import type { Surroundings } from './pipeline/surroundings.ts';
import { shardMatrix } from './plan/shards.ts';
import { renderBaselineOutcome } from './render/baseline-outcome.ts';
import { renderComparisonTerminal } from './render/comparison.ts';
import { comparisonJson } from './render/comparison-json.ts';
import { initJson, renderInit } from './render/init.ts';
import { renderMeasuredTerminal } from './render/measured.ts';
import { renderPairsTerminal } from './render/pair-section.ts';
import { renderPlanTerminal } from './render/plan.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { compareResults } from './tables/comparison.ts';
import { measuredRun } from './tables/measured-run.ts';
import { type CompareCommand, type PairsCommand, readArguments, type SimulateCommand } from './terminal/arguments.ts';
import type { BaselineCommand } from './terminal/baseline-arguments.ts';
import { helpText } from './terminal/help.ts';
import type { InitCommand } from './terminal/init-arguments.ts';
import { progressOn } from './terminal/progress.ts';
import { programVersion } from './version.ts';

/** Exit codes of the terminal; 0 is success. */
const exit = { gateFailed: 1, badInput: 2, interrupted: 130 } as const;

const control = new AbortController();
const width = process.stdout.columns ?? 120;

async function main(argv: readonly string[]): Promise<number> {
  const command = readArguments(argv, flagNames);
  switch (command.kind) {
    case 'help':
      return print(helpText);
    case 'version':
      return print(`${programVersion}\n`);
    case 'init':
      return init(command);
    case 'baseline':
      return baseline(command);
    case 'compare':
      return compare(command);
    case 'simulate':
      return simulated(command);
    case 'doctor':
      print(await diagnose(await terminalOptions(command.flags), surroundings(), width));
      return exitCode(false);
    case 'check-workload':
      return check(command.file, await terminalOptions(command.flags));
    case 'pairs':
      return inPairs(command);
    case 'plan':
      return plan(await terminalOptions(command.flags), command.json);
    case 'report':
      return reportOnly(await terminalOptions(command.flags));
    case 'measure':
      return measureOnly(await terminalOptions(command.flags));
    case 'run':
      return measureAndReport(await terminalOptions(command.flags));
  }
}

function simulated(command: SimulateCommand): number {
  const { text, missed } = runSimulation(command, progressOn(process.stderr), width);
  print(text);
  return missed.length === 0 ? 0 : exit.gateFailed;
}

async function init(command: InitCommand): Promise<number> {
  const made = await initialise(command, surroundings(), join(import.meta.dirname, '..', 'docs', 'recipes'));
  return print(command.json ? `${JSON.stringify(initJson(made), null, 2)}\n` : renderInit(made, { width }));
}

async function baseline(command: BaselineCommand): Promise<number> {
  const outcome = await runBaselineCommand(command, await terminalOptions(command.flags), surroundings());
  print(command.json ? `${JSON.stringify(outcome, null, 2)}\n` : renderBaselineOutcome(outcome, { width }));
  return exitCode(baselineFailed(outcome));
}

async function compare({ base, head, alpha, json }: CompareCommand): Promise<number> {
  const comparison = compareResults(await readResultsFile(base), await readResultsFile(head), alpha);
  return print(json ? `${JSON.stringify(comparisonJson(comparison), null, 2)}\n` : renderComparisonTerminal(comparison, { width }));
}

async function check(file: string, options: Options): Promise<number> {
  const { text, faults } = await checkWorkload(file, options, surroundings(), width);
  print(text);
  return faults === 0 ? 0 : exit.gateFailed;
}

async function inPairs({ base, head, flags }: PairsCommand): Promise<number> {
  const report = await comparePairs({ trees: { base, head }, options: await terminalOptions(flags) }, surroundings());
  print(renderPairsTerminal(report, { width }));
  return exitCode(report.gate.conclusion === 'failure');
}

async function measureOnly(options: Options): Promise<number> {
  const { results, resultsPath } = await measureForReport(options, surroundings());
  const measured = measuredRun(results);
  print(renderMeasuredTerminal(measured, { width }));
  print(`\nResults: ${resultsPath}\n`);
  const faults = measured.broken.length + measured.counts.refused;
  return exitCode(results.partial || (faults > 0 && options['fail-on'].includes('broken')));
}

async function plan(options: Options, json: boolean): Promise<number> {
  const made = await planRun(options, surroundings());
  return print(json ? `${JSON.stringify(shardMatrix(made.shards, options.name))}\n` : renderPlanTerminal(made, { width }));
}

async function reportOnly(options: Options): Promise<number> {
  const { report, reportPath } = await reportOnFiles({ options, surroundings: surroundings() }, (made) => renderReportMarkdown(made, {}));
  print(renderReportTerminal(report, { width }));
  print(`\nReport: ${reportPath}\n`);
  return exitCode(report.partial || report.gate.conclusion === 'failure');
}

async function measureAndReport(options: Options): Promise<number> {
  const outcome = await run({ options, surroundings: surroundings() }, (made) => renderReportMarkdown(made, {}));
  print(renderReportTerminal(outcome.report, { width }));
  print(`\nResults: ${outcome.resultsPath}\nReport: ${outcome.reportPath}\n`);
  return exitCode(outcome.results.partial || outcome.report.gate.conclusion === 'failure');
}

/** A run whose budget ended before every cell had a process is no pass, and no interruption either. */
function exitCode(failed: boolean): number {
  if (control.signal.aborted) return exit.interrupted;
  return failed ? exit.gateFailed : 0;
}

async function terminalOptions(flags: GivenOptions): Promise<Options> {
  const named = flags['config'];
  const path = typeof named === 'string' ? named : readOptions([]).config;
  const file = await readConfigFile(path, named !== undefined);
  return readOptions([
    { source: path, given: file },
    { source: 'flag', given: flags },
  ]);
}

function surroundings(): Surroundings {
  return {
    environment: process.env,
    home: homedir(),
    cwd: process.cwd(),
    workloadsFolder: join(import.meta.dirname, '..', 'workloads'),
    workflow: null,
    repository: readableRepository(process.env['GITHUB_REPOSITORY'], {
      token: process.env['GITHUB_TOKEN'] ?? '',
      apiUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
      signal: control.signal,
    }),
    progress: progressOn(process.stderr),
    signal: control.signal,
  };
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

/** One sentence for an expected fault; anything else is ours and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof UserError) return `concurrency-regressions: ${error.message}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `concurrency-regressions: an unexpected fault; please report it.\n${detail}`;
}

// Not `once`: a listener that is gone when its signal is handled makes others take the process for unguarded and end it.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => control.abort());

// Whoever reads only the first lines closes the pipe: nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const interrupted = control.signal.aborted;
  process.stderr.write(`${interrupted ? 'concurrency-regressions: interrupted before anything was measured.' : explain(error)}\n`);
  process.exitCode = interrupted ? exit.interrupted : exit.badInput;
}
