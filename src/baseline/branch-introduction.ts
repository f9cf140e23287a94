import type { BaselineBranch, BranchMoment } from './baseline-branch.ts';

/** The file that tells whoever finds the branch what it is. */
export const introductionName = 'README.md';

const title = '# Baselines of Concurrency Regressions';

/** Its text. */
export const introduction = `${title}

This branch is written by a job of this repository and shares no history with the code. Each file holds the last runs of
the base branch on one kind of machine with one Python, a run a line, as JSON. Pull requests are compared with them.

Nothing here is to be edited by hand or merged. To begin anew, delete the branch.
`;

/** What every file of a baseline is called. */
const ownFile = /\.jsonl$/;

/**
 * Names of what is on a branch and in no baseline; a README alone counts when it is not ours. Empty for a baseline, and
 * for a branch without files, which has nothing to lose.
 */
export async function foreignNames(branch: BaselineBranch, { files, others }: BranchMoment): Promise<readonly string[]> {
  const names = [...files.keys()].filter((name) => name !== introductionName);
  const foreign = [...others, ...names.filter((name) => !ownFile.test(name))];
  const readme = files.get(introductionName);
  if (foreign.length > 0 || names.length > 0 || readme === undefined) return foreign;
  const text = (await branch.content(readme.id)).toString('utf8');
  return text.startsWith(title) ? [] : [introductionName];
}
