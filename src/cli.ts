#!/usr/bin/env node
import './node-version.ts';
import { join } from 'node:path';
import { readComparedFile } from './baseline/compared-file.ts';
import type { Options } from './config/options.ts';
import { baselineFailed, runBaselineCommand } from './pipeline/baseline-commands.ts';
import { checkWorkload } from './pipeline/check-workload.ts';
import { commandFault } from './pipeline/command-fault.ts';
import { diagnose } from './pipeline/doctor.ts';
import { exportRun } from './pipeline/export.ts';
import { initialise } from './pipeline/init.ts';
import { measureForReport } from './pipeline/measure.ts';
import { comparePairs } from './pipeline/pairs.ts';
import { planRun } from './pipeline/plan.ts';
import { progressOn } from './pipeline/progress.ts';
import { reportOnFiles } from './pipeline/report.ts';
import { run } from './pipeline/run.ts';
import { runSimulation } from './pipeline/simulate.ts';
import type { Surroundings } from './pipeline/surroundings.ts';
import { terminalOptions } from './pipeline/terminal-options.ts';
import { terminalSurroundings } from './pipeline/terminal-surroundings.ts';
import { shardMatrix } from './plan/shards.ts';
import { renderBaselineOutcome } from './render/baseline-outcome.ts';
import { renderComparisonTerminal } from './render/comparison.ts';
import { comparisonJson } from './render/comparison-json.ts';
import { renderDiagnosis } from './render/diagnosis.ts';
import { diagnosisJson } from './render/diagnosis-json.ts';
import { renderHelp } from './render/help.ts';
import { initJson, renderInit } from './render/init.ts';
import { endedAtOnceText, interruptedLines, stoppingText } from './render/interrupted.ts';
import { jsonText } from './render/json-text.ts';
import { renderMeasuredTerminal } from './render/measured.ts';
import { measuredJson } from './render/measured-json.ts';
import { renderPairsTerminal } from './render/pair-section.ts';
import { pairsJson } from './render/pairs-json.ts';
import { renderPlanTerminal } from './render/plan.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { type JsonPaths, reportJson } from './render/report-json.ts';
import { renderSimulationTerminal } from './render/simulation.ts';
import { renderWorkloadCheck } from './render/workload-check.ts';
import { workloadCheckJson } from './render/workload-check-json.ts';
import { compareResults } from './tables/comparison.ts';
import { measuredRun } from './tables/measured-run.ts';
import type { Report } from './tables/report.ts';
import { readArguments, wantsJson } from './terminal/arguments.ts';
import type { BaselineCommand } from './terminal/baseline-arguments.ts';
import { takesColors } from './terminal/color-support.ts';
import { commands } from './terminal/commands.ts';
import type { CompareCommand } from './terminal/compare-arguments.ts';
import { completionScript } from './terminal/completion.ts';
import { helpPages } from './terminal/help.ts';
import type { InitCommand } from './terminal/init-arguments.ts';
import type { MeasuringCommand, PairsCommand } from './terminal/measuring-arguments.ts';
import type { SimulateCommand } from './terminal/simulate-arguments.ts';
import { programVersion } from './version.ts';

/** Exit codes of the terminal; 0 is success. */
const exit = { gateFailed: 1, badInput: 2, interrupted: 130 } as const;

const control = new AbortController();
const layout = { width: process.stdout.columns ?? 120, colors: takesColors(process.stdout) };
const progress = progressOn(process.stderr, { colors: takesColors(process.stderr) });

async function main(argv: readonly string[]): Promise<number> {
  const command = readArguments(argv);
  switch (command.kind) {
    case 'help':
      return print(renderHelp(helpPages, command.topic, layout));
    case 'version':
      return print(`${programVersion}\n`);
    case 'completion':
      return print(completionScript(command.shell, commands));
    case 'init':
      return init(command);
    case 'baseline':
      return baseline(command);
    case 'compare':
      return compare(command);
    case 'export':
      return print(await exportRun(command, await terminalOptions(command.flags), surroundings()));
    case 'simulate':
      return simulated(command);
    case 'pairs':
      return inPairs(command);
    default:
      return measuring(command, { options: await terminalOptions(command.flags), json: command.json });
  }
}

/** What a command was asked for besides its name. */
interface Asked {
  readonly options: Options;
  readonly json: boolean;
}

function measuring(command: Exclude<MeasuringCommand, PairsCommand>, asked: Asked): Promise<number> {
  switch (command.kind) {
    case 'doctor':
      return doctor(asked);
    case 'check-workload':
      return check(command.file, asked);
    case 'plan':
      return plan(asked);
    case 'report':
      return reportOnly(asked);
    case 'measure':
      return measureOnly(asked);
    case 'run':
      return measureAndReport(asked);
  }
}

function simulated(command: SimulateCommand): number {
  const simulation = runSimulation(command, progress);
  print(command.json ? jsonText({ schema: 1, kind: 'simulation', ...simulation }) : renderSimulationTerminal(simulation, layout));
  return simulation.missed.length === 0 ? 0 : exit.gateFailed;
}

async function init(command: InitCommand): Promise<number> {
  const made = await initialise(command, surroundings(), join(import.meta.dirname, '..', 'docs', 'recipes'));
  return print(command.json ? jsonText(initJson(made)) : renderInit(made, layout));
}

