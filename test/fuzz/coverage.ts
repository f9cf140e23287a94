import { Session } from 'node:inspector/promises';

/** Tells which parts of the source a run reached that no run before it had. */
export class Coverage implements AsyncDisposable {
  readonly #session = new Session();
  readonly #reached = new Set<string>();

  private constructor() {}

  static async start(): Promise<Coverage> {
    const coverage = new Coverage();
    coverage.#session.connect();
    await coverage.#session.post('Profiler.enable');
    await coverage.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return coverage;
  }

  /** How many parts were reached in all. */
  get reached(): number {
    return this.#reached.size;
  }

  /** How many parts of `src` were reached since the last call for the first time. */
  async added(): Promise<number> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const before = this.#reached.size;
    for (const { scriptId, functions } of result.filter(({ url }) => url.includes('/src/')))
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges) if (count > 0) this.#reached.add(`${scriptId} ${startOffset} ${endOffset}`);
    return this.#reached.size - before;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }
}
