import { fewestForInterval } from '../model/change.ts';
import type { WorkflowRecipe } from '../model/workflow-recipe.ts';
import { code, type Line, text } from './document.ts';
import type { Initialised } from './initialised.ts';

type Written = Pick<Initialised, 'recipe' | 'files' | 'settings' | 'baselineBranch'>;

/** What to do with a workflow that was written, and what its first runs will show. */
export function initSteps(made: Written): readonly Line[] {
  return [commitStep(made), pullRequestStep(made), pushStep(made), ...workloadSteps(made)];
}

function commitStep({ files }: Written): Line {
  const command = code(`git add ${files.map(({ path }) => path).join(' ')}`);
  return [text('Look at the files, add them ('), command, text('), commit them on a branch of their own, and push it.')];
}

const noBaseline =
  'Its comment says that there is no baseline: nothing can be cleared by stored runs, so its cells are measured in pairs of base and head as far as the time budget reaches.';

const firstPullRequest: Readonly<Record<WorkflowRecipe, (branch: string) => readonly string[]>> = {
  'one-job': () => [
    noBaseline,
    'It fails on a regression that the pairs confirm and on a broken workload, not on the missing baseline.',
    'A pull request from a fork gets its report in the job summary, without a comment; --recipe fork comments there too.',
  ],
  matrix: () => [
    'Every Python is measured in a job of its own, and the last job reports.',
    noBaseline,
    'It fails on a regression that the pairs confirm, on a broken workload and on a job that delivered nothing, not on the missing baseline.',
  ],
  fork: (branch) => [
    `It is measured and gets no comment yet: the second workflow runs only once it stands on ${branch}.`,
    'Every later pull request, from forks too, gets a comment and a check after its measuring.',
  ],
};

function pullRequestStep({ recipe, settings }: Written): Line {
  return [text('Open a pull request.'), ...firstPullRequest[recipe](settings.branch.value).map((sentence) => text(` ${sentence}`))];
}

function pushStep({ settings, baselineBranch }: Written): Line {
  return [
    text('Merge it. The push to '),
    code(settings.branch.value),
    text(' makes the branch '),
    code(baselineBranch),
    text(
      ` and stores its run there; every later push and the weekly run add one. With ${fewestForInterval} stored runs, cells that did not change can be cleared without pairs.`,
    ),
  ];
}

/** Bundled workloads show what another Python or uvloop does, and never the project. */
function workloadSteps({ settings, files }: Written): readonly Line[] {
  if (settings.workloads.value.some((item) => !item.startsWith('!') && (item.includes('/') || item.endsWith('.py')))) return [];
  return [
    [
      text('The workloads are all bundled and run no code of yours. Write one, try it with '),
      code('concurrency-regressions check-workload FILE'),
      text(', and name it in '),
      code(files.at(-1)?.path ?? ''),
      text('.'),
    ],
  ];
}
