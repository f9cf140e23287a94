import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { nullRunBadge, nullRunPage } from '../../scripts/null-runs.ts';
import type { NullRun } from '../../src/model/null-run.ts';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');

const runOf = (created: string, cells: number, flagged: number): NullRun => ({ created, commit: null, cells, flagged });
const line = (run: NullRun) => `${JSON.stringify(run)}\n`;
const january = runOf('2026-01-31T01:23:00.000Z', 30, 0);
const february = runOf('2026-02-01T01:23:00.000Z', 30, 2);

describe('scripts/null-run-branch.sh', () => {
  let scratch: string;
  let remote: string;

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'null-runs-'));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    remote = join(scratch, 'remote.git');
    execFileSync('git', ['init', '--quiet', '--bare', remote]);
  });

  function branch(argv: readonly string[], environment = {}): { readonly status: number | null; readonly output: string } {
    const env = { ...process.env, ...environment };
    const { status, stdout, stderr } = spawnSync(join(scripts, 'null-run-branch.sh'), argv, { encoding: 'utf8', cwd: scratch, env });
    return { status, output: stdout + stderr };
  }

  /** Publishes a record as the workflow does. */
  function publish(record: string, environment = {}): ReturnType<typeof branch> {
    writeFileSync(join(scratch, 'record.jsonl'), record);
    const folder = mkdtempSync(join(scratch, 'published-'));
    execFileSync(process.execPath, [join(scripts, 'null-runs.ts'), join(scratch, 'record.jsonl'), folder]);
    return branch(['publish', remote, folder], environment);
  }

  function restored(): string | undefined {
    const record = join(scratch, 'checkout', '.concurrency-regressions', 'null-runs.jsonl');
    expect(branch(['restore', remote, record])).toEqual({ status: 0, output: '' });
    return existsSync(record) ? readFileSync(record, 'utf8') : undefined;
  }

  it('begins with nothing, and gives back what was published', () => {
    expect(restored()).toBeUndefined();
    expect(publish(line(january))).toMatchObject({ status: 0 });
    expect(restored()).toBe(line(january));
    expect(publish(line(january) + line(february))).toMatchObject({ status: 0 });
    expect(restored()).toBe(line(january) + line(february));
    const git = (...argv: readonly string[]) => execFileSync('git', ['-C', remote, ...argv], { encoding: 'utf8' });
    expect(git('log', '--format=%s', 'null-runs')).toBe('2 null runs\n1 null runs\n');
    expect(git('ls-tree', '--name-only', 'null-runs')).toBe('README.md\nbadge.json\nnull-runs.jsonl\n');
  });

  it('publishes nothing twice', () => {
    publish(line(january));
    expect(publish(line(january))).toEqual({ status: 0, output: 'The branch null-runs is up to date.\n' });
  });

  it('loses no record: not to a shorter one, and not where the remote does not answer', () => {
    publish(line(january) + line(february));
    expect(publish(line(february))).toMatchObject({ status: 1, output: expect.stringContaining('is shorter than') });
    rmSync(remote, { recursive: true });
    mkdirSync(remote);
    const record = join(scratch, 'record.jsonl');
    expect(branch(['restore', remote, record])).toMatchObject({ status: 1, output: expect.stringContaining('nothing was done') });
    expect(branch(['publish', remote, scratch])).toMatchObject({ status: 1, output: expect.stringContaining('nothing was done') });
  });

  it('does not push over a run that was faster', () => {
    publish(line(january));
    const tip = () => execFileSync('git', ['-C', remote, 'log', '-1', '--format=%s', 'null-runs'], { encoding: 'utf8' });
    // Between reading the branch and writing it, another run writes it.
    const git = `git --git-dir='${remote}' -c user.name=other -c user.email=other`;
    const hooks = join(scratch, 'hooks');
    mkdirSync(hooks);
    const other = `$(${git} commit-tree -p null-runs -m 'another run' 'null-runs^{tree}')`;
    writeFileSync(join(hooks, 'pre-push'), `#!/bin/sh\n${git} update-ref refs/heads/null-runs "${other}"\n`, { mode: 0o755 });
    const overtaken = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: hooks };
    expect(publish(line(january) + line(february), overtaken).status).not.toBe(0);
    expect(tip()).toBe('another run\n');
    expect(publish(line(january) + line(february))).toMatchObject({ status: 0 });
    expect(tip()).toBe('2 null runs\n');
  });
});

describe('what is published', () => {
  const runs = [january, runOf('2026-01-31T07:23:00.000Z', 28, 0), february];

  it('tells the rate with what it leaves possible, and the runs by month, newest first', () => {
    const page = nullRunPage(runs);
    expect(page).toContain('Of the last 3 null runs 1 showed one, which leaves a rate of at most 86.5 % possible (95 %).');
    expect(page).toContain('| 2026-02 | 1 | 1 | 30 | 2 |\n| 2026-01 | 2 | 0 | 58 | 0 |\n');
    expect(JSON.parse(nullRunBadge(runs))).toMatchObject({ schemaVersion: 1, message: '1 of 3 null runs' });
  });

  it('claims nothing before the first run that judged anything', () => {
    const nothing = [runOf('2026-01-31T01:23:00.000Z', 0, 0)];
    expect(JSON.parse(nullRunBadge(nothing))).toMatchObject({ message: '0 of 0 null runs' });
    expect(nullRunPage(nothing)).toContain('Of the last 0 null runs 0 showed one, which leaves a rate of at most 100 % possible (95 %).');
  });
});
