/** An expected fault of input or environment: the only error whose message is shown without a stack. Exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do about it, one sentence. */
  readonly remedy: string;

  /** @param what what happened and to which input, one sentence; @param remedy what to do next, one sentence */
  constructor(what: string, remedy: string) {
    super(`${what} ${remedy}`);
    this.remedy = remedy;
  }
}
