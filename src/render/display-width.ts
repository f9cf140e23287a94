/** Characters that take two columns in a terminal: East Asian wide and full-width blocks, and emoji (Unicode TR 11, coarse). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const combining = /\p{M}/u;

/** Columns that the text takes in a terminal. */
export function displayWidth(content: string): number {
  let columns = 0;
  for (const character of content) columns += characterWidth(character);
  return columns;
}

/** The text with blanks after it up to `columns`; longer text as it is. */
export function padded(content: string, columns: number): string {
  return content + ' '.repeat(Math.max(0, columns - displayWidth(content)));
}

/** A blank at which a line may end: not between a number and its unit, and not before the mark of a note. */
const breakable = / (?!\[\d+\])(?!(?<=\d )(?:ns|µs|ms|s|B|KiB|MiB|GiB|%)(?!\p{L}))/u;

/** The text in lines of at most `columns` >= 2, broken at blanks where there are any, else within a word. */
export function wrapped(content: string, columns: number): readonly string[] {
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
