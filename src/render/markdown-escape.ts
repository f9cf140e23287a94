import { singleLine } from './plain-text.ts';

/** Invisible, breaks what a later pass over the rendered text would link: mentions, references, bare addresses. */
const separator = '\u200b';

/**
 * Plain text as GitHub Flavored Markdown that shows exactly that text anywhere, table cells and HTML blocks included.
 * Character references instead of backslashes: no parser takes them for markup, not even for a column's end. Mentions,
 * issue references, addresses and names of emoji are looked for after parsing, so those get a separator.
 */
export function escapeMarkdown(content: string): string {
  if (harmless.test(content)) return content;
  return separated(singleLine(content)).replaceAll(markup, (character) => `&#${character.charCodeAt(0)};`);
}

/** What needs no look at each of its characters: nearly every figure of a large table. */
const harmless = /^(?!.*www\.)[a-z\d .,%()+×−µ]{0,400}$/i;

/** Characters that could be markup; an underscore within a word and a lone ampersand never are. */
const markup = /[\\`*[\]<>|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=[#\p{L}])/gu;

function separated(line: string): string {
  return line
    .replaceAll('@', `@${separator}`)
    .replaceAll(/#(?=[0-9a-z])/gi, (hash) => `${hash}${separator}`)
    .replaceAll(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${separator}`)
    .replaceAll(/:(?=\/\/)/g, `:${separator}`)
    .replaceAll(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}${separator}.`)
    .replaceAll(/:(?!\d\d:)(?=[\w+-]+:)/g, `:${separator}`);
}

/** An identifier in code font: a code span where nothing in it could end one, else the same by HTML with references. */
export function escapeCode(content: string): string {
  const line = singleLine(content);
  if (/^[\p{L}\p{N}][\p{L}\p{N} _.,:=/+()-]*$/u.test(line) && !line.endsWith(' ')) return `\`${line}\``;
  return `<code>${escapeMarkdown(line)}</code>`;
}

/** Text at the start of a block, where spaces would make it code, and a dash, a plus, a hash or a number a list or a heading. */
export function escapeBlockStart(markdown: string): string {
  return markdown.trimStart().replace(/^(?:[-+=#]|\d+(?=[.)]))/, (start) => `&#${start.charCodeAt(0)};${start.slice(1)}`);
}

/** An address on the web as the target of a link, or null for anything else: another scheme runs code or leads elsewhere. */
export function escapeAddress(url: string): string | null {
  if (!/^https?:\/\/[^\s/]/i.test(url)) return null;
  return url.replaceAll(/[^\w:/?#@!$&+,;=.~%-]/gu, percentEncoded);
}

/** Parentheses and stars too, which an address may hold and a link's target must not. */
function percentEncoded(character: string): string {
  const encoded = encodeURIComponent(character.toWellFormed());
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
}

/** A fence longer than any run of backticks in the content. */
export function fenceFor(content: string): string {
  const runs = content.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}
