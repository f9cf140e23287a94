/** A command that is not run as it stands. */
export interface StandIn {
  readonly command: string;
  /** What is run in its place; null for nothing. */
  readonly instead: string | null;
  readonly reason: string;
}

/** What only GitHub can answer, about a release that is there. */
const ofRelease = 'It asks GitHub about a release with a program of GitHub, and needs an account.';

/** Every command of a document that is not run as it stands. All others are, word for word. */
export const standIns: readonly StandIn[] = [
  {
    command: 'npm test',
    instead: 'npx vitest run test/bundled-workloads.test.ts',
    reason: 'It runs every test for many minutes, this one among them: one of the others stands for them.',
  },
  {
    command: 'npx concurrency-regressions doctor',
    instead: 'npx concurrency-regressions doctor --time-budget 6s',
    reason: 'It measures for a minute, and for as long as its budget lets it.',
  },
  {
    command: 'gh attestation verify dist/action.mjs --repo concurrency-regressions/concurrency-regressions',
    instead: null,
    reason: ofRelease,
  },
  { command: 'gh release verify v1.2.3 --repo concurrency-regressions/concurrency-regressions', instead: null, reason: ofRelease },
];
