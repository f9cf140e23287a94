/** The longest piece of foreign text in a line, in characters. */
const longest = 400;

/** Control characters but for line feeds and tabs, direction overrides, invisible characters, and halves of a surrogate pair. */
const treacherous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text on one line: spaces for line feeds and tabs, a replacement character for what is invisible or turns text round, cut at 400 characters. */
export function singleLine(content: string): string {
  const visible = content.replaceAll(/[\r\n\t\f\v]+/g, ' ').replaceAll(treacherous, '\ufffd');
  return shortened(visible, longest);
}

/** Text that keeps its lines: everything else as in `singleLine`, without a cut. */
export function manyLines(content: string): readonly string[] {
  return content.split(/\r\n|\r|\n/).map((line) => line.replaceAll('\t', '    ').replaceAll(treacherous, '\ufffd'));
}

/** At most `most` characters, never half of a surrogate pair. */
export function shortened(content: string, most: number): string {
  if (content.length <= most) return content;
  const characters = Array.from(content);
  return characters.length <= most ? content : `${characters.slice(0, most - 1).join('')}…`;
}

/** At most `most` UTF-16 code units, never half of a surrogate pair. */
export function shortenedTo(content: string, most: number): string {
  return content.length <= most ? content : `${content.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Bytes of the text in UTF-8. */
export function utf8Bytes(content: string): number {
  let bytes = 0;
  for (const character of content) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
