import { parse } from 'yaml';
import { z } from 'zod';
import { startGitHub } from '../../test/github/server.ts';
import { treeDifference } from '../../test/github/tree-difference.ts';
import type { EventName } from './event.ts';
import type { SampleProject } from './sample-project.ts';

/** What GitHub would have of a run afterwards. */
export interface Afterwards {
  /** The first line of each comment that can be seen. */
  readonly comments: readonly string[];
  /** How each check run ended, with its title. */
  readonly checkRuns: readonly string[];
  /** How many runs are stored on the branch of baselines, by path of their file. */
  readonly baselines: Readonly<Record<string, number>>;
  /** What GitHub's own description of its API forbids. */
  readonly violations: readonly string[];
}

/** A GitHub on this machine that has the sample project and its pull request. */
export interface LoopbackGitHub {
  readonly apiUrl: string;
  /** May do what the jobs of the recipe that run for the event may do, and no more. */
  readonly token: string;
  afterwards(): Afterwards;
  close(): Promise<void>;
}

/** The branch that the recipes store runs on. */
const baselineBranch = 'concurrency-baselines';

/** What it begins with. */
export interface LoopbackRequest {
  readonly project: SampleProject;
  readonly workflow: string;
  readonly event: EventName;
  /** Keys of the jobs that the token stands for. */
  readonly jobs: readonly string[];
}

/** Starts it on a free port of 127.0.0.1. */
export async function startLoopbackGitHub({ project, workflow, event, jobs }: LoopbackRequest): Promise<LoopbackGitHub> {
  const github = await startGitHub({ owner: 'octo', name: 'project' });
  github.seed.import(project.folder);
  if (event === 'pull_request') github.seed.pullRequest({ head: 'topic' });
  const { repository, log } = github;
  return {
    apiUrl: github.apiUrl,
    token: github.token(permissionsOf(workflow, jobs)),
    afterwards: () => ({
      comments: repository.comments.all.map(({ body }) => firstLine(body)),
      checkRuns: repository.checkRuns.all.map(
        ({ name, status, conclusion, title }) => `${name}: ${conclusion ?? status}, ${title ?? 'no title'}`,
      ),
      baselines: storedRuns(repository),
      violations: log.violations.map(({ side, request, faults }) => `${side} of ${request}: ${faults.join('; ')}`),
    }),
    close: () => github.close(),
  };
}

type Repository = Awaited<ReturnType<typeof startGitHub>>['repository'];

function storedRuns(repository: Repository): Afterwards['baselines'] {
  const tip = repository.references.resolve(baselineBranch);
  const files = tip === null ? [] : treeDifference(repository.objects, null, tip).map(({ path }) => path);
  const kept = files.filter((path) => path.endsWith('.jsonl'));
  return Object.fromEntries(kept.map((path) => [path, lineCount(repository.fileText(baselineBranch, path))]));
}

function lineCount(text: string | null): number {
  return (text ?? '').split('\n').filter((line) => line !== '').length;
}

/** Comments begin with a marker that is not shown. */
function firstLine(body: string): string {
  return (
    body
      .replaceAll(/<!--[\s\S]*?-->/g, '')
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  );
}

const permissions = z.record(z.string(), z.enum(['read', 'write']));

/** A job without permissions of its own has those of the workflow. */
const permissionsSchema = z.object({
  permissions: permissions.default({}),
  jobs: z.record(z.string(), z.object({ permissions: permissions.optional() })),
});

/** What any of the jobs may do, in the words of the API: act has one token for all of them. */
export function permissionsOf(workflow: string, jobs: readonly string[]): Readonly<Record<string, 'read' | 'write'>> {
  const { permissions: ofWorkflow, jobs: all } = permissionsSchema.parse(parse(workflow));
  const granted = jobs.flatMap((job) => Object.entries(all[job]?.permissions ?? ofWorkflow));
  const names = [...new Set(granted.map(([name]) => name))];
  const level = (name: string) => (granted.some(([each, given]) => each === name && given === 'write') ? 'write' : 'read');
  return Object.fromEntries(names.map((name) => [name.replaceAll('-', '_'), level(name)]));
}
