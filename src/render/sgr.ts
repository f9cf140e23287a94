/** What colours and weights mean; there is no other use of them. */
export type Emphasis = 'strong' | 'heading' | 'good' | 'bad' | 'doubtful' | 'quiet';

/** Select Graphic Rendition of ECMA-48: weights, and those of the eight colours that every theme has. */
const codes: Readonly<Record<Emphasis, string>> = {
  strong: '1',
  heading: '1;36',
  good: '32',
  bad: '1;31',
  doubtful: '33',
  quiet: '2',
};

const introducer = '\u001b';

/** Ends every emphasis. */
const off = `${introducer}[0m`;

/** One code, or a run of text without any. */
const piece = new RegExp(`(${introducer}\\[[\\d;]*m)|[^${introducer}]+`, 'gu');

/** The text between codes. It must hold none itself. */
export function emphasised(content: string, emphasis: Emphasis): string {
  return content === '' ? '' : `${introducer}[${codes[emphasis]}m${content}${off}`;
}

/** The text without codes. */
export function withoutEmphasis(content: string): string {
  return content.includes(introducer) ? content.replaceAll(piece, (found, code) => (code === undefined ? found : '')) : content;
}

/**
 * Lines of a text as they are once its codes are put back: each ends what it began, so that nothing beside it is touched.
 *
 * @param lines the text without codes, broken into lines; blanks may be missing where it was broken
 */
export function emphasisedLines(content: string, lines: readonly string[]): readonly string[] {
  const characters = emphasisOfCharacters(content);
  let at = 0;
  return lines.map((line) => {
    const marked = Array.from(line, (character) => {
      while (characters[at]?.character !== character && characters[at]?.character === ' ') at += 1;
      const on = characters[at]?.on ?? '';
      at += 1;
      return { character, on };
    });
    return joined(marked);
  });
}

interface MarkedCharacter {
  readonly character: string;
  /** The code it stands under, or the empty string. */
  readonly on: string;
}

function emphasisOfCharacters(content: string): readonly MarkedCharacter[] {
  const marked: MarkedCharacter[] = [];
  let on = '';
  for (const [found] of content.matchAll(piece)) {
    if (found.startsWith(introducer)) on = found === off ? '' : found;
    else for (const character of found) marked.push({ character, on });
  }
  return marked;
}

function joined(marked: readonly MarkedCharacter[]): string {
  const parts = marked.map(({ character, on }, index) => {
    const before = marked[index - 1]?.on ?? '';
    if (on === before) return character;
    return `${before === '' ? '' : off}${on}${character}`;
  });
  return `${parts.join('')}${(marked.at(-1)?.on ?? '') === '' ? '' : off}`;
}
