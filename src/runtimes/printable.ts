/** Longest text of a foreign program that is put into a sentence of ours, in characters. */
const MAX_LENGTH = 300;

// Escape sequences and control characters: foreign text must not move the cursor or speak workflow commands.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const URL_CREDENTIALS = /(:\/\/)[^/@\s]+@/g;

/** Makes text of a foreign program fit for one sentence: one line, no control characters, no credentials in URLs, cut at 300 characters. */
export function printable(text: string): string {
  const line = text.replace(CONTROL, ' ').replace(URL_CREDENTIALS, '$1***@').replace(/\s+/g, ' ').trim();
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1)}…`;
}

/** The last line that is not empty, fit for one sentence; empty when there is none. */
export function lastLine(text: string): string {
  return printable(text.trimEnd().split('\n').at(-1) ?? '');
}
