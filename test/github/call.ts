import type { Answer } from './answer.ts';
import type { Repository } from './repository.ts';
import type { Token } from './tokens.ts';

/** One request that was understood, is well formed and allowed. */
export interface Call {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
  readonly accept: string;
  /** Null for a request without one. */
  readonly token: Token | null;
  /** Full address, to make others from. */
  readonly url: URL;
  readonly repository: Repository;
}

/** Answers the calls of one operation. @throws Refusal */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Handlers by operation id: "git/create-blob". */
export type Handlers = Readonly<Record<string, Handler>>;

/** A parameter of the path; the router has made sure of it. */
export function parameter({ parameters }: Call, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`the path has no {${name}}`);
  return value;
}
