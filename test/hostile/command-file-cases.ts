/**
 * What the runner reads when a step ends. A workload of the same user that finds these files otherwise, as in the
 * environment of its parent, can write to them; only a job without a token that is worth it closes that.
 */
export const commandFileCases = [
  { variable: 'GITHUB_ENV', what: 'variables for the next steps' },
  { variable: 'GITHUB_OUTPUT', what: 'outputs of the step' },
  { variable: 'GITHUB_PATH', what: 'folders of programs' },
  { variable: 'GITHUB_STATE', what: 'the state of the step' },
  { variable: 'GITHUB_STEP_SUMMARY', what: 'the summary of the job' },
  { variable: 'RUNNER_TEMP', what: 'to all command files of the folder where they are' },
] as const;
