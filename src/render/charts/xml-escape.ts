import { escapeHtml, escapeLines } from '../html/html-escape.ts';

/** Plain text as XML that shows exactly that text in an element, on one line and as short as one; what XML cannot hold is replaced. */
export function escapeXml(content: string): string {
  return escapeHtml(withinXml(content));
}

/** The same for a quoted attribute, at any length: half a path is another path. */
function escapeAttribute(content: string): string {
  return escapeLines(withinXml(content));
}

function withinXml(content: string): string {
  return content.replaceAll(/[\ufffe\uffff]/g, '\ufffd');
}

/** An element with its attributes, each escaped; `content` is XML already. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content?: string): string {
  const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  return content === undefined ? `<${name}${own.join('')}/>` : `<${name}${own.join('')}>${content}</${name}>`;
}
