import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the workflows that README links are kept. */
export const recipesFolder = join(import.meta.dirname, '..', 'docs', 'recipes');

/** A workflow to be copied. */
export interface Recipe {
  /** Name of its file in docs/recipes, "matrix.yml". */
  readonly file: string;
  readonly text: string;
}

/** Every recipe, by name. */
export function readRecipes(): readonly Recipe[] {
  const files = readdirSync(recipesFolder).filter((name) => name.endsWith('.yml'));
  return files.toSorted().map((file) => ({ file, text: readFileSync(join(recipesFolder, file), 'utf8') }));
}

/** The workflow that README begins with; empty where it shows none. */
export function quickStart(readme: string): string {
  const blocks = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.find((block) => /^jobs:$/m.test(block)) ?? '';
}

/** An action as a step of a workflow names it. */
export interface UsedAction {
  /** "actions/checkout", or with the folder of the action below, "github/codeql-action/init". */
  readonly repository: string;
  /** Commit, tag or branch. */
  readonly ref: string;
  /** What the comment behind it says, "v7.0.1"; empty without one. */
  readonly comment: string;
}

/** The actions of a workflow, each as often as it is used. */
export function usedActions(workflow: string): readonly UsedAction[] {
  const uses = workflow.matchAll(/^\s*(?:- )?uses: ([\w.-]+(?:\/[\w.-]+)+)@(\S+)(?: # (.*))?$/gm);
  return [...uses].map(([, repository = '', ref = '', comment = '']) => ({ repository, ref, comment }));
}

/** The recipes that a Markdown text of the repository's root does not link, by path. */
export function unlinkedRecipes(markdown: string, recipes: readonly Recipe[]): readonly string[] {
  return recipes.map(({ file }) => `docs/recipes/${file}`).filter((path) => !markdown.includes(`](${path})`));
}
