/** What the server sends back. */
export interface Answer {
  readonly status: number;
  /** A value to be sent as JSON, bytes to be sent as they are, or nothing. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a call with an error in GitHub's words; thrown by whatever finds the reason. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}, details: object = {}) {
    super(message);
    const documentation = 'https://docs.github.com/rest';
    this.answer = { status, body: { message, ...details, documentation_url: documentation, status: String(status) }, headers };
  }
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, body, headers });

/** Something new, and where it is. */
export const created = (body: unknown, location?: string): Answer => ({
  status: 201,
  body,
  ...(location === undefined ? {} : { headers: { location } }),
});

export const gone: Answer = { status: 204 };

/** The value, or a 404 when there is none. */
export function found<Value>(value: Value | null | undefined, message = 'Not Found'): Value {
  if (value === null || value === undefined) throw new Refusal(404, message);
  return value;
}
