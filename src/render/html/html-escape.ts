import { manyLines, singleLine } from '../plain-text.ts';

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Plain text as HTML that shows exactly that text, in an element or in a quoted attribute; on one line, without what is invisible. */
export function escapeHtml(content: string): string {
  return withReferences(singleLine(content));
}

/** The same, line by line as it is, for an element that keeps its lines. */
export function escapeLines(content: string): string {
  return withReferences(manyLines(content).join('\n'));
}

function withReferences(content: string): string {
  return content.replaceAll(/[&<>"']/g, (character) => references[character] ?? '');
}

/** A value as JSON that may stand in a script element: nothing in it can end that element or begin a comment. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** An address on the web for a quoted attribute, or null for anything else: another scheme runs code. */
export function escapeUrl(url: string): string | null {
  return /^https?:\/\/[^\s/]/i.test(url) ? escapeHtml(url) : null;
}
