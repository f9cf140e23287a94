/** Which of the program's commands compares: against stored runs and then in pairs, or in pairs alone. */
export type LiveCommand = 'run' | 'pairs';

/** One comparison of two commits of the live project. */
export interface CommandRequest {
  readonly command: LiveCommand;
  readonly python: string;
  /** Commit that is compared with. */
  readonly base: string;
  /** A tree of the base commit, for `pairs`. */
  readonly baseTree: string;
  readonly seed: number;
}

const workloads = ['--workloads', './benchmarks/*.py'];

/** The arguments that measure the base commit and store it as a baseline. */
export function baselineArguments({ python, seed }: Pick<CommandRequest, 'python' | 'seed'>): readonly string[] {
  return ['run', ...workloads, '--python-version', python, '--seed', String(seed), '--time-budget', '4m'];
}

/** The arguments that compare the checkout with its base. */
export function comparisonArguments({ command, python, base, baseTree, seed }: CommandRequest): readonly string[] {
  const shared = [...workloads, '--python-version', python, '--seed', String(seed), '--time-budget', '4m'];
  return command === 'run' ? ['run', ...shared, '--base-ref', base] : ['pairs', '--base', baseTree, '--head', '.', ...shared];
}
