/**
 * The share of a process's wall time that is spent inside measured values, beside the same workload under pyperf's
 * worker. Prints a table; start-up and peers of ours are shown apart.
 *
 *   npm run bench:worker [-- 3.13]
 *
 * Both run the same code of the same workload, one fresh process after the other, in turn. Ours with its defaults:
 * five values after one warm-up, a calibration loop around each, every value verified. pyperf with its defaults for a
 * worker: three values after one warm-up at the loop count that its own calibration chose (the calibration process is
 * not counted), nothing verified. Total is from the start of the process to its end as its parent sees it.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { processExecutor } from '../src/measure/process-executor.ts';
import type { ConcurrencyModel } from '../src/model/concurrency-model.ts';
import type { PreparedRuntime } from '../src/model/runtime.ts';
import { prepareRuntimes } from '../src/runtimes/prepare.ts';
import { median } from '../src/stats/quantiles.ts';

const root = join(import.meta.dirname, '..');
const workloadsFolder = join(root, 'workloads');
const workerFolder = join(workloadsFolder, 'worker');
const processes = 9;

const cells: readonly (readonly [string, ConcurrencyModel])[] = [
  ['fan_out', 'threads'],
  ['fan_out', 'asyncio'],
  ['fan_out', 'uvloop'],
  ['spawn', 'threads'],
  ['spawn', 'asyncio'],
  ['context_switch', 'asyncio'],
  ['data_crunching', 'sequential'],
  ['blocking_calls', 'executor'],
  ['file_reading', 'thread_pool'],
  ['web_scraping', 'asyncio'],
  ['chat_server', 'asyncio'],
];

/** Seconds of one process. */
interface Cost {
  readonly total: number;
  readonly measured: number;
  readonly startup: number;
  readonly peers: number;
}

interface Bench {
  readonly runtime: PreparedRuntime;
  readonly peerPython: string;
  readonly scratch: string;
}

async function ours({ runtime, peerPython }: Bench, workload: string, model: ConcurrencyModel): Promise<Cost> {
  const executor = processExecutor({ workerFolder });
  const cell = { workload, model, runtime: runtime.runtime.id, params: '' };
  const request = {
    runtime,
    workload: join(workloadsFolder, `${workload}.py`),
    cell,
    round: 0,
    values: 5,
    warmups: 1,
    params: {},
    peerPython,
    timeoutSeconds: 60,
  };
  const sample = await executor.run(request);
  if (sample.status === 'broken') throw new Error(`${workload}/${model}: ${sample.message}\n${sample.output}`);
  return sample.phases;
}

async function pyperf(
  bench: Bench,
  [workload, model]: readonly [string, ConcurrencyModel],
  arguments_: readonly string[],
): Promise<Omit<Cost, 'startup' | 'peers'> & { readonly loops: number }> {
  const output = join(bench.scratch, `${workload}-${model}.json`);
  rmSync(output, { force: true });
  const env = {
    PATH: process.env['PATH'] ?? '',
    PYTHONPATH: `${workloadsFolder}:${workerFolder}`,
    BENCH_WORKLOAD: join(workloadsFolder, `${workload}.py`),
    BENCH_MODEL: model,
    BENCH_PEER_PYTHON: bench.peerPython,
  };
  const started = performance.now();
  await execa(
    bench.runtime.executable,
    [join(root, 'bench', 'pyperf_cell.py'), '--worker', '--worker-task', '0', ...arguments_, '-o', output],
    {
      env,
      extendEnv: false,
      cwd: bench.scratch,
    },
  );
  const total = (performance.now() - started) / 1000;
  const document = JSON.parse(readFileSync(output, 'utf8'));
  const loops = Number(document.metadata?.loops ?? document.benchmarks[0].metadata?.loops ?? 1);
  const values: readonly number[] = document.benchmarks[0].runs.flatMap((run: { readonly values?: readonly number[] }) => run.values ?? []);
  return { total, measured: values.reduce((sum, value) => sum + value * loops, 0), loops };
}

async function benchCell(bench: Bench, cell: readonly [string, ConcurrencyModel]) {
  const { loops } = await pyperf(bench, cell, ['--calibrate-loops']);
  const pairs: { readonly mine: Cost; readonly theirs: Pick<Cost, 'total' | 'measured'> }[] = [];
  for (let process = 0; process < processes; process += 1) {
    const mine = await ours(bench, ...cell);
    pairs.push({ mine, theirs: await pyperf(bench, cell, ['--loops', String(loops), '--values', '3', '--warmups', '1']) });
  }
  const middle = (pick: (pair: (typeof pairs)[number]) => number) => median(pairs.map(pick));
  return {
    cell: cell.join('/'),
    startup: middle(({ mine }) => mine.startup / mine.total),
    peers: middle(({ mine }) => mine.peers / mine.total),
    share: middle(({ mine }) => mine.measured / mine.total),
    total: middle(({ mine }) => mine.total),
    pyperfShare: middle(({ theirs }) => theirs.measured / theirs.total),
    pyperfTotal: middle(({ theirs }) => theirs.total),
  };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8);
const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(8);

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  const prepared = await prepareRuntimes({
    requested: process.argv.slice(2),
    uvloop: ['latest'],
    packages: ['pyperf'],
    folder: join(root, '.concurrency-regressions', 'bench-environments'),
    surroundings: { env: process.env, home: homedir(), cwd: root },
    onProgress: (text) => console.error(text),
    signal: new AbortController().signal,
  });
  const runtime = prepared.runtimes.at(-1);
  if (runtime === undefined) throw new Error('no runtime to measure on');
  const bench = { runtime, peerPython: prepared.peer.realPath, scratch };
  console.log(`Python ${runtime.runtime.python}, medians of ${processes} processes each, in turn`);
  console.log('cell                           start-up    peers    inside values    total    pyperf: inside values    total');
  const rows: Awaited<ReturnType<typeof benchCell>>[] = [];
  for (const cell of cells) {
    const row = await benchCell(bench, cell);
    rows.push(row);
    console.log(
      `${row.cell.padEnd(30)} ${percent(row.startup)} ${percent(row.peers)}         ${percent(row.share)} ${seconds(row.total)}                 ${percent(row.pyperfShare)} ${seconds(row.pyperfTotal)}`,
    );
  }
  const mean = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  console.log(
    `mean                           ${percent(mean((row) => row.startup))} ${percent(mean((row) => row.peers))}         ${percent(mean((row) => row.share))} ${seconds(mean((row) => row.total))}                 ${percent(mean((row) => row.pyperfShare))} ${seconds(mean((row) => row.pyperfTotal))}`,
  );
  rmSync(scratch, { recursive: true, force: true });
}

await main();
