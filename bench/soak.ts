/**
 * Starts thousands of processes that misbehave, kills the program at random moments, and looks at what is left; writes
 * docs/soak.md.
 *
 *   npm run bench:soak [-- STARTS [KILLS [SEED]]]
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build.ts';
import { seededRandom } from '../src/stats/random.ts';
import { interpretersAtHand } from '../test/python-environments.ts';
import { soakDocument, soakFaults } from './soak/document.ts';
import { type FaultyProject, faultyProject } from './soak/faulty-project.ts';
import { killRuns } from './soak/killed-runs.ts';
import { heapArguments, memoryLooks, memoryTrend, weightOf } from './soak/memory.ts';
import { orderlyEnd, startProgram } from './soak/program.ts';
import { roundSamples } from './soak/remains.ts';

const root = join(import.meta.dirname, '..');
const [starts = 2000, kills = 50, seed = 1] = process.argv.slice(2).map(Number);

/** Points of the scale of the workload, each a cell under each of two models, of the killed runs and of the whole one. */
const points = { killed: 4, whole: 60 } as const;

/** Rounds of a run that is killed again and again, and that is stored in the end. */
const killedRounds = 4;

/** Share of the processes of the whole run that are started: a cell that broke gets none any more. */
const startedShare = 0.75;

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'soak-'));
  const began = performance.now();
  try {
    const cli = await builtProgram(scratch);
    const killed = await killRuns({
      ...{ cli, kills, random: seededRandom(`soak:${seed}`) },
      project: faultyProject(join(scratch, 'killed'), { seed, points: points.killed }),
      argumentsOf: (plan) => (plan % 2 === 0 ? pairedRun(plan) : storedRun(killedRounds, plan)),
    });
    const project = faultyProject(join(scratch, 'whole'), { seed: seed + 1, points: points.whole });
    const whole = await memoryPhase(cli, project, Math.max(0, starts - killed.starts));
    const soak = {
      ...killed,
      ...{ seed, seconds: (performance.now() - began) / 1000, starts: killed.starts + whole.starts },
      ...{ memory: memoryTrend(whole.looks, weightOf(whole.samples)), memoryStarts: whole.starts },
    };
    const document = soakDocument(soak);
    writeFileSync(join(root, 'docs', 'soak.md'), document);
    console.log(document);
    if (soakFaults(soak).length > 0) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Beside the workloads, as in a checkout of the action. */
async function builtProgram(scratch: string): Promise<string> {
  cpSync(join(root, 'workloads'), join(scratch, 'workloads'), { recursive: true });
  await build(join(scratch, 'dist'));
  return join(scratch, 'dist', 'cli.mjs');
}

/** A run that is compared with stored ones, and stored. */
function storedRun(rounds: number, plan: number): readonly string[] {
  return [...runArguments(rounds, plan), '--compare', 'baseline'];
}

/** A run that comes to pairs soon: of the same tree twice, so that every cell is measured in them. */
function pairedRun(plan: number): readonly string[] {
  return [...runArguments(2, plan), '--compare', 'pairs', '--null-run=true', '--confirm-pairs', '10,20'];
}

function runArguments(rounds: number, plan: number): readonly string[] {
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (python === undefined) throw new Error('no Python at hand');
  return [
    ...['run', '--workloads', './bench/*.py', '--python-version', python.executable],
    ...['--baseline-store', 'file', '--processes', String(rounds), '--values', '1', '--timeout', '2', '--time-budget', '3h'],
    ...['--seed', String(plan)],
  ];
}

/** One run that nobody kills, with as many starts as are left. */
async function memoryPhase(cli: string, project: FaultyProject, wanted: number) {
  const rounds = Math.max(2, Math.ceil(wanted / (2 * points.whole) / startedShare));
  const looks = join(project.folder, '..', 'looks');
  const run = startProgram(cli, project, storedRun(rounds, 0), heapArguments(looks, project.startsFile));
  await orderlyEnd(run);
  console.error(run.said().split('\n').slice(-5).join('\n'));
  const samples = roundSamples(join(project.folder, '.concurrency-regressions', 'results.json'));
  return { looks: memoryLooks(looks), samples, starts: project.starts() };
}

await main();
