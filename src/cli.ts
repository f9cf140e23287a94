#!/usr/bin/env node
import './node-version.ts';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readResultsFile } from './baseline/results-file.ts';
import { checkWorkload } from './check-workload.ts';
import { readConfigFile } from './config/config-file.ts';
import { type GivenOptions, type Options, optionNames, readOptions } from './config/options.ts';
import { readPairOptions } from './config/pair-options.ts';
import { diagnose } from './doctor.ts';
import { UserError } from './model/user-error.ts';
import { comparePairs } from './pairs.ts';
import { measure, reportOf, run, type Surroundings } from './pipeline.ts';
import { renderComparisonTerminal } from './render/comparison.ts';
import { renderMeasuredTerminal } from './render/measured.ts';
import { renderPairsTerminal } from './render/pair-section.ts';
import { renderReportMarkdown, renderReportTerminal } from './render/report.ts';
import { compareResults } from './tables/comparison.ts';
import type { Report } from './tables/report.ts';
import { helpText, type PairsCommand, readArguments } from './terminal/arguments.ts';
import { progressOn } from './terminal/progress.ts';
import { programVersion } from './version.ts';

/** Exit codes of the terminal; 0 is success. */
const exit = { gateFailed: 1, badInput: 2, interrupted: 130 } as const;

const control = new AbortController();
const width = process.stdout.columns ?? 120;

async function main(argv: readonly string[]): Promise<number> {
  const command = readArguments(argv, optionNames);
  switch (command.kind) {
    case 'help':
      return print(helpText);
    case 'version':
      return print(`${programVersion}\n`);
    case 'compare':
      return print(
        renderComparisonTerminal(compareResults(await readResultsFile(command.base), await readResultsFile(command.head)), { width }),
      );
    case 'doctor':
      return print(await diagnose(await terminalOptions(command.flags), surroundings(), width));
    case 'check-workload':
      return check(command.file, await terminalOptions(command.flags));
    case 'pairs':
      return inPairs(command);
    case 'measure':
      return measureOnly(await terminalOptions(command.flags));
    case 'run':
      return measureAndReport(await terminalOptions(command.flags));
  }
}

async function check(file: string, options: Options): Promise<number> {
  const { text, faults } = await checkWorkload(file, options, surroundings(), width);
  print(text);
  return faults === 0 ? 0 : exit.gateFailed;
}

async function inPairs({ base, head, own, flags }: PairsCommand): Promise<number> {
  const options = await terminalOptions(flags);
  const pairOptions = readPairOptions(own, options['fail-on'].includes('none'));
  const report = await comparePairs({ trees: { base, head }, own: pairOptions, options }, surroundings());
  print(renderPairsTerminal(report, { width }));
  if (report.endedBy === 'interrupt') return exit.interrupted;
  return report.gate.conclusion === 'failure' ? exit.gateFailed : 0;
}

async function measureOnly(options: Options): Promise<number> {
  const { results, resultsPath } = await measure(options, surroundings());
  const report = reportOf(options, results, { baselineRuns: [], storesBaseline: false });
  print(renderMeasuredTerminal(report, { width }));
  print(`\nResults: ${resultsPath}\n`);
  return exitCode(report);
}

async function measureAndReport(options: Options): Promise<number> {
  const { report, resultsPath, reportPath } = await run(options, surroundings(), (made) => renderReportMarkdown(made, {}));
  print(renderReportTerminal(report, { width }));
  print(`\nResults: ${resultsPath}\nReport: ${reportPath}\n`);
  return exitCode(report);
}

/** A run whose budget ended before every cell had a process is no pass, and no interruption either. */
function exitCode({ partial, gate }: Report): number {
  if (control.signal.aborted) return exit.interrupted;
  return partial || gate.conclusion === 'failure' ? exit.gateFailed : 0;
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

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const interrupted = control.signal.aborted;
  process.stderr.write(`${interrupted ? 'concurrency-regressions: interrupted before anything was measured.' : explain(error)}\n`);
  process.exitCode = interrupted ? exit.interrupted : exit.badInput;
}
