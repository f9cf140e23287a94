import { fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { execa } from 'execa';

import { readTail } from './output-tail.ts';
import { startTicks } from './process-table.ts';
import { type Resource, ResourceWatch, watchedResources } from './resource-watch.ts';
import type { SampleFolder } from './sample-folder.ts';
import type { SampleLimits } from './sample-limits.ts';
import { killSurvivors, type Traces } from './survivors.ts';
import { type Conversation, ConversationListener } from './worker-conversation.ts';
import { markerVariable } from './worker-environment.ts';

/** The descriptor of the protocol, as the worker knows it. */
export const protocolDescriptor = 3;

/** Most bytes a worker may print. Watched by size, so a flood ends some writes later, not at the byte. */
export const outputLimitBytes = 16 * 1024 * 1024;

/** How often the output and what the sample takes of the machine are looked at, milliseconds. */
const watchMilliseconds = 100;

/** How long a worker that has said its last word may take to exit, milliseconds. */
const graceMilliseconds = 1000;

/** How long killed processes may take to be gone, milliseconds; a killed process is gone in a few. */
const sweepMilliseconds = 1000;

/** How long the last bytes of the protocol may take once the writers are dead, milliseconds. */
const drainMilliseconds = 200;

/** What a worker is started with. */
export interface WorkerStart {
  /** Absolute path of the interpreter. */
  readonly executable: string;
  readonly argv: readonly string[];
  /** The whole environment; nothing is added but by the operating system. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: SampleFolder;
  readonly limits: SampleLimits;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a worker came to its end; the first thing that happened. `lingering`: killed some time after its last word. */
export type WorkerEnding =
  | { readonly how: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly how: 'not started'; readonly reason: string }
  | { readonly how: 'resource'; readonly resource: Resource; readonly limit: number }
  | { readonly how: 'timeout' | 'abort' | 'output limit' | 'protocol' | 'lingering' };

/** All that is known of a worker after it and everything it started are dead. */
export interface WorkerRecord {
  readonly conversation: Conversation;
  readonly ending: WorkerEnding;
  /** Raw end of what it printed. */
  readonly output: string;
  /** Ids of processes that SIGKILL did not end. */
  readonly survivors: readonly number[];
}

type Worker = ReturnType<typeof startWorker>;
type Stop = (ending: WorkerEnding) => void;

interface Running {
  readonly worker: Worker;
  /** Null for one that could not be started. */
  readonly traces: Traces | null;
  readonly listener: ConversationListener;
  /** When it was started, milliseconds of the monotonic clock. */
  readonly spawned: number;
}

/**
 * Starts a worker through execa with an argv array and no shell, in a session of its own. stdout and stderr are raw
 * descriptors: through pipes, a grandchild that holds them would keep the call waiting for its whole life.
 */
function startWorker(start: WorkerStart) {
  const { executable, argv, environment, folder } = start;
  // execa passes any descriptor on; its types name only 3 to 9.
  const output = folder.output as 3;
  return execa(executable, [...argv], {
    cwd: folder.home,
    env: environment,
    extendEnv: false,
    stdio: ['ignore', output, output, 'pipe'],
    buffer: false,
    reject: false,
    killDescendants: true,
    verbose: 'none',
  });
}

function protocolOf(worker: Worker): Readable {
  return worker.nodeChildProcess.stdio[protocolDescriptor] as Readable;
}

/** Hears the protocol; a fault stops the worker at once, its last word starts the grace. Returns how to stop hearing. */
function watchProtocol({ worker, listener, spawned }: Running, stop: Stop): () => void {
  let grace: NodeJS.Timeout | undefined;
  const stream = protocolOf(worker);
  stream.on('data', (chunk: Buffer) => {
    const wasClosed = listener.closed;
    listener.hear(chunk, (performance.now() - spawned) / 1000);
    if (wasClosed || !listener.closed) return;
    if (listener.conversation.fault !== null) stop({ how: 'protocol' });
    // Unreferenced: a last word that is read while draining starts a grace that nobody waits for.
    grace = setTimeout(() => stop({ how: 'lingering' }), graceMilliseconds).unref();
  });
  // A reset of the socket is the worker closing it; whether that was wrong shows in what it said before.
  stream.on('error', () => undefined);
  return () => clearTimeout(grace);
}

/** Stops the worker on its exit, and when it could not be started at all. */
function watchExit(worker: Worker, stop: Stop): void {
  worker.nodeChildProcess.once('exit', (code, signal) => stop({ how: 'exit', code, signal }));
  void worker.then((result) => {
    if (worker.pid === undefined) stop({ how: 'not started', reason: result.originalMessage ?? 'unknown reason' });
  });
}

function watchOutput(output: number, stop: Stop): () => void {
  const watch = setInterval(() => {
    if (fstatSync(output).size > outputLimitBytes) stop({ how: 'output limit' });
  }, watchMilliseconds);
  return () => clearInterval(watch);
}

/** Stops a sample that would take the machine down; what is looked at costs no more than a glance at the output. */
function watchMachine(traces: Traces | null, limits: SampleLimits, stop: Stop): () => void {
  if (traces === null) return () => undefined;
  const machine = new ResourceWatch(watchedResources(traces, limits));
  const watch = setInterval(() => {
    const exceeded = machine.exceeded();
    if (exceeded !== null) stop({ how: 'resource', resource: exceeded.resource, limit: exceeded.limit });
  }, watchMilliseconds);
  return () => clearInterval(watch);
}

function watchTimeout(timeoutSeconds: number, stop: Stop): () => void {
  const timer = setTimeout(() => stop({ how: 'timeout' }), timeoutSeconds * 1000);
  return () => clearTimeout(timer);
}

function watchAbort(signal: AbortSignal | undefined, stop: Stop): () => void {
  const abort = (): void => stop({ how: 'abort' });
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return () => signal?.removeEventListener('abort', abort);
}

/** Waits for whatever comes first: exit, last word and grace, timeout, abort, a fault, too much output or of the machine. */
async function firstEnding(running: Running, start: WorkerStart): Promise<WorkerEnding> {
  const { promise, resolve } = Promise.withResolvers<WorkerEnding>();
  watchExit(running.worker, resolve);
  const release = [
    watchProtocol(running, resolve),
    watchOutput(start.folder.output, resolve),
    watchMachine(running.traces, start.limits, resolve),
    watchTimeout(start.timeoutSeconds, resolve),
    watchAbort(start.signal, resolve),
  ];
  const ending = await promise;
  for (const stopWatching of release) stopWatching();
  return ending;
}

/** Reads what is left in the pipe. Its writers are dead, so its end comes at once; where one escaped, patience ends. */
async function drain(worker: Worker): Promise<void> {
  const stream = protocolOf(worker);
  await finished(stream, { writable: false, signal: AbortSignal.timeout(drainMilliseconds) }).catch(() => undefined);
  stream.destroy();
}

function tracesOf(worker: Worker, start: WorkerStart): Traces | null {
  const { pid } = worker;
  if (pid === undefined) return null;
  const marker = `${markerVariable}=${start.environment[markerVariable] ?? ''}`;
  return { leader: pid, since: startTicks(pid), marker, folder: start.folder.path };
}

/**
 * Runs one worker to its end and leaves nothing of it alive, also after a normal end: a descendant left over would
 * disturb the next sample. Returns at most about 1.2 s after the ending it reports. Never rejects for what the worker does.
 */
export async function runWorker(start: WorkerStart): Promise<WorkerRecord> {
  const spawned = performance.now();
  const worker = startWorker(start);
  const traces = tracesOf(worker, start);
  const listener = new ConversationListener();
  const ending = await firstEnding({ worker, traces, listener, spawned }, start);
  worker.kill('SIGKILL');
  const survivors = traces === null ? [] : await killSurvivors(traces, sweepMilliseconds);
  await drain(worker);
  return { conversation: listener.conversation, ending, output: readTail(start.folder.output), survivors };
}
