import { type Cell, cellId } from '../../model/cell.ts';
import type { Block, Inline, Line, Note, Table } from '../document.ts';
import { singleLine, utf8Bytes } from '../plain-text.ts';
import { escapeHtml, escapeLines, escapeUrl } from './html-escape.ts';

/** How blocks become HTML. */
export interface BlockLayout {
  /** What a table is called by those who cannot see where it stands. */
  readonly caption: string;
  /**
   * Most bytes of the rows of one table, of the items of one list or of the parts of one fold; what is more is counted and
   * left out. Other blocks are as long as their text.
   */
  readonly limit?: number;
  /** The cells whose evidence the rows of a table lead to, row by row; left out: to none. */
  readonly evidenceOf?: readonly Cell[];
}

/** Blocks as HTML; nothing in their texts can become markup. */
export function blocksHtml(blocks: readonly Block[], layout: BlockLayout): string {
  return blocks.map((block) => blockHtml(block, layout)).join('\n');
}

function blockHtml(block: Block, layout: BlockLayout): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${lineHtml(block.content)}</p>`;
    case 'list':
      return listHtml(block.items, layout);
    case 'table':
      return tableHtml(block, layout);
    case 'verbatim':
      return `<pre tabindex="0">${escapeLines(block.text)}</pre>`;
    case 'fold':
      return foldHtml(block, layout);
    case 'notes':
      return `<ol class="notes">${block.notes.map(noteHtml).join('')}</ol>`;
  }
}

function foldHtml({ summary, blocks }: Extract<Block, { readonly kind: 'fold' }>, layout: BlockLayout): string {
  const { pieces, leftOut } = within(
    blocks.map((block) => blockHtml(block, { ...layout, caption: summary })),
    layout,
  );
  return `<details><summary>${escapeHtml(summary)}</summary><div class="folded">${pieces.join('\n')}${leftOutHtml(leftOut, 'part')}</div></details>`;
}

function listHtml(items: readonly Line[], layout: BlockLayout): string {
  const { pieces, leftOut } = within(
    items.map((item) => `<li>${lineHtml(item)}</li>`),
    layout,
  );
  return `<ul>${pieces.join('')}</ul>${leftOutHtml(leftOut, 'entry')}`;
}

function tableHtml({ columns, rows }: Table, layout: BlockLayout): string {
  const { evidenceOf } = layout;
  const heads = [...columns, ...(evidenceOf === undefined ? [] : ['Evidence'])];
  const { pieces, leftOut } = within(
    rows.map((row, index) => rowHtml(row, evidenceOf?.[index])),
    layout,
  );
  const head = `<thead><tr>${heads.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>`;
  const caption = `<caption class="unseen">${escapeHtml(layout.caption)}</caption>`;
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(layout.caption)}"><table>${caption}${head}<tbody>${pieces.join('')}</tbody></table></div>${leftOutHtml(leftOut, 'row')}`;
}

function rowHtml(row: readonly Line[], evidenceOf: Cell | undefined): string {
  const [first = [], ...others] = row;
  const cells = others.map((line) => `<td>${lineHtml(line)}</td>`).join('');
  const evidence =
    evidenceOf === undefined
      ? ''
      : `<td><a href="${escapeHtml(cellAddress(evidenceOf))}">Show<span class="unseen"> the evidence</span></a></td>`;
  return `<tr><th scope="row">${lineHtml(first)}</th>${cells}${evidence}</tr>`;
}

/** Where the page shows the evidence of a cell, which it knows by the name that it shows: a fragment. */
function cellAddress({ workload, params, model, runtime }: Cell): string {
  const shown = { workload: singleLine(workload), params: singleLine(params), model, runtime: singleLine(runtime) };
  return `#cell=${encodeURIComponent(cellId(shown))}`;
}

/** The first pieces, as far as there is room. */
function within(pieces: readonly string[], { limit = Number.POSITIVE_INFINITY }: BlockLayout) {
  let bytes = 0;
  const kept = pieces.filter((piece) => {
    bytes += utf8Bytes(piece);
    return bytes <= limit;
  });
  return { pieces: kept, leftOut: pieces.length - kept.length };
}

const plurals = { row: 'rows', entry: 'entries', part: 'parts' } as const;

function leftOutHtml(count: number, noun: keyof typeof plurals): string {
  if (count === 0) return '';
  const [subject, verb] = count === 1 ? [noun, 'is'] : [plurals[noun], 'are'];
  return `<p class="left-out">${count} more ${subject} ${verb} left out to keep this page small; the results file holds everything.</p>`;
}

function noteHtml({ number, text }: Note): string {
  return `<li id="note-${number}" value="${number}">${escapeHtml(text)}</li>`;
}

/** Two marks side by side are parted, or 1 and 2 would read as 12. */
function lineHtml(line: Line): string {
  return line.map(inlineHtml).join('').replaceAll('</sup><sup>', ', ');
}

function inlineHtml(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text);
    case 'strong':
      return `<strong>${escapeHtml(inline.text)}</strong>`;
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'note':
      return `<sup><a href="#note-${inline.number}" aria-label="Note ${inline.number}">${inline.number}</a></sup>`;
    case 'link':
      return linkHtml(inline.text, inline.url);
    case 'break':
      return '<br>';
  }
}

function linkHtml(content: string, url: string): string {
  const address = escapeUrl(url);
  return address === null ? escapeHtml(content) : `<a href="${address}" rel="noreferrer">${escapeHtml(content)}</a>`;
}
