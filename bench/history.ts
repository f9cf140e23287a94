/**
 * Real regressions and fixes of the past, measured again between versions that can still be installed; writes docs/history.md.
 *
 *   CONCURRENCY_REGRESSIONS_TEST_PYTHONS=/path/python3.14:/path/python3.13t npm run bench:history
 *
 * Each row names a cell of the suite and two runtimes. Eight processes on each side, in turn; the change is Welch's 95 %
 * interval of the logarithms of the process values. `found` means that the interval lies on the expected side of 1. A
 * row whose interpreter or package is not at hand says so.
 */
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { processValue } from '../src/judge/process-value.ts';
import { readMachine } from '../src/measure/machine.ts';
import { processExecutor } from '../src/measure/process-executor.ts';
import { modelLabel } from '../src/model/concurrency-model.ts';
import { metricOf } from '../src/model/metric.ts';
import { type PreparedRuntime, runtimeLabel } from '../src/model/runtime.ts';
import { figureText, ratioText } from '../src/render/number.ts';
import type { Interpreter } from '../src/runtimes/interpreter.ts';
import { peerInterpreter } from '../src/runtimes/peer-interpreter.ts';
import { discover } from '../src/runtimes/prepare.ts';
import { provisionRuntimes } from '../src/runtimes/provision.ts';
import { selectInterpreters } from '../src/runtimes/select.ts';
import { geometricMean, welchRatio } from '../src/stats/welch.ts';
import { type Episode, episodes, type Side } from './history-episodes.ts';

const root = join(import.meta.dirname, '..');
const workloadsFolder = join(root, 'workloads');
const processes = 8;
const level = 0.95;
const executor = processExecutor({ workerFolder: join(workloadsFolder, 'worker') });
const surroundings = { env: process.env, home: homedir(), cwd: root };
const signal = new AbortController().signal;

async function prepared(side: Side, interpreters: Awaited<ReturnType<typeof discover>>): Promise<PreparedRuntime | string> {
  const selection = selectInterpreters([side.python], interpreters);
  if (selection.interpreters.length === 0) return selection.unavailable[0]?.reason ?? 'not at hand';
  const folder = join(root, '.concurrency-regressions', 'bench-environments');
  const uvloop = side.uvloop === undefined ? [] : [side.uvloop];
  const provision = await provisionRuntimes({ interpreters: selection.interpreters, folder, uvloop, packages: [], surroundings, signal });
  return provision.unavailable[0]?.reason ?? provision.runtimes[0] ?? 'no environment';
}

async function figure(episode: Episode, runtime: PreparedRuntime, peer: Interpreter): Promise<number> {
  const { workload, model, params, metric } = episode;
  const sample = await executor.run({
    runtime,
    workload: join(workloadsFolder, `${workload}.py`),
    cell: { workload, model, runtime: runtime.runtime.id, params: '' },
    round: 0,
    values: 3,
    warmups: 1,
    params,
    peerPython: peer.realPath,
    timeoutSeconds: 60,
    signal,
  });
  if (sample.status === 'broken') throw new Error(`${workload}/${model} on ${runtime.runtime.id}: ${sample.message}\n${sample.output}`);
  const value = processValue(sample, metricOf(metric, episode.declared));
  if (value === null) throw new Error(`${workload}/${model} does not report ${metric}`);
  return value;
}

async function measured(episode: Episode, sides: readonly [PreparedRuntime, PreparedRuntime], peer: Interpreter): Promise<string> {
  const base: number[] = [];
  const head: number[] = [];
  for (let process = 0; process < processes; process += 1) {
    base.push(await figure(episode, sides[0], peer));
    head.push(await figure(episode, sides[1], peer));
  }
  const { value, low, high } = welchRatio({ head, base, level });
  const found = episode.expected === 'higher' ? low > 1 : high < 1;
  const { unit } = metricOf(episode.metric, episode.declared);
  const figures = `${figureText(geometricMean(base), unit)} → ${figureText(geometricMean(head), unit)}`;
  return `${figures} | ${ratioText(value)} (${ratioText(low)} to ${ratioText(high)}) | ${found ? 'found' : 'not found'}`;
}

async function row(episode: Episode, interpreters: Awaited<ReturnType<typeof discover>>, peer: Interpreter): Promise<string> {
  const { workload, model, params, what, source } = episode;
  const scaled = Object.entries(params).map((pair) => pair.join('='));
  const cell = `${workload}${scaled.length === 0 ? '' : `[${scaled.join(', ')}]`} ${modelLabel(model)}, ${episode.metric}`;
  const sides = [await prepared(episode.before, interpreters), await prepared(episode.after, interpreters)] as const;
  const [before, after] = sides;
  const absent = sides.find((side) => typeof side === 'string');
  const result =
    typeof before === 'string' || typeof after === 'string'
      ? `– | – | not measured: ${absent}`
      : await measured(episode, [before, after], peer);
  const names = [episode.before, episode.after].map((side, index) => sideName(side, sides[index]));
  return `| ${what} (${source}) | ${names.join(' → ')} | ${cell} | ${result} |`;
}

/** The exact versions that were measured, or what was asked for. */
function sideName({ python, uvloop }: Side, prepared: PreparedRuntime | string | undefined): string {
  const exact = typeof prepared === 'object' ? runtimeLabel(prepared.runtime) : python;
  return uvloop === undefined ? exact : `${exact} + uvloop ${uvloop}`;
}

async function main(): Promise<void> {
  const explicit = (process.env['CONCURRENCY_REGRESSIONS_TEST_PYTHONS'] ?? '').split(delimiter).filter((path) => path !== '');
  const interpreters = await discover(explicit, surroundings, signal);
  const peer = peerInterpreter(interpreters);
  if (peer === undefined) throw new Error('no interpreter for the peers');
  const machine = readMachine(process.env, `${peer.facts.version}-${peer.facts.build}`);
  const lines = [
    '# Regressions and fixes of the past, found again',
    '',
    `Made by \`npm run bench:history\` on ${machine.cpus} × ${machine.cpuModel}, ${machine.os}, ${new Date().toISOString().slice(0, 10)}: ${processes} processes on each side, in turn, 95 % intervals. Interpreters that pyenv and \`PATH\` do not have are named in \`CONCURRENCY_REGRESSIONS_TEST_PYTHONS\`, separated by colons.`,
    '',
    'Improvements are in it as well as regressions: a suite that misses the one misses the other.',
    '',
    '| what changed | between | cell, metric | figures | change | |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const episode of episodes) {
    lines.push(await row(episode, interpreters, peer));
    console.log(lines.at(-1));
  }
  writeFileSync(join(root, 'docs', 'history.md'), `${lines.join('\n')}\n`);
}

await main();
