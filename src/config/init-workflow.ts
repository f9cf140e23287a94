import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, parseDocument, Scalar, stringify } from 'yaml';
import { UserError } from '../model/user-error.ts';
import type { WorkflowRecipe } from '../model/workflow-recipe.ts';

/** A file that is to be written. */
export interface InitFile {
  /** Relative to the top of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

interface WorkflowSource {
  /** Name of the recipe's file. */
  readonly from: string;
  /** Name of the workflow's file. */
  readonly to: string;
}

const sources: Readonly<Record<WorkflowRecipe, readonly WorkflowSource[]>> = {
  'one-job': [{ from: 'one-job.yml', to: 'concurrency.yml' }],
  matrix: [{ from: 'matrix.yml', to: 'concurrency.yml' }],
  fork: [
    { from: 'fork-measure.yml', to: 'concurrency.yml' },
    { from: 'fork-report.yml', to: 'concurrency-report.yml' },
  ],
};

/**
 * The workflow files of a recipe for a default branch.
 *
 * @param branch a name that git takes for a branch
 * @param folder absolute path of docs/recipes
 * @throws UserError when a workflow cannot name the branch, or the recipes are not there
 */
export async function workflowFiles(recipe: WorkflowRecipe, branch: string, folder: string): Promise<readonly InitFile[]> {
  refuseBranch(branch);
  return Promise.all(
    sources[recipe].map(async ({ from, to }) => ({
      path: `.github/workflows/${to}`,
      text: withNames(withBranch(await readRecipe(folder, from), branch), sources[recipe]),
    })),
  );
}

/** Recipes of one workflow name each other in their comments. */
function withNames(recipe: string, renamed: readonly WorkflowSource[]): string {
  return renamed.reduce((text, { from, to }) => text.replaceAll(from, to), recipe);
}

/** How YAML is written: the way that the recipes are. */
export const yamlStyle = { lineWidth: 0, flowCollectionPadding: false, singleQuote: true } as const;

async function readRecipe(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch {
    throw new UserError(
      `The recipe ${name} is not at ${folder}.`,
      'Use a complete installation or checkout: dist and docs belong together.',
    );
  }
}

const branchesPath = ['on', 'push', 'branches'];

/** A recipe that is not started by a push stays as it is. */
function withBranch(recipe: string, branch: string): string {
  const workflow: Document = parseDocument(recipe);
  if (!workflow.hasIn(branchesPath)) return recipe;
  workflow.setIn(branchesPath, workflow.createNode([filterNode(literalFilter(branch))], { flow: true }));
  return workflow.toString(yamlStyle);
}

/** In quotes where a reader of either YAML needs them; asked of the whole workflow, its key "on" would get them too. */
function filterNode(filter: string): Scalar {
  const node = new Scalar(filter);
  if (/^['"]/.test(stringify(filter, { compat: 'yaml-1.1' }))) node.type = 'QUOTE_SINGLE';
  return node;
}

/** A branch as the filter that it alone passes. The other characters with a meaning are in no name that git takes. */
function literalFilter(branch: string): string {
  return branch.replace(/^!/, '\\!').replaceAll('+', '\\+');
}

function refuseBranch(branch: string): void {
  const fault = branch.includes('${{')
    ? 'GitHub takes "${{" for the begin of an expression, which is not allowed there'
    : /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(branch)
      ? 'it holds a character that cannot be seen'
      : null;
  if (fault === null) return;
  throw new UserError(
    `No workflow can name the branch ${JSON.stringify(branch)}: ${fault}.`,
    'Rename the branch, or name another with --branch; nothing was written.',
  );
}
