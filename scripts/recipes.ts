import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the workflows that README shows are kept as files. */
export const recipesFolder = join(import.meta.dirname, '..', 'docs', 'recipes');

/** A workflow of the README. */
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

/** An action as a step of a workflow names it. */
export interface UsedAction {
  /** "actions/checkout". */
  readonly repository: string;
  /** Commit, tag or branch. */
  readonly ref: string;
  /** What the comment behind it says, "v7.0.1"; empty without one. */
  readonly comment: string;
}

/** The actions of a workflow, each as often as it is used. */
export function usedActions(workflow: string): readonly UsedAction[] {
  const uses = workflow.matchAll(/^\s*(?:- )?uses: ([\w.-]+\/[\w.-]+)@(\S+)(?: # (.*))?$/gm);
  return [...uses].map(([, repository = '', ref = '', comment = '']) => ({ repository, ref, comment }));
}

/** What is wrong with the workflows in a Markdown text: one that is no recipe, and recipes that it does not show. Empty when nothing is. */
export function recipeDrift(markdown: string, recipes: readonly Recipe[]): readonly string[] {
  const shown = [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).filter((text) => /^jobs:/m.test(text));
  const strangers = shown.filter((text) => recipes.every((recipe) => recipe.text !== text));
  const hidden = recipes.filter((recipe) => !shown.includes(recipe.text) && !markdown.includes(`docs/recipes/${recipe.file}`));
  return [
    ...strangers.map((text) => `the workflow "${text.split('\n', 1)[0]}" is no file of docs/recipes`),
    ...hidden.map(({ file }) => `docs/recipes/${file} is neither shown nor linked`),
  ];
}
