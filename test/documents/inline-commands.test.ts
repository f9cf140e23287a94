import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/terminal/arguments.ts';
import { readDocuments, root } from './markdown-documents.ts';
import { type InlineCommand, inlineCommands, shellWords } from './shell-commands.ts';

const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Why a command that stands in a sentence would not be understood; null where it would. */
function faultOf({ command }: Pick<InlineCommand, 'command'>): string | null {
  const words = shellWords(command).filter((word) => !/^[A-Z_]+=/.test(word));
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  if (program === 'npm') return faultOfScript(rest);
  if (program === 'vitest') return faultOfPaths(rest.slice(1));
  if (program === 'node' && !rest[0]?.endsWith('cli.mjs')) return faultOfPaths(rest.slice(0, 1));
  const message = messageOf(program === 'node' ? rest.slice(1) : rest);
  // A command by its name alone is spoken of, and need not be complete.
  return rest.length === 1 && !message?.startsWith('There is no command') ? null : message;
}

function messageOf(argv: readonly string[]): string | null {
  try {
    readArguments(argv);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function faultOfScript([first = '', second = '']: readonly string[]): string | null {
  const script = first === 'run' ? second : first;
  return Object.hasOwn(manifest.scripts, script) ? null : `there is no script "${script}"`;
}

function faultOfPaths(paths: readonly string[]): string | null {
  const gone = paths.find((path) => !existsSync(join(root, path)));
  return gone === undefined ? null : `there is no ${gone}`;
}

const commands = readDocuments().flatMap(inlineCommands);

describe('a command that stands in a sentence', () => {
  it('is one that the program, npm or Node understands', () => {
    expect(commands.length).toBeGreaterThan(20);
    const wrong = commands.flatMap((each) => (faultOf(each) === null ? [] : [`${each.file}: ${each.command}: ${faultOf(each)}`]));
    expect(wrong).toEqual([]);
  });

  it.each([
    ['`concurrency-regressions runn`', /no command "runn"/],
    ['`npx concurrency-regressions run --worklods core`', /worklods/],
    ['`node path/to/clone/dist/cli.mjs compare one.json`', /two results files/],
    ['`npm run bench:nothing`', /no script "bench:nothing"/],
    ['`UPDATE_GOLDEN=1 npx vitest run test/silver`', /no test\/silver/],
    ['`node bench/nothing.ts`', /no bench\/nothing\.ts/],
  ])('is seen where it is wrong: %s', (text, fault) => {
    const [planted] = inlineCommands({ file: 'planted.md', text: `Write ${text} for that.\n\n\`\`\`sh\nnpm ci\n\`\`\`\n` });
    expect(planted && faultOf(planted)).toMatch(fault);
  });
});
