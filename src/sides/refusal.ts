/** Why a base cannot be had: an expected fault of the checkout, the network or the options, and no verdict. */
export interface Refusal {
  readonly ok: false;
  /** What happened to which input, one sentence. */
  readonly reason: string;
  /** What to do next, one sentence. */
  readonly remedy: string;
}

/** Makes a refusal of its two sentences. */
export function refusal(reason: string, remedy: string): Refusal {
  return { ok: false, reason, remedy };
}
