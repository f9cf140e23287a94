import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostedProject, hostedProject, servicePath } from './hosted-project.fixture.ts';

/** What the processes of a step can be made to wait at, with which of them that is: "process-2". */
export type Moment = `describe-${number}` | `process-${number}` | `install-${number}`;

/** A project whose processes say how far they are, and stop where they are told to. */
export interface StoppingProject {
  readonly project: HostedProject;
  /** Number of the pull request that changes nothing. */
  readonly number: number;
  /** Shell command for the input `install` that counts too. */
  readonly install: string;
  /** Forgets what was reached, and makes whoever reaches a moment wait there for ten minutes. */
  stopAt(moment: Moment | null): void;
  reached(moment: Moment): boolean;
  /** What a step has left behind: processes, folders and trees, a line each. */
  leftovers(): readonly string[];
}

/** Counts those who come by, and keeps the one that is to be kept. */
function countingService(folder: string): string {
  return `import os
import sys
import time

ANSWER_SECONDS = 0.02
FOLDER = ${JSON.stringify(folder)}


def reach(kind):
    before = sum(name.startswith(kind) for name in os.listdir(FOLDER))
    moment = "%s-%d" % (kind, before + 1)
    with open(os.path.join(FOLDER, moment), "w"):
        pass
    if os.path.exists(os.path.join(FOLDER, "stop-at-" + moment)):
        time.sleep(600)


reach("describe" if "describe" in sys.argv else "process")
`;
}

function countingInstall(folder: string): string {
  return [
    `moment="install-$(($(ls ${folder} | sed -n '/^install/p' | wc -l) + 1))"`,
    `touch "${folder}/$moment"`,
    `if [ -e "${folder}/stop-at-$moment" ]; then sleep 600; fi`,
  ].join('\n');
}

export async function stoppingProject(): Promise<StoppingProject> {
  const project = await hostedProject();
  const folder = join(project.runner.temporary, 'moments');
  project.push('main', { [servicePath]: countingService(folder) });
  project.push('topic', { 'README.md': 'A change.\n' });
  const number = project.github.seed.pullRequest({ head: 'topic' });
  return {
    ...{ project, number, install: countingInstall(folder) },
    stopAt: (moment) => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      if (moment !== null) writeFileSync(join(folder, `stop-at-${moment}`), '');
    },
    reached: (moment) => existsSync(join(folder, moment)),
    leftovers: () => leftoversOf(project.runner),
  };
}

/** Everything that a step starts and makes lies below the runner's folder, or has it in its environment. */
function leftoversOf({ temporary, workspace }: HostedProject['runner']): readonly string[] {
  const trees = execFileSync('git', ['-C', workspace, 'worktree', 'list'], { encoding: 'utf8' }).trim().split('\n').slice(1);
  const folders = readdirSync(join(temporary, 'temporary'));
  return [...processesAbout(temporary), ...trees.map((line) => `tree ${line}`), ...folders.map((name) => `folder ${name}`)];
}

function processesAbout(folder: string): readonly string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.filter((id) => isAbout(id, folder)).map((id) => `process ${id}: ${read(id, 'cmdline').replaceAll('\0', ' ')}`);
}

function isAbout(id: string, folder: string): boolean {
  return [read(id, 'cmdline'), read(id, 'environ'), workingFolder(id)].some((text) => text.includes(folder));
}

/** Empty for a process that is gone or nobody else's. */
function read(id: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

function workingFolder(id: string): string {
  try {
    return readlinkSync(`/proc/${id}/cwd`);
  } catch {
    return '';
  }
}
