/** The workflows that `init` writes, each a recipe of docs/recipes. */
export const workflowRecipes = ['one-job', 'matrix', 'fork'] as const;

/** One of {@link workflowRecipes}. */
export type WorkflowRecipe = (typeof workflowRecipes)[number];

/** Whether the text names a recipe. */
export function isWorkflowRecipe(text: string): text is WorkflowRecipe {
  return (workflowRecipes as readonly string[]).includes(text);
}
