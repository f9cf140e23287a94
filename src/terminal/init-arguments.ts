import { UserError } from '../model/user-error.ts';
import { isWorkflowRecipe, type WorkflowRecipe, workflowRecipes } from '../model/workflow-recipe.ts';
import type { CommandEntry } from './command-entry.ts';
import { flag, flagSwitch, jsonFlag } from './flag.ts';
import { type Flags, readFlags } from './flags.ts';

/** A workflow to be written. */
export interface InitCommand {
  readonly kind: 'init';
  readonly recipe: WorkflowRecipe;
  /** As it was given, or null where it is to be guessed. */
  readonly branch: string | null;
  /** Options for the config file, as text; what is missing is guessed, and an empty text is nothing. */
  readonly flags: Flags;
  /** Whether files that are there are written over. */
  readonly force: boolean;
  /** Whether to show the files and to write none. */
  readonly dryRun: boolean;
  /** Whether to print JSON for other programs. */
  readonly json: boolean;
}

const flags = [
  flag('recipe', 'WORD', 'one-job, matrix (a job for each Python) or fork (comments on pull requests from forks too)', {
    fallback: 'one-job',
    completes: workflowRecipes,
  }),
  flag('branch', 'NAME', 'the default branch', { fallback: 'that of origin, else the one checked out' }),
  flag('python-version', 'LIST', 'versions to measure on', { fallback: 'the two newest that pyproject.toml names' }),
  flag('install', 'COMMAND', "run before measuring; '' for none", { fallback: 'pip install . where there is a package' }),
  flag('workloads', 'LIST', 'what to measure', { fallback: 'core', completes: 'file' }),
  flagSwitch('force', 'write over files that are there'),
  flagSwitch('dry-run', 'show the files and write none'),
  jsonFlag,
];

export const initEntry: CommandEntry = {
  name: 'init',
  operands: '',
  summary: 'write the workflow and its config file',
  details: ['What is not given is guessed from the project, and each guess is shown with what it rests on.'],
  flags,
  options: [],
  completes: null,
  examples: ['init --dry-run', "init --recipe matrix --python-version 3.12,3.13 --install 'pip install .[fast]'"],
  read: readInitArguments,
};

/**
 * Reads what follows the word "init".
 *
 * @throws UserError that names the word that was not understood
 */
export function readInitArguments(argv: readonly string[]): InitCommand {
  const { recipe = 'one-job', branch = null, force, 'dry-run': dryRun, json, ...given } = readFlags('init', argv, flags);
  if (!isWorkflowRecipe(recipe)) {
    throw new UserError(`init: --recipe is "${recipe}".`, `The recipes are ${workflowRecipes.join(', ')}.`);
  }
  return { kind: 'init', recipe, branch, flags: given, force: force === 'true', dryRun: dryRun === 'true', json: json === 'true' };
}
