import { type Emphasis, emphasised } from './sgr.ts';

/** Words of verdicts and of the gate, and how they are shown; of two that fit at one place the first counts. */
const words: readonly (readonly [pattern: string, emphasis: Emphasis | null])[] = [
  ['No (?:confirmed )?regression', null],
  ['No regressions?', null],
  ['(?:\\d+ )?regressions?', 'bad'],
  ['(?:\\d+ )?false alarms?', 'bad'],
  ['(?:\\d+ of \\d+ cells? |\\d+ cells? )?broken', 'bad'],
  ['(?:\\d+ )?improvements?', 'good'],
  ['(?:\\d+ )?inconclusive', 'doubtful'],
  ['(?:\\d+ )?not comparable', 'doubtful'],
  ['Interrupted', 'doubtful'],
  ['Suspected', 'doubtful'],
];

/** The answer of the gate, in prose; a pass that rests on nothing goes on without a colon, and is no good news. */
const gate = /The gate (?:(?<fails>fails)|passes(?=:))/g;

const alternatives = words.map(([pattern]) => `(${pattern})`).join('|');
const anywhere = new RegExp(`(?<![\\p{L}-])(?:${alternatives})(?![\\p{L}-])`, 'gu');
const atStart = new RegExp(`^(?:${alternatives})(?![\\p{L}-])`, 'gu');

/** Emphasised text with the verdicts in it in their colours. */
export function strongWithVerdicts(content: string): string {
  return replaced(content, anywhere, 'strong');
}

/** Plain text whose first words are in their colour where they are a verdict. */
export function leadingVerdict(content: string): string {
  return replaced(content, atStart, null);
}

/** Prose with the answer of the gate in its colour. */
export function proseWithGate(content: string): string {
  return content.replaceAll(gate, (answer, fails) => emphasised(answer, fails === undefined ? 'good' : 'bad'));
}

function replaced(content: string, pattern: RegExp, rest: Emphasis | null): string {
  const shown: string[] = [];
  let end = 0;
  for (const match of content.matchAll(pattern)) {
    const which = match.slice(1).findIndex((group) => group !== undefined);
    shown.push(shownAs(content.slice(end, match.index), rest), shownAs(match[0], words[which]?.[1] ?? rest));
    end = match.index + match[0].length;
  }
  return [...shown, shownAs(content.slice(end), rest)].join('');
}

function shownAs(content: string, emphasis: Emphasis | null): string {
  return emphasis === null ? content : emphasised(content, emphasis);
}
