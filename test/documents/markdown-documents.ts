import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of this repository. */
export const root = join(import.meta.dirname, '..', '..');

/** A text that people read. */
export interface MarkdownDocument {
  /** Path in the repository, "docs/terminal.md". */
  readonly file: string;
  readonly text: string;
}

/** The documents whose commands are run: README, CONTRIBUTING and what lies in docs. */
export function readDocuments(): readonly MarkdownDocument[] {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const files = ['README.md', 'CONTRIBUTING.md', ...pages.toSorted().map((name) => `docs/${name}`)];
  return files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** The bench that a page says it was made by, "npm run bench:real"; null for a page that people write. */
export function makerOf({ text }: MarkdownDocument): string | null {
  return /(?:Made|Written) by `(npm run bench:[\w-]+)/.exec(text.slice(0, 2000))?.[1] ?? null;
}

/** A block between fences. */
export interface FencedBlock {
  /** Its language, "sh"; empty without one. */
  readonly language: string;
  /** Of its first line inside, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/**
 * The fenced blocks of a text, in order; a fence may be indented.
 *
 * @throws RangeError for a fence that is never closed
 */
export function fencedBlocks(text: string): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === null) open = { language: (fence[1] ?? '').trim(), line: index + 2, lines: [] };
    else {
      blocks.push(open);
      open = null;
    }
  }
  if (open !== null) throw new RangeError(`the block at line ${open.line} is never closed`);
  return blocks;
}

/** What a text shows of one file, by name: a Python block whose first line is a comment with the name. */
export function pythonFiles(text: string): ReadonlyMap<string, string> {
  const named = fencedBlocks(text).flatMap(({ language, lines: [first = '', ...rest] }) => {
    const name = language === 'python' ? /^# ([\w/]+\.py)$/.exec(first)?.[1] : undefined;
    return name === undefined ? [] : [[name, `${rest.join('\n')}\n`] as const];
  });
  return new Map(named);
}
