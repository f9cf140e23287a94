import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** A small Python project on two commits: main, and a pull request on top of it. */
export interface SampleProject {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
}

/** What differs between sample projects. */
export interface SampleRequest {
  readonly folder: string;
  /** The workflow that is put into it. */
  readonly workflow: string;
  /** Values of `.github/concurrency.yml`; null for a project that has nothing but the workflow. */
  readonly options: Readonly<Record<string, string | number>> | null;
  /** Where it stands: on the branch of the pull request, or on main after that was merged. */
  readonly branch: 'topic' | 'main';
  /** How many times its work the pull request does: 1 for a change that changes nothing. */
  readonly slowdown: number;
}

/** Where the workflow lies in the project. */
export const workflowPath = '.github/workflows/concurrency.yml';

/** Makes the project as a git repository. Commits are the same each time for the same request. */
export async function makeSampleProject({ folder, workflow, options, branch, slowdown }: SampleRequest): Promise<SampleProject> {
  const files = {
    [workflowPath]: workflow,
    'README.md': '# A sample project\n',
    ...(options === null ? {} : benchmarked(options)),
  };
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await git(folder, 'remote', 'add', 'origin', 'https://github.com/octo/project');
  const base = await commit(folder, 'Parse request bodies');
  await git(folder, 'checkout', '--quiet', '-b', 'topic');
  if (options !== null) write(join(folder, libraryPath), library(slowdown));
  write(join(folder, 'README.md'), '# A sample project\n\nIt parses.\n');
  const head = await commit(folder, 'Say what it does');
  if (branch === 'main') await git(folder, 'checkout', '--quiet', '-B', 'main');
  return { folder, base, head };
}

function benchmarked(options: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> {
  return { '.github/concurrency.yml': JSON.stringify(options, null, 2), 'benchmarks/parse.py': workload, [libraryPath]: library(1) };
}

/** What the project does, apart from the workload: a benchmark that changes is another finding than code that does. */
const libraryPath = 'benchmarks/parsing/__init__.py';

const workload = `"""Parse: one request body after the other."""
import json

import parsing

PARAMS = {"n": 300}


def setup(work):
    work.body = json.dumps({"numbers": list(range(500))})


def unit(work, i):
    return len(parsing.parse(work.body)["numbers"])


async def unit_async(work, i):
    return unit(work, i)


def verify(work, results):
    assert results == [500] * work.n
`;

function library(times: number): string {
  return `import json


def parse(body):
    for _ in range(${Math.round(10 * times)}):
        parsed = json.loads(body)
    return parsed
`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function commit(folder: string, message: string): Promise<string> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

async function git(folder: string, ...rest: readonly string[]): Promise<string> {
  const when = '2026-01-01T00:00:00Z';
  const people = { NAME: 'Octo Cat', EMAIL: 'octo@example.org', DATE: when };
  const roles = ['AUTHOR', 'COMMITTER'].flatMap((role) => Object.entries(people).map(([key, value]) => [`GIT_${role}_${key}`, value]));
  const env = { ...Object.fromEntries(roles), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return (await execa('git', rest, { cwd: folder, env })).stdout.trim();
}
