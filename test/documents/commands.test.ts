import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clone, type CommandOutcome, freshClone } from './clone.ts';
import { fencedBlocks, type MarkdownDocument, makerOf, pythonFiles, readDocuments } from './markdown-documents.ts';
import { sampleProject } from './sample-project.ts';
import { hiddenCommands, type ShellBlock, shellBlocks } from './shell-commands.ts';
import { standIns } from './stand-ins.ts';

const documents = readDocuments();
const shown = documents.flatMap((document) => shellBlocks(document).map((block) => ({ ...block, document })));
const commands = shown.flatMap((block) => block.commands);

let clone: Clone;
/** What was installed: `npm ci` costs seconds, and once is as good as every time. */
let installation: Promise<CommandOutcome> | null = null;

beforeAll(() => {
  clone = freshClone();
});
afterAll(() => clone[Symbol.dispose]());

/** Whether a command is for somebody who works on this repository, and not in a project of theirs. */
const isOfClone = (command: string) => /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node) /.test(command);

/** Runs the commands of a block in turn; returns the first that does not end well, with what it printed. */
async function firstFailure({ commands: all }: Pick<ShellBlock, 'commands'>, { text }: MarkdownDocument): Promise<string | null> {
  const files = pythonFiles(text);
  for (const [name, source] of files) write(join(clone.folder, name), source);
  using project = sampleProject({
    files,
    configured: !all.some((command) => command.startsWith('concurrency-regressions init')),
    installed: all.some((command) => command.includes('--install')),
  });
  for (const command of all) {
    const { code, output } = await run(command, project.folder);
    if (code !== 0) return `${command}: exit code ${code}\n${output}`;
  }
  return null;
}

async function run(command: string, project: string): Promise<CommandOutcome> {
  const standIn = standIns.find((each) => each.command === command);
  if (standIn?.instead === null) return { code: 0, output: '' };
  if (!isOfClone(command)) return clone.run(command, project);
  installation ??= clone.run('npm ci', clone.folder);
  if (command === 'npm ci') return installation;
  await installation;
  return clone.run(standIn?.instead ?? command, clone.folder);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('every command of README, CONTRIBUTING and docs', () => {
  it('is found', () => {
    expect(shown.map(({ document }) => document.file)).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/terminal.md']),
    );
    expect(commands.length).toBeGreaterThan(30);
    // What a bench recorded is no command to type.
    const written = documents.filter((document) => makerOf(document) === null);
    expect(written.flatMap(hiddenCommands)).toEqual([]);
  });

  it.each(shown)(
    'ends well: $place',
    async ({ document, ...block }) => {
      expect(await firstFailure(block, document)).toBeNull();
    },
    180_000,
  );
});

describe('the commands that are not run as they stand', () => {
  it('are named with what stands for them and why', () => {
    console.table(standIns);
    expect(standIns.filter(({ command }) => !commands.includes(command))).toEqual([]);
    for (const { command, reason } of standIns) expect(reason, command).toMatch(/^\w+(?: [^ ]+){5,}\.$/);
  });
});

describe('a command that is wrong', () => {
  const document = { file: 'planted.md', text: '' };

  it.each([
    ['an unknown command', 'concurrency-regressions runn', /no command "runn"/],
    ['an unknown option', 'concurrency-regressions run --worklods core', /--worklods/],
    ['a value that is none', 'npx concurrency-regressions plan --time-budget soon', /time-budget/],
    ['a file that nobody wrote', 'concurrency-regressions compare absent.json other.json', /absent\.json/],
    ['an npm script that is not there', 'npm run nothing', /nothing/],
    ['a program that is not there', 'concurrency-regression run', /not found/],
  ])(
    'is seen: %s',
    async (_, command, message) => {
      const [block] = shellBlocks({ ...document, text: `\`\`\`sh\ngit status   # fine\n${command}\n\`\`\`\n` });
      expect(block?.commands).toEqual(['git status', command]);
      const failure = await firstFailure({ commands: block?.commands ?? [] }, document);
      expect(failure).toContain(`${command}: exit code`);
      expect(failure).toMatch(message);
    },
    60_000,
  );

  it('is seen in a block that is not marked as shell', () => {
    expect(hiddenCommands({ ...document, text: '```\nnpm run nothing\n```\n' })).toEqual(['planted.md:2: npm run nothing']);
    expect(hiddenCommands({ ...document, text: '```console\n$ make\n```\n' })).toEqual(['planted.md:2: $ make']);
  });

  it('does not hide behind a fence that is never closed, nor in a continued line', () => {
    expect(() => fencedBlocks('```sh\nnpm ci\n')).toThrow(/line 2 is never closed/);
    const [block] = shellBlocks({ ...document, text: '```sh\n# first\nnpm run \\\n  nothing\n\n```\n' });
    expect(block?.commands).toEqual(['npm run nothing']);
  });
});
