/** How long an interrupted run may go on with what has to do with GitHub. */
export interface GraceSignals {
  /** For what is read of people: labels, merged pull requests, whose report this is. */
  readonly reading: AbortSignal;
  readonly comment: AbortSignal;
  /** The last, so that a check run ends whatever the others waited for. */
  readonly checkRun: AbortSignal;
}

/** Seconds after the interruption. A runner waits 7.5 s before it insists; the rest is for the job summary. */
const graceSeconds = { reading: 1, comment: 4, checkRun: 6 } as const;

/**
 * A signal for each thing that an interrupted run still does on GitHub, aborted some seconds after the run was: none of
 * them can use up the time of the next.
 */
export function graceSignals(run: AbortSignal, seconds: Readonly<Record<keyof GraceSignals, number>> = graceSeconds): GraceSignals {
  return {
    reading: graceSignal(run, seconds.reading),
    comment: graceSignal(run, seconds.comment),
    checkRun: graceSignal(run, seconds.checkRun),
  };
}

/** Aborted some seconds after a run was. */
export function graceSignal(run: AbortSignal, seconds: number = graceSeconds.comment): AbortSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new Error(`the run was interrupted ${seconds} s ago`));
  const begin = () => void setTimeout(late, seconds * 1000).unref();
  if (run.aborted) begin();
  else run.addEventListener('abort', begin, { once: true });
  return controller.signal;
}
