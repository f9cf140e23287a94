import type { Element, Nodes, Root } from 'hast';
import { readMarker } from '../../src/render/comment-marker.ts';
import { commentOptions } from '../golden/comment-scenarios.ts';
import { type Parser, rawTree, sanitised } from './github-html.ts';

/** Everything that our Markdown may be made of. */
const ownElements = new Set('h1 h2 h3 h4 p b br sup code pre ul li a table thead tbody tr th td details summary'.split(' '));

/** What GitHub looks for in text outside code after the parser is done. */
const linked: readonly (readonly [string, RegExp])[] = [
  ['a mention', /@[a-z\d]/i],
  ['an issue reference', /(?:^|[^&\w])[\w./-]*#\d/],
  ['an issue reference', /\bGH-\d/i],
  ['an address', /(?:https?|ftp):\/\/|\bwww\./i],
  ['an emoji', /:(?!\d\d:)[\w+-]+:/],
];

const ownLinks = new Set(Object.values(commentOptions.links));

/** A comment, or whatever else of ours is Markdown, as a parser sees it. */
export interface ParsedComment {
  readonly markdown: string;
  /** Before and after GitHub's sanitising. */
  readonly raw: Root;
  readonly tree: Root;
}

export function parsedComment(markdown: string, parser: Parser): ParsedComment {
  const raw = rawTree(markdown, parser);
  return { markdown, raw, tree: sanitised(raw) };
}

export interface Expectation {
  /** The name that the marker of a comment must give; null for anything else, which has none. */
  readonly name: string | null;
  /** The same with harmless text in the place of the foreign one. */
  readonly harmless: ParsedComment;
}

/** What is wrong with a comment, or other Markdown of ours, that foreign text may have broken; empty when it is all text. */
export function commentFaults({ markdown, raw, tree }: ParsedComment, { name, harmless }: Expectation): readonly string[] {
  return [
    ...markerFaults(markdown, raw, name),
    ...elementFaults(tree),
    ...textFaults(tree),
    ...rowFaults(markdown),
    ...(skeleton(tree) === skeleton(harmless.tree) ? [] : ['another structure than with harmless text']),
    ...(skeleton(raw) === skeleton(harmless.raw) ? [] : ['another structure before sanitising than with harmless text']),
  ];
}

function markerFaults(markdown: string, raw: Root, name: string | null): readonly string[] {
  const comments = nodesOf(raw).filter(({ type }) => type === 'comment').length;
  return [
    ...((readMarker(markdown)?.name ?? null) === name ? [] : ['the marker is not intact and first']),
    ...(comments === (name === null ? 0 : 1) ? [] : [`${comments} HTML comments`]),
  ];
}

function elementFaults(tree: Root): readonly string[] {
  return elementsOf(tree).flatMap(({ tagName, properties }) => {
    if (!ownElements.has(tagName)) return [`a foreign <${tagName}>`];
    return tagName === 'a' && !ownLinks.has(String(properties['href'])) ? [`a foreign link to ${String(properties['href'])}`] : [];
  });
}

function textFaults(tree: Root): readonly string[] {
  const texts = proseOf(tree);
  return linked.flatMap(([what, pattern]) => texts.filter((text) => pattern.test(text)).map((text) => `${what} in “${text.slice(0, 80)}”`));
}

/** GFM drops the cells of a row that has too many, so that the tree looks right: counted in the source, as it splits them. */
function rowFaults(markdown: string): readonly string[] {
  const lines = markdown.split('\n');
  const columns = (line: string) => line.split(/(?<!\\)\|/).length;
  return lines.flatMap((line, index) => {
    const above = lines[index - 1] ?? '';
    return line.startsWith('|') && above.startsWith('|') && columns(line) !== columns(above)
      ? [`another number of columns: ${line.slice(0, 80)}`]
      : [];
  });
}

/** The elements of a tree with all that hangs on them, without any text. */
export function skeleton(tree: Root): string {
  const of = (node: Nodes): string => {
    if (node.type === 'element') return `<${node.tagName}${attributes(node)}>${node.children.map(of).join('')}</>`;
    return node.type === 'root' ? node.children.map(of).join('') : '';
  };
  return of(tree);
}

function attributes({ properties }: Element): string {
  return Object.entries(properties)
    .map(([key, value]) => ` ${key}=${String(value)}`)
    .join('');
}

function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

function elementsOf(tree: Root): readonly Element[] {
  return nodesOf(tree).filter((node) => node.type === 'element');
}

/** Every text outside code, by the element that it stands in, joined as a reader sees it. */
function proseOf(node: Nodes): readonly string[] {
  if (node.type === 'element' && (node.tagName === 'code' || node.tagName === 'pre')) return [];
  if (!('children' in node)) return [];
  const own = node.children.map((child) => (child.type === 'text' ? child.value : '\u0001')).join('');
  return [own, ...node.children.flatMap(proseOf)];
}

/** All that a reader sees, code included, without what is there to keep it from being linked. */
export function visibleText({ tree }: ParsedComment): string {
  const of = (node: Nodes): string =>
    'value' in node && node.type === 'text' ? node.value : 'children' in node ? node.children.map(of).join('') : '';
  return of(tree).replaceAll('\u200b', '').replaceAll(/\s+/g, ' ');
}
