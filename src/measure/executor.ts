import type { Cell } from '../model/cell.ts';
import type { PreparedRuntime } from '../model/runtime.ts';
import type { Sample } from '../model/sample.ts';
import type { RefusedWorkload, WorkloadDescription } from '../model/workload.ts';

/** What every request says. */
interface Request {
  readonly runtime: PreparedRuntime;
  /** Absolute path of the workload file. */
  readonly workload: string;
  /** Seconds, above 0, after which the process and all it started are killed. */
  readonly timeoutSeconds: number;
  /** Aborting it kills the process and all it started; the pending call then rejects with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** Asks what a workload can do on a runtime. */
export type DescribeRequest = Request;

/** Asks for one sample: one fresh process of one cell. */
export interface RunRequest extends Request {
  readonly cell: Cell;
  /** Which round of the schedule, from 0. */
  readonly round: number;
  /** How many values to measure, at least 1. */
  readonly values: number;
  /** How many values to run before, unmeasured, at least 0. */
  readonly warmups: number;
  /** JSON values that override the workload's own parameters, by name. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Absolute path of the fixed interpreter that peers run on. */
  readonly peerPython: string;
}

/** What became of a request to describe a workload. */
export type DescribeOutcome =
  | { readonly status: 'described'; readonly description: WorkloadDescription }
  | { readonly status: 'refused'; readonly refusal: RefusedWorkload };

/**
 * Runs workers, one at a time or several: whoever calls decides. A workload that fails is an outcome, never an error;
 * the promises reject only with an `AbortError` (see `isAbort`) or a fault of this machine, such as a full disk.
 */
export interface Executor {
  describe(request: DescribeRequest): Promise<DescribeOutcome>;
  run(request: RunRequest): Promise<Sample>;
}

/** The error of a call whose signal was aborted. */
export function abortError(): Error {
  return new DOMException('The measurement was interrupted.', 'AbortError');
}

/** Whether a call ended because its signal was aborted, and not because anything broke. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
