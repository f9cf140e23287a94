import { execFileSync, spawnSync } from 'node:child_process';
import type { Root } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** What turns Markdown into HTML as GitHub does: the parser of the JavaScript world, and GitHub's own. */
export type Parser = 'remark' | 'cmark-gfm';

/** Whether Debian's cmark-gfm can be run here. */
export function hasCmark(): boolean {
  return spawnSync('cmark-gfm', ['--version']).status === 0;
}

/** The HTML tree before it is sanitised: comments and whatever else a sanitiser would hide are still in it. */
export function rawTree(markdown: string, parser: Parser): Root {
  if (parser === 'cmark-gfm') return unified().use(rehypeParse, { fragment: true }).parse(cmarkHtml(markdown));
  const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw);
  return processor.runSync(processor.parse(markdown));
}

/** The tree by GitHub's own sanitising rules. */
export function sanitised(tree: Root): Root {
  return unified().use(rehypeSanitize, defaultSchema).runSync(structuredClone(tree));
}

/** HTML as a browser gets it. */
export function htmlOf(tree: Root): string {
  return unified().use(rehypeStringify).stringify(tree);
}

const extensions = ['footnotes', 'table', 'strikethrough', 'autolink', 'tagfilter', 'tasklist'];

/** Comments break lines where the source does; `--unsafe` leaves the HTML to the sanitiser, as GitHub does. */
function cmarkHtml(markdown: string): string {
  const options = ['--unsafe', '--hardbreaks', ...extensions.flatMap((name) => ['-e', name])];
  return execFileSync('cmark-gfm', options, { input: markdown, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
