import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsOf } from '../../bench/act/loopback-github.ts';
import type { CheckRun } from '../github/check-runs.ts';
import type { Comment } from '../github/comments.ts';
import { checkOutForJob, type JobCheckout } from '../github/export-git.ts';
import { type GitHub, startGitHub } from '../github/server.ts';
import { actionsBot, type Token } from '../github/tokens.ts';
import { interpretersAtHand } from '../python-environments.ts';
import type { Interrupt } from './interrupt.ts';
import { type MiniRunner, miniRunner, type StepResult, shareEnvironments } from './mini-runner.ts';
import { filesWithSecrets, holdsSecret } from './secrets.ts';
import type { WorkflowEvent } from './workflow-events.fixture.ts';

/** One job of a workflow run with one step of ours. */
export interface Job {
  readonly permissions: Token['permissions'];
  readonly inputs?: Readonly<Record<string, string>>;
  /** Number of the workflow run and which attempt at it; a run of its own unless said. */
  readonly run?: { readonly id: number; readonly attempt: number };
  /** What actions/checkout brings besides the commit; nothing unless said, as it does by itself. */
  readonly history?: JobCheckout['history'];
  /** Folder with the results of other jobs, which actions/download-artifact puts into `results`. */
  readonly artifacts?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly interrupt?: Interrupt;
}

/** A small Python project on a loopback GitHub, and the runner of its workflows. */
export interface HostedProject extends AsyncDisposable {
  readonly github: GitHub;
  readonly runner: MiniRunner;
  /** Everything is measured with it, so that a run takes seconds. */
  readonly python: string;
  /** Commits to a branch and pushes it; a new branch begins at the tip of main. Returns the commit. */
  push(branch: string, files: ProjectFiles): string;
  /** Runs one job: a fresh checkout of what the event is about, and the bundled action as the only step. */
  run(event: WorkflowEvent, job: Job): Promise<StepResult>;
  /** Keeps a file of a job as actions/upload-artifact does; returns the folder to give another job. */
  keepArtifacts(files: Readonly<Record<string, string>>): string;
  /** Text of a file that ours wrote on the branch of the baseline, one JSON document a line. */
  baseline(): ReadonlyMap<string, readonly string[]>;
  /** Our comments on a pull request as they stand. */
  comments(number: number): readonly Comment[];
  /** The check runs of a commit, the youngest first. */
  checkRuns(commit: string): readonly CheckRun[];
  /** Processes of workloads that were started so far. */
  processesSeen(): number;
  /** @throws Error where a secret of a job is to be found, or GitHub was asked or told what its description forbids */
  assertClean(): void;
}

type ProjectFiles = Readonly<Record<string, string | null>>;

/** What the jobs of the documented workflow may do. */
export const permissions = {
  compare: recipePermissions('one-job.yml', 'compare'),
  store: recipePermissions('one-job.yml', 'store'),
  plan: recipePermissions('matrix.yml', 'plan'),
  measure: recipePermissions('matrix.yml', 'measure'),
  report: recipePermissions('matrix.yml', 'report'),
  forkReport: recipePermissions('fork-report.yml', 'report'),
};

function recipePermissions(recipe: string, job: string): Token['permissions'] {
  return permissionsOf(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'recipes', recipe), 'utf8'), [job]);
}

/**
 * What the project does: it asks a service that answers after some milliseconds. Waiting takes as long on a busy machine
 * as on an idle one, so that what is planted is what is measured.
 */
export function service(milliseconds: number): string {
  return `ANSWER_SECONDS = ${milliseconds / 1000}\n`;
}

/** Its workload. Whatever it sees of its environment is kept, to be looked through for secrets. */
function workload(seen: string): string {
  return `"""Call: asks the service and waits for its answer."""
import os
import time
import uuid

from service import ANSWER_SECONDS

PARAMS = {"n": 2}

with open(os.path.join(${JSON.stringify(seen)}, str(uuid.uuid4())), "w") as file:
    file.write(repr(dict(os.environ)))


def unit(work, i):
    time.sleep(ANSWER_SECONDS)
    return i


def verify(work, results):
    assert results == list(range(work.n))
`;
}

/** The path at which annotations point. */
export const workloadPath = 'bench/call.py';
export const servicePath = 'bench/service.py';

