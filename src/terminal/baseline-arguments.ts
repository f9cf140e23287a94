import { UserError } from '../model/user-error.ts';
import { type Flags, parseFlags } from './flags.ts';

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

const optionNames = [
  ...['baseline-store', 'baseline-branch', 'baseline-path', 'working-directory', 'config'],
  ...['target', 'margin', 'thresholds', 'seed'],
];

const usage = 'Write: concurrency-regressions baseline list, show [CELL], export FILE, import FILE, accept, prune or verify.';

/**
 * Reads what follows the word "baseline".
 *
 * @throws UserError that names the word that was not understood
 */
export function readBaselineArguments(argv: readonly string[]): BaselineCommand {
  const [word = '', ...rest] = argv;
  const own = ownFlags(word);
  const { values, positionals } = parseFlags(`baseline ${word}`, rest, [...optionNames, 'repository', 'json', ...own]);
  const { repository = null, json, ...given } = values;
  const flags = Object.fromEntries(Object.entries(given).filter(([name]) => !own.includes(name)));
  return {
    kind: 'baseline',
    action: actionOf(word, positionals, given),
    repository: checkedRepository(repository),
    json: json === 'true',
    flags,
  };
}

/** Flags that one command has and no other. */
function ownFlags(word: string): readonly string[] {
  switch (word) {
    case 'list':
    case 'show':
    case 'export':
    case 'import':
    case 'verify':
      return [];
    case 'accept':
      return ['cells', 'commit', 'why', 'by'];
    case 'prune':
      return ['keep', 'older-than', 'commits', 'runs', 'damaged'];
    default:
      throw new UserError(word === '' ? 'baseline takes a command, and none is given.' : `There is no command "baseline ${word}".`, usage);
  }
}

function actionOf(word: string, positionals: readonly string[], flags: Flags): BaselineAction {
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
    default:
      noneOf(word, positionals);
      return { kind: word === 'list' ? 'list' : 'verify' };
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
