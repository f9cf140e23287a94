/** An expected fault of input or environment: the only error whose message is shown without a stack. Exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What happened and to which input, one sentence. */
  readonly what: string;
  /** What to do about it, one sentence. */
  readonly remedy: string;

  /** @param what what happened and to which input, one sentence; @param remedy what to do next, one sentence */
  constructor(what: string, remedy: string) {
    const [shownWhat, shownRemedy] = [visible(what), visible(remedy)];
    super(`${shownWhat} ${shownRemedy}`);
    this.what = shownWhat;
    this.remedy = shownRemedy;
  }
}

/** Sentences repeat input: what would move a terminal's cursor, or change how a line reads, is replaced. Line feeds stay. */
function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD').toWellFormed();
}
