/** One request as it came in. */
export interface LoggedRequest {
  readonly method: string;
  /** With its query, from the root of the API. */
  readonly path: string;
  /** Null when the description knows no such call. */
  readonly operation: string | null;
  /** Whether it carried a token. */
  readonly authorized: boolean;
  /** Parsed where it was JSON, text otherwise, undefined when there was none. */
  readonly body: unknown;
  /** Status of the answer; null when there was none. */
  status: number | null;
}

/** Something that GitHub's own description forbids. */
export interface Violation {
  readonly side: 'request' | 'answer';
  readonly request: string;
  readonly faults: readonly string[];
}

/** What was asked, and what was wrong with it. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly violations: Violation[] = [];

  add(request: Omit<LoggedRequest, 'status'>): LoggedRequest {
    const entry = { ...request, status: null };
    this.requests.push(entry);
    return entry;
  }

  /** All that was sent in paths and bodies, taken or not: to look for what must never be. */
  get text(): string {
    return JSON.stringify(this.requests.map(({ path, body }) => [path, body]));
  }

  /** How often an operation was called. */
  count(operation: string): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  violate(side: Violation['side'], { method, path }: Pick<LoggedRequest, 'method' | 'path'>, faults: readonly string[]): void {
    if (faults.length > 0) this.violations.push({ side, request: `${method} ${path}`, faults });
  }

  /** @throws Error listing everything the description forbids that was asked or answered */
  assertClean(): void {
    if (this.violations.length === 0) return;
    const lines = this.violations.map(({ side, request, faults }) => `${side} of ${request}:\n  ${faults.join('\n  ')}`);
    throw new Error(`GitHub's description forbids:\n${lines.join('\n')}`);
  }
}