/** Starts a GitHub with the project on its default branch, a call taking 20 ms. */
export async function hostedProject(): Promise<HostedProject> {
  const github = await startGitHub();
  const runner = miniRunner();
  const seen = join(runner.temporary, 'seen');
  mkdirSync(seen);
  const files = { [workloadPath]: workload(seen), [servicePath]: service(20), '.gitignore': '__pycache__/\n' };
  github.seed.commit({ branch: 'main', files, message: 'The project' });
  const python = pythonAtHand();
  const leaks: string[] = [];
  let kept = 0;
  return {
    ...{ github, runner, python },
    push: (branch, changed) => push(github, branch, changed),
    run: async (event, job) => {
      const result = await runJob({ github, runner, python }, event, job);
      leaks.push(...leaksOf(runner, result, seen));
      return result;
    },
    keepArtifacts: (artifacts) => {
      kept += 1;
      const folder = join(runner.temporary, `artifacts-${kept}`);
      for (const [name, file] of Object.entries(artifacts)) cpSync(file, join(folder, name, 'results.json'));
      return folder;
    },
    baseline: () => baselineOf(github),
    comments: (number) => github.repository.comments.of(number).filter(({ login }) => login === actionsBot),
    checkRuns: (commit) => github.repository.checkRuns.all.filter(({ headSha }) => headSha === commit),
    processesSeen: () => readdirSync(seen).length,
    assertClean: () => assertClean(github, leaks),
    [Symbol.asyncDispose]: () => github.close(),
  };
}

function pythonAtHand(): string {
  const found = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (found === undefined) throw new Error('no Python at hand');
  return found.executable;
}

function push({ seed, repository }: GitHub, branch: string, files: ProjectFiles): string {
  const [fork, name] = branch.includes(':') ? branch.split(':') : [null, branch];
  const ref = fork === null ? `refs/heads/${name}` : `refs/forks/${fork}/${name}`;
  const parent = repository.references.current(ref) ?? repository.references.current('refs/heads/main');
  return seed.commit({ branch, files, parents: parent === null ? [] : [parent] });
}

type Place = Pick<HostedProject, 'github' | 'runner' | 'python'>;

async function runJob(place: Place, { event, ref, sha, payload, environment }: WorkflowEvent, job: Job): Promise<StepResult> {
  const { github, runner, python } = place;
  const { inputs = {}, run, interrupt } = job;
  prepareWorkspace(place, sha, job);
  const temporary = join(runner.temporary, 'temporary');
  mkdirSync(temporary, { recursive: true });
  return runner.step({
    ...{ event, ref, payload },
    inputs: { ...quick(python), 'github-token': github.token(job.permissions, actionsBot), ...inputs },
    environment: {
      ...{ GITHUB_API_URL: github.apiUrl, GITHUB_SHA: sha, TMPDIR: temporary, ...environment },
      ...(run === undefined ? {} : { GITHUB_RUN_ID: String(run.id), GITHUB_RUN_ATTEMPT: String(run.attempt) }),
      ...job.environment,
    },
    ...(interrupt === undefined ? {} : { interrupt }),
    // Looked for when the test ends, in what GitHub was told too.
    looksForSecrets: false,
  });
}

/** Short values, few processes, and as few pairs as may clear and may flag. */
function quick(python: string): Readonly<Record<string, string>> {
  return {
    ...{ workloads: './bench/*.py, !./bench/service.py', models: 'sequential', 'python-version': python },
    ...{ processes: '3', values: '2', 'confirm-pairs': '10,20', 'time-budget': '4m' },
  };
}

function prepareWorkspace({ github, runner }: Place, commit: string, { history = 'none', artifacts }: Job): void {
  const { workspace } = runner;
  rmSync(workspace, { recursive: true, force: true });
  checkOutForJob(github.repository, { folder: workspace, commit, history });
  shareEnvironments(workspace);
  if (artifacts !== undefined) cpSync(artifacts, join(workspace, 'results'), { recursive: true });
}

/** The names of what holds a secret among all that a step wrote and printed, and what its children saw. */
function leaksOf({ workspace, temporary }: MiniRunner, { log }: StepResult, seen: string): readonly string[] {
  const steps = readdirSync(temporary).filter((name) => name.startsWith('step-'));
  const folders = [seen, join(workspace, '.concurrency-regressions'), ...steps.map((name) => join(temporary, name))];
  return [...(holdsSecret(log) ? ['the log'] : []), ...filesWithSecrets(folders)];
}

function assertClean({ repository, log }: GitHub, leaks: readonly string[]): void {
  const told: readonly [string, string][] = [
    ['what GitHub stored', repository.storedText],
    ['what was sent to GitHub', log.text],
  ];
  const found = [...leaks, ...told.filter(([, text]) => holdsSecret(text)).map(([name]) => name)];
  if (found.length > 0) throw new Error(`a secret of the job is in ${found.join(', ')}`);
  log.assertClean();
}

function baselineOf({ repository }: GitHub): ReadonlyMap<string, readonly string[]> {
  const tip = repository.references.current('refs/heads/concurrency-baselines');
  const entries = tip === null ? [] : (repository.objects.tree(tip) ?? []);
  const lines = (name: string) => (repository.fileText('concurrency-baselines', name) ?? '').split('\n').filter((line) => line !== '');
  return new Map(entries.filter(({ name }) => name.endsWith('.jsonl')).map(({ name }) => [name, lines(name)]));
}
