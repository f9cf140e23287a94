import type { BaselineBranch, BranchMoment } from './baseline-branch.ts';
import type { FileChanges } from './baseline-files.ts';
import { isTrendChart, trendIndexName } from './trend-names.ts';

/** The file that tells whoever finds the branch what it is. */
export const introductionName = 'README.md';

const title = '# Baselines of Concurrency Regressions';

const introduction = `${title}

This branch is written by a job of this repository and shares no history with the code. Each file holds the last runs of
the base branch on one kind of machine with one Python, a run a line, as JSON. Pull requests are compared with them.

Nothing here is to be edited by hand or merged. To begin anew, delete the branch.
`;

/**
 * What becomes of the introduction with a change of other files: it is written with the first, and shows the charts that
 * are there then.
 */
export function introductionChange({ files }: Pick<BranchMoment, 'files'>, changes: FileChanges): FileChanges {
  const after = new Set([...files.keys(), ...changes.keys()].filter((name) => changes.get(name) !== null));
  const charts = [...after].filter(isTrendChart).toSorted();
  const before = [...files.keys()].filter(isTrendChart);
  if (files.has(introductionName) && before.length === charts.length && charts.every((name) => files.has(name))) return new Map();
  return new Map([[introductionName, introduction + chartSection(charts)]]);
}

/** The most charts that are shown: a page of more is no introduction. The page of all charts has the others. */
const shownCharts = 24;

/** The names of charts are letters, digits and dashes: nothing in them is markup. */
function chartSection(charts: readonly string[]): string {
  if (charts.length === 0) return '';
  const shown = charts
    .slice(0, shownCharts)
    .map((name) => `![Trend of a workload: ${name.slice('trend-'.length, -'.svg'.length)}](${name})`);
  const rest = charts.length - shown.length;
  const more = rest > 0 ? [`${rest} more charts are in the files \`trend-*.svg\` and on the page.`] : [];
  const page = `The same as a page with all figures is in \`${trendIndexName}\`, which GitHub Pages shows when it is set to this branch.`;
  return `\n${['## Trend of the base branch', page, ...shown, ...more].join('\n\n')}\n`;
}

/** What every file of a baseline is called. */
const ownFile = /\.jsonl$/;

function isOwn(name: string): boolean {
  return ownFile.test(name) || isTrendChart(name);
}

/**
 * Names of what is on a branch and in no baseline; a README alone counts when it is not ours. Empty for a baseline, and
 * for a branch without files, which has nothing to lose.
 */
export async function foreignNames(branch: BaselineBranch, { files, others }: BranchMoment): Promise<readonly string[]> {
  const names = [...files.keys()].filter((name) => name !== introductionName);
  // A page of that name is as common as a README, and no sign of anything beside files that are ours.
  const knowsPage = names.some((name) => ownFile.test(name));
  const foreign = [...others, ...names.filter((name) => !isOwn(name) && !(knowsPage && name === trendIndexName))];
  const readme = files.get(introductionName);
  if (foreign.length > 0 || names.length > 0 || readme === undefined) return foreign;
  const text = (await branch.content(readme.id)).toString('utf8');
  return text.startsWith(title) ? [] : [introductionName];
}
