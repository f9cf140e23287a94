import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';

import type { BrokenSample, Sample } from '../model/sample.ts';
import { abortError, type DescribeOutcome, type DescribeRequest, type Executor, type RunRequest } from './executor.ts';
import { type Execution, type Fault, faultOf } from './fault.ts';
import { measuredSample } from './measured-sample.ts';
import { fenceOutput } from './output-tail.ts';
import { ownerTag } from './program-process.ts';
import { makeSampleFolder, removeSampleFolder, type SampleFolder } from './sample-folder.ts';
import { limitsArgument, type SampleLimits, sampleLimits } from './sample-limits.ts';
import { workerEnvironment } from './worker-environment.ts';
import { protocolDescriptor, runWorker, type WorkerRecord } from './worker-process.ts';
import { describedWorkload, refusedWorkload } from './workload-description.ts';

/** What a process executor needs to know of this machine. */
export interface ProcessExecutorOptions {
  /** Absolute path of the folder of the Python worker. */
  readonly workerFolder: string;
  /** The environment that the allow-list picks from; this program's own when left out. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the folders of the samples are made; the system's temporary folder when left out. */
  readonly temporaryFolder?: string;
  /** What a sample may take of the machine where that is not what the machine has to spare. */
  readonly limits?: Partial<SampleLimits>;
}

/** Measures with real processes: one fresh worker for every request, nothing of it alive or on disk afterwards. */
export function processExecutor(options: ProcessExecutorOptions): Executor {
  return {
    describe: (request) => describe(options, request),
    run: (request) => run(options, request),
  };
}

async function run(options: ProcessExecutorOptions, request: RunRequest): Promise<Sample> {
  const record = await execute(options, request, runArguments(request));
  const sample = faultOf(record, request) ?? measuredSample(request, record.conversation);
  return 'status' in sample ? sample : brokenSample(request, record, sample);
}

async function describe(options: ProcessExecutorOptions, request: DescribeRequest): Promise<DescribeOutcome> {
  const record = await execute(options, request, ['describe', ...fileArguments(request)]);
  const fault = faultOf(record, { timeoutSeconds: request.timeoutSeconds, values: 0 });
  return fault === null
    ? describedWorkload(request.workload, record.conversation.workload)
    : refusedWorkload(request.workload, record, fault);
}

function fileArguments({ workload }: DescribeRequest): readonly string[] {
  return ['--workload', workload, '--fd', String(protocolDescriptor)];
}

function runArguments(request: RunRequest): readonly string[] {
  const amounts = ['--values', String(request.values), '--warmups', String(request.warmups)];
  const settings = ['--params', JSON.stringify(request.params), '--peer-python', request.peerPython];
  return ['run', ...fileArguments(request), '--model', request.cell.model, ...amounts, ...settings];
}

function brokenSample(request: RunRequest, record: WorkerRecord, { kind, message }: Fault): BrokenSample {
  const trace = record.conversation.error?.trace ?? '';
  const output = fenceOutput([record.output.trimEnd(), trace].filter((text) => text !== '').join('\n'));
  return { status: 'broken', cell: request.cell, round: request.round, kind, message, output };
}

/** Runs a worker in a folder of its own, which is gone afterwards. */
async function execute(options: ProcessExecutorOptions, request: DescribeRequest, argv: readonly string[]): Promise<Execution> {
  if (request.signal?.aborted === true) throw abortError();
  const folder = makeSampleFolder(options.temporaryFolder ?? tmpdir());
  let leftover: string | null = null;
  const record = await startIn(folder, options, request, argv).finally(async () => {
    leftover = await removeSampleFolder(folder);
  });
  if (record.ending.how === 'abort') throw abortError();
  return { ...record, leftover };
}

async function startIn(
  folder: SampleFolder,
  options: ProcessExecutorOptions,
  request: DescribeRequest,
  argv: readonly string[],
): Promise<WorkerRecord> {
  const { runtime, workload, timeoutSeconds, signal } = request;
  const { workerFolder } = options;
  const host = options.environment ?? process.env;
  const environment = workerEnvironment({
    host,
    runtime,
    workload,
    workerFolder,
    home: folder.home,
    marker: `${ownerTag()}-${randomUUID()}`,
  });
  const limits = { ...sampleLimits(folder.path), ...options.limits };
  const interpreterArguments = ['-s', '-X', 'faulthandler', workerFolder];
  return runWorker({
    executable: runtime.executable,
    argv: [...interpreterArguments, ...argv, '--limits', limitsArgument(limits)],
    environment,
    folder,
    limits,
    timeoutSeconds,
    signal,
  });
}
