import { quickStartOfReadme, type Trial } from './expectation.ts';
import type { JobResult } from './job-log.ts';
import type { LocalAction } from './local-actions.ts';
import type { Afterwards } from './loopback-github.ts';

/** What the kept log says above the lines of act. */
export interface ActDocument {
  readonly trial: Trial;
  /** As act says it. */
  readonly act: string;
  readonly clones: readonly Omit<LocalAction, 'folder'>[];
  readonly jobs: readonly JobResult[];
  readonly afterwards: Afterwards;
  readonly lines: readonly string[];
  /** Wall seconds of all jobs. */
  readonly seconds: number;
}

/** The file of a trial's log: "matrix.log", "one-job-push.log", "one-job-slower.log". */
export function logName({ recipe, event, slower }: Trial): string {
  const name = recipe === quickStartOfReadme ? 'quick-start' : recipe.replace('.yml', '');
  return `${name}${event === 'push' ? '-push' : ''}${slower ? '-slower' : ''}.log`;
}

/** The log as it is kept: how it came to be, how the jobs ended, what GitHub has afterwards, and every line. */
export function actDocument({ trial, act, clones, jobs, afterwards, lines, seconds }: ActDocument): string {
  const actions = clones.map(({ repository, version, commit }) => `  ${repository} ${version} (${commit})`);
  const change = trial.event === 'push' ? 'a push to main' : `a pull request that is ${trial.slower ? 'slower' : 'as fast as its base'}`;
  const workflow = trial.recipe === quickStartOfReadme ? 'The quick start of README' : `docs/recipes/${trial.recipe}`;
  return [
    `${workflow} for ${change}, run by ${act} in host mode in ${Math.round(seconds)} s (npm run bench:act)`,
    ...(actions.length === 0 ? [] : ['Official actions from clones at the pinned commits:', ...actions]),
    '',
    ...jobs.map(({ name, result }) => `${result.padEnd(8)} ${name}`),
    '',
    ...stateLines(afterwards),
    '',
    ...lines,
    '',
  ].join('\n');
}

function stateLines({ comments, checkRuns, baselines }: Afterwards): readonly string[] {
  const state = [
    ...comments.map((line) => `  comment: ${line}`),
    ...checkRuns.map((line) => `  check run ${line}`),
    ...Object.entries(baselines).map(([path, count]) => `  baseline ${path}: ${count} run${count === 1 ? '' : 's'}`),
  ];
  return state.length === 0 ? [] : ['GitHub afterwards:', ...state];
}
