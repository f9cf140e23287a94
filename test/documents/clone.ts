import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { interpretersAtHand } from '../python-environments.ts';
import { root } from './markdown-documents.ts';

/** What a command came to. */
export interface CommandOutcome {
  /** Exit code; null where a signal ended it. */
  readonly code: number | null;
  /** Everything that it printed. */
  readonly output: string;
}

/** A fresh clone of this repository, as somebody has it who follows README. */
export interface Clone extends Disposable {
  readonly folder: string;
  /** Runs one line of a shell; `concurrency-regressions` stands for what README says to write in its place. */
  run(command: string, cwd: string): Promise<CommandOutcome>;
}

/** What a run is made short by where a command does not say otherwise. */
export interface ShortRun {
  readonly workloads: string;
  readonly model: string;
  /** "20s"; environments that are not there yet are made within it. */
  readonly timeBudget: string;
}

/** The text of a config file, as a user would have one: no command is changed by it. */
export function shortOptions({ workloads, model, timeBudget }: ShortRun): string {
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 12 && minor <= 13 && !freeThreaded);
  const options = {
    ...{ workloads: [workloads], models: [model], processes: 1, values: 1, 'confirm-pairs': [2, 20], 'time-budget': timeBudget },
    'python-version': [python?.executable ?? 'latest'],
  };
  return JSON.stringify(options, null, 2);
}

/** Copies what git has or would have of this tree; nothing is installed in it. */
export function freshClone(): Clone {
  const home = mkdtempSync(join(tmpdir(), 'documents-'));
  const folder = join(home, 'clone');
  for (const name of filesOfTree()) cpSync(join(root, name), join(folder, name), { recursive: true });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder });
  shareEnvironments(folder);
  mkdirSync(join(folder, '.github'), { recursive: true });
  writeFileSync(
    join(folder, '.github', 'concurrency.yml'),
    shortOptions({ workloads: 'blocking_calls', model: 'executor', timeBudget: '20s' }),
  );
  const programs = join(home, 'programs');
  writeProgram(join(programs, 'concurrency-regressions'), `exec "${process.execPath}" "${join(folder, 'dist', 'cli.mjs')}" "$@"`);
  const env = commandEnvironment([programs, dirname(process.execPath)]);
  return {
    folder,
    run: async (command, cwd) => {
      const { exitCode, all } = await execa('bash', ['-c', command], {
        cwd,
        env,
        extendEnv: false,
        all: true,
        reject: false,
        stdin: 'ignore',
      });
      return { code: exitCode ?? null, output: all };
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

function filesOfTree(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  // A link of this name would lead `npm ci` into the packages that this test itself runs on.
  return [...new Set(listed.split('\0'))].filter((name) => name !== '' && name !== 'node_modules' && existsSync(join(root, name)));
}

function writeProgram(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

/** The caller's environment without what this test's own npm and vitest put there, and without a token. */
function commandEnvironment(first: readonly string[]): NodeJS.ProcessEnv {
  const foreign = /^(?:npm_lifecycle|npm_package|VITEST|NODE_ENV|GITHUB_|INPUT_|UPDATE_GOLDEN)/;
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const path = (kept['PATH'] ?? '').split(delimiter).filter((place) => !place.includes('node_modules'));
  // npm's reports of old or unsafe packages need the network and are not what is tried here.
  const quiet = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_prefer_offline: 'true', CI: 'true' };
  return { ...kept, ...quiet, PATH: [...first, ...path].join(delimiter) };
}
