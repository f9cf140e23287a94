import { UserError } from '../model/user-error.ts';
import { type BaselineWord, baselineFlags, baselineRows, ownFlags } from './baseline-flags.ts';
import type { CommandEntry } from './command-entry.ts';
import { type Flags, parseFlags } from './flags.ts';
import { optionsNamed } from './option-flags.ts';

/** What is to be done with a stored baseline. */
export type BaselineAction =
  | { readonly kind: 'list' | 'verify' }
  /** `cells` is a pattern over cell ids, or null for all. */
  | { readonly kind: 'show'; readonly cells: string | null }
  /** `file` is a path as it was given. */
  | { readonly kind: 'export' | 'import'; readonly file: string }
  | AcceptAction
  | PruneAction;

/** A change of level that is to be accepted. */
export interface AcceptAction {
  readonly kind: 'accept';
  /** Patterns over cell ids, at least one. */
  readonly cells: readonly string[];
  /** 7 to 40 hex digits. */
  readonly commit: string;
  readonly why: string;
  /** Null where nobody was named. */
  readonly by: string | null;
}

/** What is to go of a baseline; at least one of these is said. */
export interface PruneAction {
  readonly kind: 'prune';
  /** Runs that stay in each file, from 1; null for all. */
  readonly keep: number | null;
  /** Runs that began before go: so many days ago, from 1, or an instant in ISO 8601; null for none. */
  readonly olderThan: { readonly days: number } | { readonly instant: string } | null;
  /** Runs of these commits go, each 7 to 40 hex digits. */
  readonly commits: readonly string[];
  readonly runIds: readonly string[];
  /** Whether lines that cannot be read go. */
  readonly damaged: boolean;
}

/** One of the baseline commands. */
export interface BaselineCommand {
  readonly kind: 'baseline';
  readonly action: BaselineAction;
  /** "owner/name", or null for a baseline in a folder. */
  readonly repository: string | null;
  /** Whether to print JSON for other programs. */
  readonly json: boolean;
  /** Options that say where the baseline is and how large a change counts. */
  readonly flags: Flags;
}

/** Options that say where the baseline is and how large a change counts. */
const baselineOptions = [
  ...['baseline-store', 'baseline-branch', 'baseline-path', 'trend-charts', 'working-directory', 'config'],
  ...['target', 'margin', 'thresholds', 'seed'],
];

const usage = 'Write: concurrency-regressions baseline list, show [CELL], export FILE, import FILE, accept, prune or verify.';

/** The commands that keep the stored runs. */
export const baselineEntries: readonly CommandEntry[] = baselineRows.map(({ word, operands, summary, completes, examples }) => ({
  name: `baseline ${word}`,
  ...{ operands, summary, completes, examples: examples.map((example) => `baseline ${example}`) },
  details: [],
  flags: [...ownFlags(word), ...baselineFlags],
  options: optionsNamed(...baselineOptions),
  read: (rest) => readBaseline(word, rest),
}));

function readBaseline(word: BaselineWord, rest: readonly string[]): BaselineCommand {
  const own = ownFlags(word);
  const known = [...own, ...baselineFlags, ...optionsNamed(...baselineOptions)];
  const { values, positionals } = parseFlags(`baseline ${word}`, rest, known);
  const { repository = null, json, ...given } = values;
  const flags = Object.fromEntries(Object.entries(given).filter(([name]) => !own.some((flag) => flag.name === name)));
  return {
    kind: 'baseline',
    action: actionOf(word, positionals, given),
    repository: checkedRepository(repository),
    json: json === 'true',
    flags,
  };
}

function actionOf(word: BaselineWord, positionals: readonly string[], flags: Flags): BaselineAction {
  switch (word) {
    case 'show':
      return { kind: 'show', cells: atMostOne('show', positionals) ?? null };
    case 'export':
    case 'import':
      return { kind: word, file: theFile(word, positionals) };
    case 'accept':
      noneOf('accept', positionals);
      return acceptAction(flags);
    case 'prune':
      noneOf('prune', positionals);
      return pruneAction(flags);
    case 'list':
    case 'verify':
      noneOf(word, positionals);
      return { kind: word };
  }
}

function acceptAction(flags: Flags): AcceptAction {
  const cells = listOf(required('cells', flags, '--cells "chat_server/asyncio/*"'));
  const commit = hexDigits('accept: --commit', required('commit', flags, '--commit 1a2b3c4d'));
  const why = required('why', flags, '--why "uvloop 0.23 sends at once"');
  return { kind: 'accept', cells: [...new Set(cells)], commit, why, by: flags['by'] ?? null };
}

function required(name: string, flags: Flags, example: string): string {
  const value = (flags[name] ?? '').trim();
  if (value !== '') return value;
  throw new UserError(`baseline accept takes --cells, --commit and --why, and --${name} is not given.`, `Add for example ${example}.`);
}

/** Patterns hold no white space and no comma; in square brackets a comma divides parameters. */
function listOf(text: string): readonly string[] {
  return text.split(/[\s,]+(?![^[\]]*\])/).filter((item) => item !== '');
}

function pruneAction(flags: Flags): PruneAction {
  const commits = listOf(flags['commits'] ?? '').map((commit) => hexDigits('prune: --commits', commit));
  const [keep, olderThan, runIds] = [keptCount(flags['keep']), ageOf(flags['older-than']), listOf(flags['runs'] ?? '')];
  const damaged = flags['damaged'] === 'true';
  if (keep === null && olderThan === null && commits.length + runIds.length === 0 && !damaged) {
    throw new UserError(
      'baseline prune removes what it is told to, and nothing is named.',
      'Add --keep 10, --older-than 90d, --commits 1a2b3c4d, --runs ID or --damaged.',
    );
  }
  return { kind: 'prune', keep, olderThan, commits, runIds, damaged };
}

function keptCount(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UserError(`baseline prune: --keep is "${text}".`, 'Give a whole number from 1 to 999999.');
}

function ageOf(text: string | undefined): PruneAction['olderThan'] {
  if (text === undefined) return null;
  const days = /^([1-9]\d{0,5})d$/.exec(text)?.[1];
  if (days !== undefined) return { days: Number(days) };
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return { instant: new Date(instant).toISOString() };
  throw new UserError(`baseline prune: --older-than is "${text}".`, 'Give days, such as 90d, or a date, such as 2026-09-01.');
}

function hexDigits(where: string, text: string): string {
  const digits = text.toLowerCase();
  if (/^[0-9a-f]{7,40}$/.test(digits)) return digits;
  throw new UserError(`baseline ${where} is "${text}".`, 'Give a commit, 7 to 40 hex digits.');
}

function checkedRepository(repository: string | null): string | null {
  if (repository === null || /^[\w.-]+\/[\w.-]+$/.test(repository)) return repository;
  throw new UserError(`baseline: --repository is "${repository}".`, 'Write it as OWNER/NAME, such as octo/project.');
}

function theFile(word: string, positionals: readonly string[]): string {
  const file = atMostOne(word, positionals);
  if (file !== undefined && file !== '') return file;
  throw new UserError(`baseline ${word} takes a file.`, `Write: concurrency-regressions baseline ${word} baseline.json`);
}

function atMostOne(word: string, positionals: readonly string[]): string | undefined {
  const [first, second] = positionals;
  if (second === undefined) return first;
  throw new UserError(`baseline ${word}: Unexpected argument '${second}'.`, usage);
}

function noneOf(word: string, positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UserError(`baseline ${word}: Unexpected argument '${positionals[0]}'.`, usage);
}
