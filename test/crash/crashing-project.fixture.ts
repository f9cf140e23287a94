import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lineObject } from '../../src/baseline/journal-line.ts';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { interpretersAtHand } from '../python-environments.ts';

const program = join(import.meta.dirname, 'program.ts');

/** Waits, which takes as long on a busy machine as on an idle one. */
const workload = `"""Nap: waits."""
import time

PARAMS = {"n": 2}


def unit(work, i):
    time.sleep(0.01)
    return i


def verify(work, results):
    assert results == list(range(work.n))
`;

/** How a process of the program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of a journal as it stands in the file. */
export type Line = Readonly<Record<string, unknown>>;

/** A checkout of a small project that is measured by processes which may be killed. */
export interface CrashingProject extends Disposable {
  readonly folder: string;
  /** Where the program makes its temporary folders. */
  readonly temporary: string;
  /** Absolute path of a file below the folder of the program's own. */
  state(name: string): string;
  write(path: string, content: string): void;
  /** Lines of the journal that are whole; empty where there is none. */
  journal(): readonly Line[];
  measure(given?: Given): Promise<Ended>;
  /** Measures, and kills the process with SIGKILL once the journal has so many lines of a kind. */
  killedAt(kind: string, count: number, given?: Given): Promise<Ended>;
  /** Measures, and kills the process with SIGKILL once something is so. */
  killedWhen(isSo: () => boolean, given?: Given): Promise<Ended>;
  report(given?: Given): Promise<Ended>;
  /** Reports, and kills the process with SIGKILL once something is so. */
  reportKilledWhen(isSo: () => boolean): Promise<Ended>;
}

type Given = Readonly<Record<string, string>>;

/** Makes the project; its samples take about a tenth of a second each. */
export function crashingProject(source = workload): CrashingProject {
  const root = mkdtempSync(join(tmpdir(), 'crash-'));
  const [folder, temporary] = [join(root, 'project'), join(root, 'temporary')];
  mkdirSync(temporary);
  const write = (path: string, content: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  write('bench/nap.py', source);
  write('.gitignore', '__pycache__/\n');
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'start');
  shareEnvironments(folder);
  const state = (name: string) => join(folder, '.concurrency-regressions', name);
  const journal = () => wholeLines(state('results.json.journal'));
  const options = quick();
  const place = { folder, temporary };
  const killedWhen = (isSo: () => boolean, given?: Given) => kill('measure', isSo, given);
  const kill = async (command: string, isSo: () => boolean, given: Given = {}) => {
    const child = start(place, command, { ...options, ...given });
    const end = ended(child);
    while (child.exitCode === null && !isSo()) await delay(5);
    child.kill('SIGKILL');
    return end;
  };
  return {
    ...{ folder, temporary, state, write, journal },
    measure: (given) => ended(start(place, 'measure', { ...options, ...given })),
    killedAt: (kind, count, given) => killedWhen(() => journal().filter((line) => line['kind'] === kind).length >= count, given),
    killedWhen,
    reportKilledWhen: (isSo) => kill('report', isSo),
    report: (given) => ended(start(place, 'report', { ...options, ...given })),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function quick(): Given {
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (python === undefined) throw new Error('no Python at hand');
  return {
    ...{ workloads: './bench/*.py', models: 'sequential,threads', 'python-version': python.executable, compare: 'baseline' },
    ...{ processes: '4', values: '2', 'confirm-pairs': '10,20', 'baseline-store': 'file' },
  };
}

function start({ folder, temporary }: Pick<CrashingProject, 'folder' | 'temporary'>, command: string, given: Given) {
  const env = { ...process.env, TMPDIR: temporary };
  return spawn(process.execPath, [program, command, JSON.stringify(given)], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ReturnType<typeof start>): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

function wholeLines(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const object = lineObject(line);
      return object === null ? [] : [JSON.parse(object)];
    });
}
