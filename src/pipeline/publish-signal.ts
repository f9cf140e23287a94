/**
 * Aborted some seconds after a run was: what an interrupted run has to say is still said, and a runner waits 7.5 s before
 * it insists.
 */
export function graceSignal(run: AbortSignal, seconds = 4): AbortSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new Error(`the run was interrupted ${seconds} s ago`));
  const begin = () => void setTimeout(late, seconds * 1000).unref();
  if (run.aborted) begin();
  else run.addEventListener('abort', begin, { once: true });
  return controller.signal;
}
