/** What a command prints that was asked for JSON and could not do its work. */
export interface ErrorJson {
  readonly schema: 1;
  readonly kind: 'error';
  readonly error: {
    /** What happened and to which input. */
    readonly message: string;
    /** What to do next. */
    readonly remedy: string;
  };
}

/** A fault as a JSON value. */
export function errorJson(message: string, remedy: string): ErrorJson {
  return { schema: 1, kind: 'error', error: { message, remedy } };
}