async function baseline(command: BaselineCommand): Promise<number> {
  const outcome = await runBaselineCommand(command, await terminalOptions(command.flags), surroundings());
  print(command.json ? jsonText({ schema: 1, ...outcome }) : renderBaselineOutcome(outcome, layout));
  return exitCode(baselineFailed(outcome));
}

async function compare({ base, head, alpha, json }: CompareCommand): Promise<number> {
  const comparison = compareResults(await readComparedFile(base), await readComparedFile(head), alpha);
  return print(json ? jsonText(comparisonJson(comparison)) : renderComparisonTerminal(comparison, layout));
}

async function doctor({ options, json }: Asked): Promise<number> {
  const diagnosis = await diagnose(options, surroundings());
  print(json ? jsonText(diagnosisJson(diagnosis)) : renderDiagnosis(diagnosis, layout));
  return exitCode(false);
}

async function check(file: string, { options, json }: Asked): Promise<number> {
  const found = await checkWorkload(file, options, surroundings());
  print(json ? jsonText(workloadCheckJson(found)) : renderWorkloadCheck(found, layout));
  return exitCode(found.faults + found.unavailable.length + found.unreached > 0);
}

async function inPairs({ base, head, json, flags }: PairsCommand): Promise<number> {
  const report = await comparePairs({ trees: { base, head }, options: await terminalOptions(flags) }, surroundings());
  print(json ? jsonText(pairsJson(report)) : renderPairsTerminal(report, layout));
  sayHowToGoOn('pairs', null);
  return exitCode(report.gate.conclusion === 'failure');
}

async function measureOnly({ options, json }: Asked): Promise<number> {
  const { results, resultsPath } = await measureForReport(options, surroundings());
  const measured = measuredRun(results);
  print(json ? jsonText(measuredJson(measured, resultsPath)) : `${renderMeasuredTerminal(measured, layout)}\nResults: ${resultsPath}\n`);
  sayHowToGoOn('measure', resultsPath);
  const faults = measured.broken.length + measured.counts.refused;
  return exitCode(results.partial || (faults > 0 && options['fail-on'].includes('broken')));
}

async function plan({ options, json }: Asked): Promise<number> {
  const made = await planRun(options, surroundings());
  return print(json ? `${JSON.stringify(shardMatrix(made.shards, options.name))}\n` : renderPlanTerminal(made, layout));
}

async function reportOnly({ options, json }: Asked): Promise<number> {
  const { report, reportPath, htmlReportPath } = await reportOnFiles({ options, surroundings: surroundings() }, reportText);
  printReport(report, { results: null, report: reportPath, page: htmlReportPath }, json);
  return exitCode(report.partial || report.gate.conclusion === 'failure');
}

async function measureAndReport({ options, json }: Asked): Promise<number> {
  const { report, reportPath, htmlReportPath, results, resultsPath } = await run({ options, surroundings: surroundings() }, reportText);
  printReport(report, { results: resultsPath, report: reportPath, page: htmlReportPath }, json);
  sayHowToGoOn('run', resultsPath);
  return exitCode(results.partial || report.gate.conclusion === 'failure');
}

function printReport(report: Report, paths: JsonPaths, json: boolean): void {
  const results = paths.results === null ? '' : `Results: ${paths.results}\n`;
  const page = paths.page === null ? '' : `Page: ${paths.page}\n`;
  const files = `${results}Report: ${paths.report}\n${page}`;
  print(json ? jsonText(reportJson(report, paths)) : `${renderReportTerminal(report, layout)}\n${files}`);
}

const reportText = (report: Report): string => renderReportMarkdown(report, {});

/** On stderr, where it is not in the way of what is read by programs. */
function sayHowToGoOn(command: string, resultsPath: string | null): void {
  if (!control.signal.aborted) return;
  for (const line of interruptedLines({ command, resultsPath })) progress.note(line);
}

/** A run whose budget ended before every cell had a process is no pass, and no interruption either. */
function exitCode(failed: boolean): number {
  if (control.signal.aborted) return exit.interrupted;
  return failed ? exit.gateFailed : 0;
}

function surroundings(): Surroundings {
  return terminalSurroundings({ workloadsFolder: join(import.meta.dirname, '..', 'workloads'), progress, signal: control.signal });
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

/** Samples are kept by the first signal; whoever sends another one does not wait for that. */
function stop(signal: 'SIGINT' | 'SIGTERM'): void {
  if (!control.signal.aborted) {
    progress.note(stoppingText);
    control.abort();
  } else if (signal === 'SIGINT') {
    progress.end();
    progress.note(endedAtOnceText);
    process.exit(exit.interrupted);
  }
}

// Not `once`: a listener that is gone when its signal is handled makes others take the process for unguarded and end it.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);

// Whoever reads only the first lines closes the pipe: nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const argv = process.argv.slice(2);
try {
  process.exitCode = await main(argv);
} catch (error) {
  const { text, json } = commandFault(error, control.signal.aborted);
  progress.end();
  process.stderr.write(text);
  if (wantsJson(argv)) print(jsonText(json));
  process.exitCode = control.signal.aborted ? exit.interrupted : exit.badInput;
}
