import { fstatSync, readSync } from 'node:fs';

/** Most characters of a process's output that are kept. */
export const tailLimit = 2000;

/** What every kept line begins with, so that none can begin with a workflow command. */
const fence = '| ';

/** UTF-8 needs up to 4 bytes a character. */
const bytesPerCharacter = 4;

/** C0, C1 and DEL, bidirectional overrides and isolates, zero-width marks, line and paragraph separators. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * Text of a worker made harmless for logs: control and invisible characters become visible signs, a carriage return
 * ends a line, and the openings of workflow commands are broken by a space. The runner takes `##[` anywhere in a line
 * and `::` after leading blanks (actions/runner, ActionCommand.cs); broken after every blank, text may be wrapped.
 */
function harmless(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(invisible, visible)
    .replaceAll('##[', '## [')
    .replaceAll(/(?<=^|\s)::/g, ': :');
}

/** One line of a worker's text for use inside a sentence: harmless, blanks collapsed, at most `limit` characters. */
export function harmlessPhrase(text: string, limit = 300): string {
  const phrase = harmless(text.slice(0, limit * 2))
    .replaceAll(/\s+/g, ' ')
    .trim();
  return phrase.length <= limit ? phrase : `${phrase.slice(0, limit - 1)}…`.toWellFormed();
}

/** The last `tailLimit` characters of a worker's output, harmless and every line behind `| `. Empty for no output. */
export function fenceOutput(output: string): string {
  const text = harmless(output.slice(-tailLimit)).trimEnd();
  if (text === '') return '';
  const fenced = text.replaceAll(/^/gm, fence);
  return fenced.length <= tailLimit ? fenced : fence + fenced.slice(fence.length - tailLimit).toWellFormed();
}

/** Reads the end of an open file, enough of it for `fenceOutput`. Bytes that are not UTF-8 become U+FFFD. */
export function readTail(descriptor: number): string {
  const size = fstatSync(descriptor).size;
  const bytes = Buffer.alloc(Math.min(size, tailLimit * bytesPerCharacter));
  const read = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
  return bytes.toString('utf8', 0, read);
}
