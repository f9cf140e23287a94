import { createHash } from 'node:crypto';

/** Hexadecimal digits of the digest of a line: it has to tell a torn line from a whole one, and nothing else. */
const digits = 16;

const ending = new RegExp(`,"check":"([0-9a-f]{${digits}})"}$`);

/** A line of a journal: the JSON object with a digest of its text as its last field. */
export function journalLine(object: string): string {
  return `${object.slice(0, -1)},"check":"${digestOf(object)}"}\n`;
}

/** The JSON object that a line was made of; null for a line that is not as it was written. */
export function lineObject(line: string): string | null {
  const found = ending.exec(line);
  if (found === null) return null;
  const object = `${line.slice(0, found.index)}}`;
  return digestOf(object) === found[1] ? object : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
