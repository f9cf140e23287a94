import type { Answer } from './answer.ts';

/** What goes wrong. */
export type Fault =
  /** An error instead of the answer; `applied` when the write took effect all the same. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly applied?: boolean;
    }
  /** The hour's requests are used up: 403, nothing left, and when it begins anew. */
  | { readonly kind: 'rate limit'; readonly resetSeconds: number }
  /** Too much at once. Without `retryAfterSeconds` only the message tells it. */
  | { readonly kind: 'secondary rate limit'; readonly status?: 403 | 429; readonly retryAfterSeconds?: number }
  /** The connection breaks, before or after the write took effect. */
  | { readonly kind: 'reset'; readonly applied: boolean }
  /** The request waits before it takes effect. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The connection ends in the middle of a JSON text that looks complete to HTTP. The write took effect. */
  | { readonly kind: 'truncated' }
  /** There is never an answer; `applied` when the write took effect all the same. */
  | { readonly kind: 'hang'; readonly applied?: boolean };

/** Which requests a fault befalls. All conditions must hold. */
export interface FaultRule {
  /** Operation id: "issues/create-comment". */
  readonly operation?: string;
  readonly method?: string;
  /** Matched with the path as it was sent, from the root of the API. */
  readonly path?: RegExp;
  /** How many requests are left in peace first; none unless said. */
  readonly after?: number;
  /** How many are hit from then on; one unless said. */
  readonly times?: number;
  readonly fault: Fault;
}

/** What a rule is asked about. */
interface Target {
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
}

/** The faults that are still to come. */
export class FaultPlan {
  #rules: { readonly rule: FaultRule; left: number; wait: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? 1, wait: rule.after ?? 0 });
  }

  /** Rules that have not hit as often as they should: a test that meant them to has not tested it. */
  get pending(): readonly FaultRule[] {
    return this.#rules.filter(({ left }) => left > 0 && left !== Number.POSITIVE_INFINITY).map(({ rule }) => rule);
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that befalls a request, or null; it is used up by being asked for. */
  take(target: Target): Fault | null {
    for (const entry of this.#rules.filter(({ rule, left }) => left > 0 && isMeant(rule, target))) {
      if (entry.wait > 0) {
        entry.wait -= 1;
        continue;
      }
      entry.left -= 1;
      return entry.rule.fault;
    }
    return null;
  }
}

function isMeant({ operation, method, path }: FaultRule, target: Target): boolean {
  return (
    (operation === undefined || operation === target.operation) &&
    (method === undefined || method.toUpperCase() === target.method) &&
    (path === undefined || path.test(target.path))
  );
}

/** Whether a write takes effect although its caller does not get the answer. */
export function takesEffect(fault: Fault): boolean {
  return fault.kind === 'slow' || fault.kind === 'truncated' || ('applied' in fault && fault.applied === true);
}

/** The answer in place of the right one, for the faults that give one. */
export function faultAnswer(fault: Fault, now: Date): Answer | null {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault.status, fault.message, fault.headers ?? {});
    case 'rate limit':
      return statusAnswer(403, 'API rate limit exceeded for installation.', {
        ...{ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' },
        'x-ratelimit-reset': String(Math.ceil(now.getTime() / 1000) + fault.resetSeconds),
      });
    case 'secondary rate limit': {
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      const { retryAfterSeconds: wait } = fault;
      return statusAnswer(fault.status ?? 403, message, wait === undefined ? {} : { 'retry-after': String(wait) });
    }
    default:
      return null;
  }
}

/** The proxies before the API answer 502 and 503 in HTML; everything behind them is JSON. */
function statusAnswer(status: number, message: string | undefined, headers: Readonly<Record<string, string>>): Answer {
  if (status === 502 || status === 503) {
    const page = Buffer.from(`<html><head><title>${status}</title></head><body><h1>${message ?? 'Whoa there!'}</h1></body></html>`);
    return { status, body: page, headers: { 'content-type': 'text/html', ...headers } };
  }
  const body = { message: message ?? `Status ${status}`, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body, headers };
}
