import { singleLine } from './plain-text.ts';

/** Invisible, breaks what a later pass over the rendered text would link: mentions, references, bare addresses. */
const separator = '\u200b';

/**
 * Plain text as GitHub Flavored Markdown that shows exactly that text anywhere, table cells and HTML blocks included.
 * Character references instead of backslashes: no parser takes them for markup, not even for a column's end. Mentions,
 * issue references and addresses are linked after parsing, so those get a separator.
 */
export function escapeMarkdown(content: string): string {
  return separated(singleLine(content)).replaceAll(markup, (character) => `&#${character.charCodeAt(0)};`);
}

/** Characters that could be markup; an underscore within a word and a lone ampersand never are. */
const markup = /[\\`*[\]<>|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=[#\p{L}])/gu;

function separated(line: string): string {
  return line
    .replaceAll('@', `@${separator}`)
    .replaceAll(/#(?=[0-9a-z])/gi, (hash) => `${hash}${separator}`)
    .replaceAll(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${separator}`)
    .replaceAll(/:(?=\/\/)/g, `:${separator}`)
    .replaceAll(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}${separator}.`);
}

/** An identifier in code font: a code span where nothing in it could end one, else the same by HTML with references. */
export function escapeCode(content: string): string {
  const line = singleLine(content);
  if (/^[\p{L}\p{N}][\p{L}\p{N} _.,:=/+()-]*$/u.test(line) && !line.endsWith(' ')) return `\`${line}\``;
  return `<code>${escapeMarkdown(line)}</code>`;
}

/** Text at the start of a block, where a dash, a plus, a hash or a number would open a list or a heading. */
export function escapeBlockStart(markdown: string): string {
  return markdown.replace(/^(?:[-+=#]|\d+(?=[.)]))/, (start) => `&#${start.charCodeAt(0)};${start.slice(1)}`);
}

/** A fence longer than any run of backticks in the content. */
export function fenceFor(content: string): string {
  const runs = content.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}
