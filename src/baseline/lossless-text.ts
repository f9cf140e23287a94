/** What stands for a byte that is not UTF-8: a lone surrogate, which no UTF-8 text holds (PEP 383). */
const escapeBase = 0xdc00;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const newline = 0x0a;

/**
 * The text of bytes so that `bytesOf` gives back the same bytes, whatever they are: lines that are not UTF-8 stand in it
 * byte for byte, those above 127 as lone surrogates. A damaged line can thus be kept while others are read.
 */
export function textOf(bytes: Buffer): string {
  const whole = decoded(bytes);
  if (whole !== null) return whole;
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    lines.push(decoded(line) ?? escaped(line));
    start = end + 1;
  }
  return lines.join('\n');
}

/** The bytes of a text that `textOf` made, or of any other: then in UTF-8. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts = text.split(/([\udc80-\udcff]+)/u);
  return Buffer.concat(parts.map((part, at) => (at % 2 === 0 ? Buffer.from(part, 'utf8') : Buffer.from(part, 'latin1'))));
}

function decoded(bytes: Buffer): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

function escaped(line: Buffer): string {
  return [...line].map((byte) => String.fromCharCode(byte < 0x80 ? byte : escapeBase + byte)).join('');
}
