import { padded, wrapped } from './display-width.ts';
import { listed } from './names.ts';
import { emphasised } from './sgr.ts';
import type { TerminalLayout } from './terminal.ts';

/** A flag as its help shows it. */
interface ShownFlag {
  readonly name: string;
  /** The word for its value; null for none. */
  readonly value: string | null;
  readonly words: string;
  /** What holds where it is left out; null where nothing does. */
  readonly fallback: string | null;
}

/** A command as its help shows it. */
interface ShownCommand {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly flags: readonly ShownFlag[];
  readonly options: readonly ShownFlag[];
  readonly examples: readonly string[];
}

/** Everything that help can be had for. */
export interface HelpPages {
  readonly commands: readonly ShownCommand[];
  /** Options as they are shown together. */
  readonly groups: readonly { readonly title: string; readonly flags: readonly ShownFlag[] }[];
}

const program = 'concurrency-regressions';

/** Help is read in lines of at most so many columns, however wide the terminal. */
const widest = 100;

/** Words in fewer columns stand below their term. */
const narrowestWords = 45;

/** Columns before the words on a flag or a command. */
const indent = { flag: 27, command: 34 } as const;

/**
 * The help of the program, of a command, or of all commands that begin with a word.
 *
 * @param topic a command, the first word of several, or null for the program
 */
export function renderHelp({ commands, groups }: HelpPages, topic: string | null, layout: TerminalLayout): string {
  const page = { width: Math.min(widest, Math.max(40, layout.width)), title: titleOf(layout) };
  const named = commands.find(({ name }) => name === topic);
  if (named !== undefined) return commandPage(named, groups, page);
  return topic === null ? programPage(commands, page) : groupPage(topic, commands, page);
}

interface Page {
  readonly width: number;
  readonly title: (content: string) => string;
}

function titleOf({ colors = false }: TerminalLayout): Page['title'] {
  return (content) => (colors ? emphasised(content, 'heading') : content);
}

function programPage(commands: readonly ShownCommand[], page: Page): string {
  return linesOf([
    ...wrapped(`${program}: did threads, asyncio, uvloop, executors or processes get slower?`, page.width),
    ...section('Usage', [`  ${program} COMMAND [options]`], page),
    ...section('Commands', commandLines(commands, page), page),
    ...section(
      'Options',
      [
        ...flagLines({ name: 'help', value: null, words: 'of every command: explain it and list its options', fallback: null }, page),
        ...flagLines({ name: 'json', value: null, words: jsonWords(commands), fallback: null }, page),
      ],
      page,
    ),
    ...section(
      'Exit code',
      exitCodes.flatMap((each) => row(each[0], each[1], { lead: 7, page })),
      page,
    ),
    ...section(
      'Environment',
      variables.flatMap((each) => row(each[0], each[1], { lead: 15, page })),
      page,
    ),
    ...section('Examples', exampleLines(commands.flatMap(tellingExample)), page),
  ]);
}

function jsonWords(commands: readonly ShownCommand[]): string {
  const without = commands.filter(({ flags }) => !flags.some(({ name }) => name === 'json')).map(({ name }) => name);
  return `of every command but ${listed(without)}: print one JSON object instead of text, faults too`;
}

/** One of each command, where it says more than the list of commands does. */
function tellingExample({ name, examples }: ShownCommand): readonly string[] {
  return name.includes(' ') ? [] : examples.filter((example) => example !== name).slice(0, 1);
}

const exitCodes = [
  ['0', 'fine'],
  ['1', 'the gate failed, or not every cell was measured'],
  ['2', 'the input is wrong'],
  ['130', 'interrupted'],
] as const;

const variables = [
  ['NO_COLOR', 'set to anything: no colours'],
  ['FORCE_COLOR', 'set to 1: colours even where the output is no terminal; it wins over NO_COLOR'],
] as const;

function groupPage(group: string, commands: readonly ShownCommand[], page: Page): string {
  const members = commands.filter(({ name }) => name.startsWith(`${group} `));
  return linesOf([
    ...section('Usage', [`  ${program} ${group} COMMAND [options]`], page, true),
    ...section('Commands', commandLines(members, page), page),
    ...section('Examples', exampleLines(members.flatMap(({ examples }) => examples)), page),
    '',
    ...wrapped(`${program} ${group} COMMAND --help lists the options of a command.`, page.width),
  ]);
}

function commandPage(command: ShownCommand, groups: HelpPages['groups'], page: Page): string {
  const { name, operands, summary, details, flags, options, examples } = command;
  const words = [program, name, operands, flags.length + options.length === 0 ? '' : '[options]'].filter((word) => word !== '');
  const own = flags.flatMap((flag) => flagLines(flag, page));
  const taken = new Set(options.map((option) => option.name));
  return linesOf([
    ...section('Usage', [`  ${words.join(' ')}`], page, true),
    ...['', ...wrapped(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, page.width)],
    ...details.flatMap((each) => wrapped(each, page.width)),
    ...(own.length === 0 ? [] : section('Options', own, page)),
    ...groups.flatMap(({ title, flags: ofGroup }) => {
      const shown = ofGroup.filter((flag) => taken.has(flag.name)).flatMap((flag) => flagLines(flag, page));
      return shown.length === 0 ? [] : section(title, shown, page);
    }),
    ...(options.length === 0 ? [] : ['', ...wrapped(optionWords, page.width)]),
    ...section('Examples', exampleLines(examples), page),
  ]);
}

const optionWords = `In parentheses what holds where an option is left out. Those below a title of their own are inputs of the action and keys of .github/concurrency.yml too.`;

function section(title: string, lines: readonly string[], page: Page, first = false): readonly string[] {
  return [...(first ? [] : ['']), page.title(title), ...lines];
}

function commandLines(commands: readonly ShownCommand[], page: Page): readonly string[] {
  return commands.flatMap(({ name, operands, summary }) => row(`${name} ${operands}`.trim(), summary, { lead: indent.command, page }));
}

function flagLines({ name, value, words, fallback }: ShownFlag, page: Page): readonly string[] {
  const lead = `--${name}${value === null ? '' : ` ${value}`}`;
  return row(lead, fallback === null ? words : `${words} (${fallback})`, { lead: indent.flag, page });
}

function exampleLines(examples: readonly string[]): readonly string[] {
  return examples.map((example) => `  ${program} ${example}`);
}

/** A term and its words beside it; below it where the term is too long or the page too narrow. */
function row(term: string, words: string, { lead, page }: { readonly lead: number; readonly page: Page }): readonly string[] {
  const left = page.width - lead < narrowestWords ? 6 : lead;
  const lines = wrapped(words, page.width - left);
  const start = `  ${term}`;
  const blanks = ' '.repeat(left);
  const beside = start.length + 2 <= left;
  const [first = '', ...rest] = lines;
  return beside ? [padded(start, left) + first, ...rest.map((line) => blanks + line)] : [start, ...lines.map((line) => blanks + line)];
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
