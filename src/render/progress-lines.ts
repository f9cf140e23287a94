import type { MeasuringState } from '../model/measuring-state.ts';
import { displayWidth } from './display-width.ts';
import { durationText } from './duration.ts';
import { emphasised } from './sgr.ts';
import type { TerminalLayout } from './terminal.ts';

/** Columns of the bar. */
const barColumns = 20;

const separator = ' · ';

/** A part of a line; of those that do not fit, the one with the highest number is dropped first. */
interface Part {
  readonly text: string;
  readonly dropped: number;
}

/**
 * The state in two lines that fit: how far it is, then what is being measured. Parts that do not fit are dropped whole, so
 * that no number is cut: of the first line the bar, the processes, the round; of the second the budget, the noise. A name that
 * is too long by itself loses its end.
 */
export function progressLines(state: MeasuringState, { width, colors = false }: TerminalLayout): readonly string[] {
  const { first, second } = partsOf(state);
  const [head = '', ...rest] = fitting(first, width);
  const shown = colors && head.startsWith(full) ? [coloredBar(head), ...rest] : [head, ...rest];
  const [current = '', ...facts] = fitting(second, width);
  const name = cut(current, width);
  const lines = [shown.join(separator), [colors ? emphasised(name, 'strong') : name, ...facts].join(separator)];
  return lines;
}

/** The state on one line, for a log. */
export function progressLine(state: MeasuringState): string {
  const { first, second } = partsOf(state);
  return [...first.slice(1), ...second].map(({ text }) => text).join(separator);
}

function partsOf(state: MeasuringState): { readonly first: readonly Part[]; readonly second: readonly Part[] } {
  const { done, planned, round, rounds, remainingSeconds, budgetLeftSeconds, noise, current } = state;
  const left = remainingSeconds === null ? 'time left not known yet' : `${durationText(remainingSeconds)} left`;
  return {
    first: [
      { text: bar(planned === 0 ? 0 : done / planned), dropped: 3 },
      { text: `round ${round} of ${rounds}`, dropped: 1 },
      { text: `${done} of ${planned} processes`, dropped: 2 },
      { text: left, dropped: 0 },
    ],
    second: [
      { text: current, dropped: 0 },
      { text: noise === null ? 'noise not known yet' : `noise ${(noise * 100).toFixed(1)} %`, dropped: 1 },
      { text: `budget ${durationText(Math.max(0, budgetLeftSeconds))} left`, dropped: 2 },
    ],
  };
}

function fitting(parts: readonly Part[], width: number): readonly string[] {
  const fits = parts.reduce((sum, { text }) => sum + displayWidth(text), separator.length * (parts.length - 1)) <= width;
  if (fits || parts.length === 1) return parts.map(({ text }) => text);
  const most = Math.max(...parts.map(({ dropped }) => dropped));
  return fitting(
    parts.filter(({ dropped }) => dropped !== most),
    width,
  );
}

const full = '█';
const empty = '░';

function bar(share: number): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * barColumns);
  return full.repeat(done) + empty.repeat(barColumns - done);
}

function coloredBar(text: string): string {
  const done = text.lastIndexOf(full) + 1;
  return emphasised(text.slice(0, done), 'good') + emphasised(text.slice(done), 'quiet');
}

function cut(name: string, width: number): string {
  if (displayWidth(name) <= width) return name;
  let shown = '';
  for (const character of name) {
    if (displayWidth(shown + character) > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
}
