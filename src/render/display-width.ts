import { emphasisedLines, withoutEmphasis } from './sgr.ts';

/**
 * Characters that take two columns in a terminal: East Asian wide and full-width blocks (Unicode TR 11), and what is an
 * emoji without being asked to be one. A letter of a flag takes one, so that the two of a flag take two.
 */
const wide =
  /(?![\u{1f1e6}-\u{1f1ff}])[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufad9\ufe10-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

const combining = /\p{Mn}|\p{Me}/u;

/** Columns that the text takes in a terminal; the codes of its emphasis take none. */
export function displayWidth(content: string): number {
  let columns = 0;
  for (const character of withoutEmphasis(content)) columns += characterWidth(character);
  return columns;
}

/** The text with blanks after it up to `columns`; longer text as it is. */
export function padded(content: string, columns: number): string {
  return content + ' '.repeat(Math.max(0, columns - displayWidth(content)));
}

/** A blank at which a line may end: not between a number and its unit, and not before the mark of a note. */
const breakable = / (?!\[\d+\])(?!(?<=\d )(?:ns|µs|ms|s|B|KiB|MiB|GiB|%)(?!\p{L}))/u;

/** A word that is a figure: digits, signs and a unit, and no letter before the first digit. */
const number = /^[^\p{L}\d/]*\d[^\p{L}/]*(?:\p{L}{1,3})?[^\p{L}\d/]*$/u;

/** The text in lines of at most `columns` >= 2, broken at blanks where there are any, else within a word. */
export function wrapped(content: string, columns: number): readonly string[] {
  const plain = withoutEmphasis(content);
  const lines = plainLines(plain, columns);
  return plain === content ? lines : emphasisedLines(content, lines);
}

/** The widest word of the text, and the widest that is a number with its sign and unit; 0 where there is none. */
export function widestWords(content: string): { readonly word: number; readonly number: number } {
  const words = withoutEmphasis(content).split(breakable);
  const widest = (some: readonly string[]) => some.reduce((most, word) => Math.max(most, displayWidth(word)), 0);
  return { word: widest(words), number: widest(words.filter((word) => number.test(word))) };
}

function plainLines(content: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of content.split(breakable).flatMap((whole) => pieces(whole, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function characterWidth(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** A word in parts that each fit. */
function pieces(word: string, columns: number): readonly string[] {
  if (displayWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (displayWidth(part + character) > columns) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
