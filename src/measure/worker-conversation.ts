import { LineSplitter } from './line-splitter.ts';
import {
  type EndEvent,
  type ErrorEvent,
  parseWorkerLine,
  type StartEvent,
  type ValueEvent,
  type WorkerEvent,
  type WorkloadEvent,
} from './worker-protocol.ts';

/** What one worker said, in the order the protocol allows; times are seconds since the process was started. */
export interface Conversation {
  readonly start: StartEvent | null;
  readonly startedAt: number;
  readonly workload: WorkloadEvent | null;
  readonly values: readonly ValueEvent[];
  readonly error: ErrorEvent | null;
  readonly end: EndEvent | null;
  readonly endedAt: number;
  /** What is wrong with the protocol itself, or null; nothing after it was read. */
  readonly fault: string | null;
}

/** Listens to the protocol of one worker. After `end`, `error` or a fault nothing more is heard. */
export class ConversationListener {
  readonly #splitter = new LineSplitter();
  #start: StartEvent | null = null;
  #startedAt = 0;
  #workload: WorkloadEvent | null = null;
  readonly #values: ValueEvent[] = [];
  #error: ErrorEvent | null = null;
  #end: EndEvent | null = null;
  #endedAt = 0;
  #fault: string | null = null;

  /** Whether the worker has said its last word. */
  get closed(): boolean {
    return this.#fault !== null || this.#error !== null || this.#end !== null;
  }

  /** The conversation so far. */
  get conversation(): Conversation {
    return {
      start: this.#start,
      startedAt: this.#startedAt,
      workload: this.#workload,
      values: this.#values,
      error: this.#error,
      end: this.#end,
      endedAt: this.#endedAt,
      fault: this.#fault,
    };
  }

  /** Takes bytes as they arrive; `at` is seconds since the process was started. */
  hear(chunk: Buffer, at: number): void {
    if (this.closed) return;
    const { lines, fault } = this.#splitter.push(chunk);
    for (const line of lines) if (!this.closed) this.#hearLine(line, at);
    if (!this.closed) this.#fault = fault;
  }

  #hearLine(line: string, at: number): void {
    const parsed = parseWorkerLine(line);
    if (parsed.kind === 'fault') this.#fault = parsed.reason;
    if (parsed.kind === 'event') this.#fault = this.#misplaced(parsed.event);
    if (parsed.kind === 'event' && this.#fault === null) this.#take(parsed.event, at);
  }

  /** Why an event may not come now, or null when it may. */
  #misplaced(event: WorkerEvent): string | null {
    const opened = this.#start !== null || this.#workload !== null;
    const opens = event.event === 'start' || event.event === 'workload';
    if (opens && opened) return `its ${event.event} line came twice`;
    if (!opens && !opened && event.event !== 'error') return `its ${event.event} line came before its first line`;
    if (event.event !== 'value') return null;
    return event.index === this.#values.length ? null : `value ${event.index} came where value ${this.#values.length} was due`;
  }

  #take(event: WorkerEvent, at: number): void {
    switch (event.event) {
      case 'start':
        this.#start = event;
        this.#startedAt = at;
        return;
      case 'workload':
        this.#workload = event;
        return;
      case 'value':
        this.#values.push(event);
        return;
      case 'warmup':
        return;
      case 'error':
        this.#error = event;
        return;
      case 'end':
        this.#end = event;
        this.#endedAt = at;
    }
  }
}
