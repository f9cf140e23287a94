import type { EventName } from './event.ts';
import type { JobResult } from './job-log.ts';
import type { Afterwards } from './loopback-github.ts';

/** The workflow that README begins with, instead of a recipe of docs/recipes. */
export const quickStartOfReadme = 'README.md';

/** The jobs of a recipe that run for an event, and how often each. */
type Jobs = Readonly<Record<string, number>>;

const jobsOf: Readonly<Record<string, Readonly<Record<EventName, Jobs>>>> = {
  'matrix.yml': {
    pull_request: { plan: 1, measure: 2, report: 1 },
    push: { plan: 1, measure: 2, store: 1 },
  },
  [quickStartOfReadme]: {
    pull_request: { concurrency: 1 },
    push: {},
  },
  'one-job.yml': {
    pull_request: { compare: 1 },
    push: { store: 1 },
  },
};

/** Recipes whose jobs are known. */
export const knownRecipes = Object.keys(jobsOf);

/** The jobs that a slower pull request must fail. */
const gates: ReadonlySet<string> = new Set(['report', 'compare', 'concurrency']);

/** What was run. */
export interface Trial {
  readonly recipe: string;
  readonly event: EventName;
  /** Whether the pull request is slower by more than the gate lets pass. */
  readonly slower: boolean;
}

/** Keys of the jobs that run. */
export function jobsFor({ recipe, event }: Trial): readonly string[] {
  return Object.keys(jobsOf[recipe]?.[event] ?? {});
}

/** What is wrong with how the jobs ended: one that should have ended otherwise, did not run, or should not have run. Empty when nothing is. */
export function unexpectedJobs({ recipe, event, slower }: Trial, jobs: readonly JobResult[]): readonly string[] {
  const wanted = jobsOf[recipe]?.[event] ?? {};
  const results = jobs.flatMap(({ id, name, result }) => {
    const right = slower && gates.has(id) ? 'failure' : 'success';
    return result === right ? [] : [`"${name}" ended with ${result}, not ${right}`];
  });
  const ids = new Set([...Object.keys(wanted), ...jobs.map(({ id }) => id)]);
  const counts = [...ids].flatMap((id) => {
    const [ran, times] = [jobs.filter((job) => job.id === id).length, wanted[id] ?? 0];
    return ran === times ? [] : [`job "${id}" ran ${ran} times, not ${times}`];
  });
  return [...results, ...counts];
}

/**
 * What is wrong with what GitHub has afterwards: of a pull request one comment and one check run that ended as the gate did,
 * of a push a stored run for each of two Pythons.
 */
export function unexpectedState({ event, slower }: Trial, { comments, checkRuns, baselines, violations }: Afterwards): readonly string[] {
  const runs = Object.values(baselines);
  const stored = runs.length === 2 && runs.every((count) => count === 1);
  const conclusion = slower ? 'failure' : 'success';
  const concluded = checkRuns.length === 1 && checkRuns.every((run) => run.includes(`: ${conclusion}, `));
  const wrong: readonly (readonly [boolean, string])[] =
    event === 'push'
      ? [
          [!stored, `not one run is stored for each of two Pythons: ${JSON.stringify(baselines)}`],
          [comments.length > 0, 'a push was commented on'],
        ]
      : [
          [comments.length !== 1, `there are ${comments.length} comments, not one`],
          [!concluded, `there is not one check run that ended with ${conclusion}: ${JSON.stringify(checkRuns)}`],
          [runs.length > 0, 'a pull request stored a baseline'],
        ];
  return [...wrong.flatMap(([is, what]) => (is ? [what] : [])), ...violations.map((violation) => `GitHub forbids: ${violation}`)];
}
