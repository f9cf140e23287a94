import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { shortOptions } from './clone.ts';

/** A project that somebody wants to measure: a package, a workload, a branch `main`. */
export interface SampleProject extends Disposable {
  readonly folder: string;
}

/** What differs between sample projects. */
export interface SampleRequest {
  /** Files that the document shows, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the project has the action's options already. */
  readonly configured: boolean;
  /** Whether it is installed, which must not touch the environments that tests share. */
  readonly installed: boolean;
}

const workload = `"""Wait: many at once."""
import time

PARAMS = {"n": 4, "delay": 0.005}


def unit(work, i):
    time.sleep(work.delay)
    return i


def verify(work, results):
    assert results == list(range(work.n))
`;

/** A build backend in the tree, so that installing needs no index. */
const backend = `import os, zipfile


def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, info = "sample-1.0-py3-none-any.whl", "sample-1.0.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("sample.py", "ANSWER = 42\\n")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: sample\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: sample\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "sample.py,,\\n")
    return name
`;

const manifest = `[project]
name = "sample"
version = "1.0"
requires-python = ">=3.12"

[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
`;

const short = { workloads: './benchmarks/*.py', model: 'threads', timeBudget: '20s' };

/** Makes the project in a folder that is gone with it, and commits it. */
export function sampleProject({ files, configured, installed }: SampleRequest): SampleProject {
  const home = mkdtempSync(join(tmpdir(), 'documents-project-'));
  const folder = join(home, 'project');
  const own = { 'benchmarks/parse.py': workload, 'pyproject.toml': manifest, 'backend.py': backend, '.gitignore': '__pycache__/\n' };
  const options = configured ? { '.github/concurrency.yml': shortOptions(installed ? { ...short, timeBudget: '90s' } : short) } : {};
  for (const [name, text] of [...Object.entries({ ...own, ...options }), ...files]) write(join(folder, name), text);
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '.'],
    [...identity, 'commit', '--quiet', '-m', 'The project'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
  // `main` is where the worktree of the base goes: a branch that is checked out cannot be checked out twice.
  execFileSync('git', ['checkout', '--quiet', '-b', 'topic'], { cwd: folder });
  if (!installed) shareEnvironments(folder);
  return { folder, [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }) };
}

const identity = ['-c', 'user.name=A maintainer', '-c', 'user.email=maintainer@example.org'];

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
