import { type FencedBlock, fencedBlocks, type MarkdownDocument } from './markdown-documents.ts';

/** Commands that a document shows together; they are typed one after the other in one folder. */
export interface ShellBlock {
  /** "docs/terminal.md:14". */
  readonly place: string;
  readonly commands: readonly string[];
}

/** The blocks of shell commands of a document. */
export function shellBlocks({ file, text }: MarkdownDocument): readonly ShellBlock[] {
  return fencedBlocks(text)
    .filter(({ language }) => language === 'sh')
    .map((block) => ({ place: `${file}:${block.line}`, commands: commandsIn(block) }));
}

/** Blocks of another kind that hold a command, which nobody would run: places and what they hold. */
export function hiddenCommands({ file, text }: MarkdownDocument): readonly string[] {
  return fencedBlocks(text)
    .filter(({ language }) => language !== 'sh')
    .flatMap((block) =>
      block.lines.filter((line) => startsCommand.test(line.trim())).map((line) => `${file}:${block.line}: ${line.trim()}`),
    );
}

const startsCommand = /^(?:\$ |(?:npm|npx|pip|uv|git|gh|node|concurrency-regressions) )/;

function commandsIn({ lines }: FencedBlock): readonly string[] {
  return lines
    .map((line) => line.trim())
    .join('\n')
    .replaceAll('\\\n', '')
    .split('\n')
    .map((line) => line.replace(/ +# .*$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A command in the middle of a sentence. */
export interface InlineCommand {
  readonly file: string;
  readonly command: string;
}

/** The commands of this program and of npm that a document names outside blocks: code that begins as one. */
export function inlineCommands({ file, text }: MarkdownDocument): readonly InlineCommand[] {
  const prose = text.replaceAll(/^\s*```.*\n[\s\S]*?^\s*```$/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const ours =
    /^(?:(?:npx )?concurrency-regressions|node path\/to\/clone\/dist\/cli\.mjs|npm (?:run|start|test)|npx vitest run|(?:[A-Z_]+=\S+ )npx vitest run|node (?:bench|scripts)\/) ?/;
  return spans.filter((code) => ours.test(code)).map((command) => ({ file, command }));
}

/** The words of a command as a shell would pass them; quotes only, no expansion. */
export function shellWords(command: string): readonly string[] {
  return [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
