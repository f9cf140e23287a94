import type { ChildProcess } from 'node:child_process';

/** A signal, and when it is sent: once the log matches, or once something else is so. */
export interface Interrupt {
  readonly signal: NodeJS.Signals;
  readonly when: RegExp | (() => boolean);
}

/** How often a condition to interrupt is looked at, milliseconds. */
const watchMilliseconds = 10;

/** How long a runner waits for a step that it interrupted before it sends SIGTERM, and from then before it kills it, seconds. */
export const cancellationSeconds = { terminate: 7.5, kill: 2.5 } as const;

/** Watches for the moment of an interruption and sends its signal then. */
export function interruptOnce(child: ChildProcess, { signal, when }: Interrupt, insists: boolean) {
  const timers: NodeJS.Timeout[] = [];
  let sent: number | null = null;
  let ended: number | null = null;
  const look = (log: string) => {
    if (sent !== null || !(when instanceof RegExp ? when.test(log) : when())) return;
    sent = performance.now();
    child.kill(signal);
    if (!insists) return;
    const { terminate, kill } = cancellationSeconds;
    timers.push(setTimeout(() => child.kill('SIGTERM'), terminate * 1000));
    timers.push(setTimeout(() => child.kill('SIGKILL'), (terminate + kill) * 1000));
  };
  timers.push(setInterval(() => look(''), watchMilliseconds));
  return {
    look,
    end: () => {
      ended = performance.now();
      for (const timer of timers) clearTimeout(timer);
    },
    endedAfter: () => (sent === null || ended === null ? null : (ended - sent) / 1000),
  };
}
