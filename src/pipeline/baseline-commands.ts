import { resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import type { BaselineFiles } from '../baseline/baseline-files.ts';
import { readBounded } from '../baseline/bounded-file.ts';
import { exportBaseline } from '../baseline/export.ts';
import { type ImportedBaseline, importBaseline } from '../baseline/import.ts';
import { type Inventory, inventory } from '../baseline/inventory.ts';
import { type PruneChoice, type Pruned, prune } from '../baseline/prune.ts';
import { type BaselineFault, verify } from '../baseline/verify.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { readableRepository } from '../github/repository.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import type { BaselineCommand, PruneAction } from '../terminal/baseline-arguments.ts';
import { type AcceptedBaseline, acceptShift } from './baseline-acceptance.ts';
import { type ShownBaseline, showBaseline } from './baseline-history.ts';
import { openBaselineFiles } from './baseline-medium.ts';
import type { Surroundings } from './surroundings.ts';

/** What a baseline command came to. `where` says which baseline it was. */
export type BaselineOutcome = {
  readonly where: string;
  /** What is not as it should be although everything was written. */
  readonly warnings: readonly Warning[];
} & (
  | { readonly kind: 'list'; readonly inventory: Inventory }
  | ({ readonly kind: 'show' } & ShownBaseline)
  | ({ readonly kind: 'export' } & WrittenExport)
  | ({ readonly kind: 'import' } & ImportedBaseline)
  | ({ readonly kind: 'accept' } & AcceptedBaseline)
  | ({ readonly kind: 'prune' } & Pruned)
  | { readonly kind: 'verify'; readonly faults: readonly BaselineFault[] }
);

/** A document that was written. */
export interface WrittenExport {
  /** Absolute path. */
  readonly file: string;
  /** Bytes. */
  readonly bytes: number;
  /** What could not be read, and is not in it. */
  readonly leftOut: readonly BaselineFault[];
}

/** What of the surroundings a baseline command needs. */
type Terminal = Pick<Surroundings, 'environment' | 'cwd' | 'signal'>;

/**
 * Does what a baseline command asks for.
 *
 * @throws UserError when the baseline or a file cannot be had, or what was asked for names nothing
 */
export async function runBaselineCommand(command: BaselineCommand, options: Options, surroundings: Terminal): Promise<BaselineOutcome> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const repository = repositoryOf(command, options, surroundings);
  const warnings: Warning[] = [];
  const files = tellingFiles(openBaselineFiles(options, { folder, repository }), warnings);
  return { where: files.where, ...(await act(command, files, { options, surroundings, folder, repository })), warnings };
}

/** The same files; what changes of them warn of is added to `warnings`. */
function tellingFiles(files: BaselineFiles, warnings: Warning[]): BaselineFiles {
  return {
    ...files,
    change: async (summary, choice, edit) => {
      const found = await files.change(summary, choice, edit);
      warnings.push(...found);
      return found;
    },
  };
}

function repositoryOf({ repository }: BaselineCommand, options: Options, { environment, signal }: Terminal) {
  return readableRepository(repository ?? undefined, {
    token: environment['GITHUB_TOKEN'] ?? options['github-token'] ?? '',
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    signal,
  });
}

interface Place {
  readonly options: Options;
  readonly surroundings: Terminal;
  readonly folder: string;
  readonly repository: ReturnType<typeof repositoryOf>;
}

/** Distributes over the kinds of outcome, which `Omit` would merge. */
type WithoutPlace<Outcome> = Outcome extends unknown ? Omit<Outcome, 'where' | 'warnings'> : never;

async function act({ action }: BaselineCommand, files: BaselineFiles, place: Place): Promise<WithoutPlace<BaselineOutcome>> {
  const { cwd } = place.surroundings;
  switch (action.kind) {
    case 'list':
      return { kind: 'list', inventory: await inventory(files) };
    case 'show':
      return { kind: 'show', ...(await showBaseline(files, action.cells, place)) };
    case 'export':
      return { kind: 'export', ...(await writeExport(files, resolve(cwd, action.file))) };
    case 'import':
      return { kind: 'import', ...(await importBaseline(files, await readDocument(resolve(cwd, action.file)), condensedRun)) };
    case 'accept':
      return { kind: 'accept', ...(await acceptShift(files, action, { environment: place.surroundings.environment, now: new Date() })) };
    case 'prune':
      return { kind: 'prune', ...(await prune(files, pruneChoice(action, new Date()))) };
    case 'verify':
      return { kind: 'verify', faults: await verify(files) };
  }
}

/** Whether something was not as it should be, or not all could be done: exit code 1. */
export function baselineFailed(outcome: BaselineOutcome): boolean {
  switch (outcome.kind) {
    case 'list':
    case 'show':
    case 'accept':
      return false;
    case 'verify':
    case 'import':
      return outcome.faults.length > 0;
    case 'export':
      return outcome.leftOut.length > 0;
    case 'prune':
      return outcome.unreadable.length > 0;
  }
}

async function writeExport(files: BaselineFiles, file: string): Promise<WrittenExport> {
  const { text, leftOut } = await exportBaseline(files);
  try {
    await writeAtomically(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${clauseOf(error)}.`, 'Name another file; nothing was changed.');
  }
  return { file, bytes: Buffer.byteLength(text), leftOut };
}

/** Bytes of the largest document that is read. */
const largestDocument = 256 * 2 ** 20;

async function readDocument(file: string): Promise<string> {
  const bytes = await readBounded(file, largestDocument).catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${clauseOf(error)}.`, 'Name a file that "baseline export" wrote; nothing was changed.');
  });
  if (bytes !== null) return bytes.toString('utf8');
  throw new UserError(`There is no file ${file}.`, 'Name one that "baseline export" wrote; nothing was changed.');
}

function clauseOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

const dayMilliseconds = 86_400_000;

function pruneChoice({ keep, olderThan, commits, runIds, damaged }: PruneAction, now: Date): PruneChoice {
  return {
    ...(keep === null ? {} : { keep }),
    ...(olderThan === null ? {} : { olderThan: instantOf(olderThan, now) }),
    commits,
    runIds,
    damaged,
  };
}

function instantOf(age: NonNullable<PruneAction['olderThan']>, now: Date): string {
  return 'instant' in age ? age.instant : new Date(now.getTime() - age.days * dayMilliseconds).toISOString();
}
