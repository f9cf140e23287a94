import { resolve } from 'node:path';
import type { BaselineBranch } from '../baseline/baseline-branch.ts';
import type { BaselineFiles } from '../baseline/baseline-files.ts';
import { branchFiles } from '../baseline/branch-files.ts';
import { folderFiles } from '../baseline/folder-files.ts';
import { chartedFiles } from '../baseline/trend-files.ts';
import type { Options } from '../config/options.ts';
import { UserError } from '../model/user-error.ts';
import { trendIndexStart } from '../render/charts/trend-index.ts';
import { drawTrend } from './trend-charts.ts';

/** What a baseline may be kept in. */
export interface BaselinePlace {
  /** Absolute path of the working directory. */
  readonly folder: string;
  /** Null where no repository is known. */
  readonly repository: { branch(name: string): BaselineBranch } | null;
}

/**
 * The folder or branch that the options name; the branch unless they say, where there is a repository. Nothing is read yet.
 *
 * @throws UserError for a branch without a repository
 */
export function openBaselineFiles(options: Options, place: BaselinePlace): BaselineFiles {
  const files = mediumOf(options, place);
  return options['trend-charts'] ? chartedFiles(files, drawTrend(options), trendIndexStart) : files;
}

function mediumOf(options: Options, { folder, repository }: BaselinePlace): BaselineFiles {
  const store = options['baseline-store'] ?? (repository === null ? 'file' : 'branch');
  if (store === 'file') return folderFiles(resolve(folder, options['baseline-path']));
  if (repository !== null) return branchFiles(repository.branch(options['baseline-branch']));
  throw new UserError(
    'The baseline is to be on a branch ("baseline-store"), and no repository is known.',
    'At a terminal name it with --repository OWNER/NAME and give a token as GITHUB_TOKEN, or use "baseline-store: file".',
  );
}
