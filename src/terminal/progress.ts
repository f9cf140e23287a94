import type { MeasuringState } from '../model/measuring-state.ts';

/** Where a long run says what it is doing. Nothing else is written while it runs. */
export interface Progress {
  /** A line that stays: a step began, something was found. */
  note(text: string): void;
  /** The state of the measuring, replacing the last one where the screen allows it. */
  update(state: MeasuringState): void;
  /** Clears what `update` left on the screen. */
  end(): void;
}

/** The part of a stream that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  /** Told when the window changes; a stream that is no terminal has no window. */
  on?(event: 'resize', listener: () => void): unknown;
}

/** How a state becomes text. */
export interface ProgressText {
  /** For a screen: lines of at most `width` columns, without control characters but those of colours. */
  lines(state: MeasuringState, width: number): readonly string[];
  /** For a log: one line. */
  line(state: MeasuringState): string;
  /** Columns that a line takes. */
  widthOf(line: string): number;
}

/** One line every so many seconds where lines cannot be replaced: enough to see life, few enough to read. */
const plainIntervalSeconds = 15;

/** Seconds between two redraws: faster than that nobody reads, and a cell may take milliseconds. */
const redrawSeconds = 0.1;

/** Milliseconds after which the times on the screen are counted on where nothing else happens. */
const tickMilliseconds = 1000;

/** Progress for a stream: lines that are redrawn on a terminal, plain lines elsewhere. */
export function progressWith(stream: ProgressStream, text: ProgressText, clock: () => number = () => performance.now() / 1000): Progress {
  return stream.isTTY === true ? redrawnProgress(stream, text, clock) : plainProgress(stream, text, clock);
}

function redrawnProgress(stream: ProgressStream, text: ProgressText, clock: () => number): Progress {
  const screen = screenOf(stream, text);
  let told: { readonly state: MeasuringState; readonly at: number } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const draw = () => {
    if (told === null) return;
    last = clock();
    screen.draw(aged(told.state, last - told.at));
  };
  stream.on?.('resize', draw);
  return {
    note: (line) => {
      screen.clear();
      stream.write(`${line}\n`);
      draw();
    },
    update: (state) => {
      told = { state, at: clock() };
      timer ??= setInterval(draw, tickMilliseconds).unref();
      if (clock() - last >= redrawSeconds) draw();
    },
    end: () => {
      told = null;
      clearInterval(timer);
      timer = undefined;
      last = Number.NEGATIVE_INFINITY;
      screen.clear();
    },
  };
}

/** The lines that stand on the screen now. */
function screenOf(stream: ProgressStream, text: ProgressText) {
  let shown: readonly string[] = [];
  const columns = () => Math.max(1, stream.columns ?? 80);
  /** A window that became narrower has broken the lines that stand on it. */
  const rowsOf = (line: string) => Math.max(1, Math.ceil(text.widthOf(line) / columns()));
  const cleared = () => {
    const rows = shown.reduce((sum, line) => sum + rowsOf(line), 0);
    shown = [];
    return rows === 0 ? '' : `\r${rows === 1 ? '' : `\u001b[${rows - 1}A`}\u001b[J`;
  };
  return {
    clear: () => {
      const codes = cleared();
      if (codes !== '') stream.write(codes);
    },
    draw: (state: MeasuringState) => {
      // The last column stays free: a terminal that has filled it may begin another line.
      const lines = text.lines(state, columns() - 1);
      stream.write(`${cleared()}${lines.join('\n')}`);
      shown = lines;
    },
  };
}

/** The state so many seconds later, as far as the clock alone changes it. */
function aged(state: MeasuringState, seconds: number): MeasuringState {
  const { remainingSeconds, budgetLeftSeconds } = state;
  return {
    ...state,
    remainingSeconds: remainingSeconds === null ? null : Math.max(0, remainingSeconds - seconds),
    budgetLeftSeconds: Math.max(0, budgetLeftSeconds - seconds),
  };
}

function plainProgress(stream: ProgressStream, text: ProgressText, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    note: (line) => stream.write(`${line}\n`),
    update: (state) => {
      if (state.done === 0 || clock() - last < plainIntervalSeconds) return;
      last = clock();
      stream.write(`${text.line(state)}\n`);
    },
    end: () => {},
  };
}
