/** Where a long run says what it is doing. Nothing else is written while it runs. */
export interface Progress {
  /** A line that stays: a step began, something was found. */
  note(text: string): void;
  /** The state of the measuring, replacing the last one where the screen allows it. */
  update(state: MeasuringState): void;
  /** Clears what `update` left on the screen. */
  end(): void;
}

/** How far the measuring is. */
export interface MeasuringState {
  readonly done: number;
  readonly planned: number;
  /** Round that is running, from 1. */
  readonly round: number;
  readonly rounds: number;
  /** Seconds until the end, or null while nothing is known. */
  readonly remainingSeconds: number | null;
  /** What was measured last, in words. */
  readonly current: string;
}

/** The part of a stream that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line every so many seconds where lines cannot be replaced: enough to see life, few enough to read. */
const plainIntervalSeconds = 15;

/** Progress for a stream: a line that is redrawn on a terminal, plain lines elsewhere. */
export function progressOn(stream: ProgressStream, clock: () => number = () => performance.now() / 1000): Progress {
  return stream.isTTY === true ? redrawnProgress(stream) : plainProgress(stream, clock);
}

function redrawnProgress(stream: ProgressStream): Progress {
  const clear = '\r\u001b[K';
  return {
    note: (text) => stream.write(`${clear}${text}\n`),
    update: (state) => stream.write(`${clear}${progressLine(state).slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`),
    end: () => stream.write(clear),
  };
}

function plainProgress(stream: ProgressStream, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    note: (text) => stream.write(`${text}\n`),
    update: (state) => {
      if (clock() - last < plainIntervalSeconds) return;
      last = clock();
      stream.write(`${progressLine(state)}\n`);
    },
    end: () => {},
  };
}

/** "round 2 of 5 · 143 of 570 processes · 1 min 40 s left · web_scraping/asyncio on 3.13.0" */
export function progressLine({ done, planned, round, rounds, remainingSeconds, current }: MeasuringState): string {
  const left = remainingSeconds === null ? 'time left not known yet' : `${durationText(remainingSeconds)} left`;
  return `round ${round} of ${rounds} · ${done} of ${planned} processes · ${left} · ${current}`;
}

/** "45 s", "1 min 40 s": whole seconds. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}
