import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutEmphasis } from '../../src/render/sgr.ts';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { cli, variables } from './program.ts';
import { inTerminal, type Step } from './pseudo-terminal.ts';

const ctrlC = '\u0003';
const introducer = '\u001b';
const quick = ['run', '--workloads', 'blocking_calls', '--models', 'threads', '--python-version', '3.12', '--values', '2'];
let folder: string;

const resultsIn = () => join(folder, '.concurrency-regressions', 'results.json');

function session(
  args: readonly string[],
  { columns = 100, steps = [], env = {} }: { columns?: number; steps?: readonly Step[]; env?: Record<string, string> } = {},
) {
  return inTerminal({
    command: [process.execPath, cli, ...args],
    cwd: folder,
    columns,
    steps,
    env: { ...variables, TERM: 'xterm-256color', ...env },
  });
}

/** Every line that was drawn, without what moves the cursor. */
function drawn(printed: string): readonly string[] {
  const moves = new RegExp(`\\r(?:${introducer}\\[\\d+A)?${introducer}\\[J`, 'g');
  return withoutEmphasis(printed.replaceAll(moves, '\r\n')).split('\r\n');
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  shareEnvironments(folder);
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
});

describe('a run in a terminal', () => {
  it('redraws its progress, fits a window that becomes narrower, and clears it for the report', async () => {
    const steps = [{ when: '1 of 4 processes', columns: 60 }];
    const { printed, status, left } = await session([...quick, '--processes', '4', '--time-budget', '40s'], { steps });
    expect({ status, left }, printed).toEqual({ status: 0, left: 0 });
    const lines = drawn(printed);
    expect(lines.some((line) => /^█+░+ · round [12] of 4 · 1 of 4 processes · \d+ s left$/.test(line))).toBe(true);
    expect(lines.some((line) => /^blocking_calls\/threads on 3\.12\.\d+ · noise not known yet · budget \d+ s left$/.test(line))).toBe(true);
    expect(lines.some((line) => /noise \d+\.\d %/.test(line))).toBe(true);
    const after = printed.slice(printed.indexOf('2 of 4 processes'));
    const progress = drawn(after.slice(0, after.lastIndexOf('\u001b[J')));
    expect(progress.filter((line) => line.length > 59)).toEqual([]);
    expect(printed).toContain('\u001b[J\u001b[1;36mConcurrency report');
  }, 120_000);

  it('keeps what was measured on Ctrl-C, and says how to go on', async () => {
    const steps = [{ when: '[2-9] of 500 processes', send: ctrlC }];
    const { printed, status, left } = await session([...quick, '--processes', '500', '--time-budget', '1h'], { steps });
    expect({ status, left }, printed).toEqual({ status: 130, left: 0 });
    expect(printed).toContain('Stopping: what was measured is kept. Once more ends at once.');
    const { samples, partial } = JSON.parse(readFileSync(resultsIn(), 'utf8'));
    expect(partial).toBe(true);
    expect(samples.length).toBeGreaterThan(0);
    const [, command = ''] = /report on it: +concurrency-regressions (.*?)\r\n/.exec(printed) ?? [];
    const again = await session(command.split(' '));
    expect(again.printed).toContain('Interrupted');
    const [, compare = ''] = /compare it with another: +concurrency-regressions (.*?)\r\n/.exec(printed) ?? [];
    const compared = await session(compare.replace('OTHER.json', resultsIn()).split(' '));
    expect(compared.status, compared.printed).toBe(0);
  }, 120_000);

  it('ends at once on a second Ctrl-C, with its children', async () => {
    // The second one is sent by the signal that the first one prints: the run has written nothing by then.
    const steps = [
      { when: '[2-9] of 500 processes', send: ctrlC },
      { when: 'Stopping', send: ctrlC },
    ];
    const { printed, status, left } = await session([...quick, '--processes', '500', '--time-budget', '1h', '--timeout', '61s'], { steps });
    expect({ status, left }, printed).toEqual({ status: 130, left: 0 });
    expect(printed).not.toContain('an unexpected fault');
    const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    expect(running.filter((line) => line.includes(folder))).toEqual([]);
  }, 120_000);
});

describe('colours', () => {
  const words = ['help', 'run'];

  it.each<[string, Record<string, string>, boolean]>([
    ['a terminal', {}, true],
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true],
    ['TERM=dumb', { TERM: 'dumb' }, false],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['FORCE_COLOR over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1', NODE_NO_WARNINGS: '1' }, true],
  ])('in %s', async (_, env, colors) => {
    const { printed, status } = await session(words, { env });
    expect(status).toBe(0);
    expect(printed.includes('\u001b[1;36mUsage')).toBe(colors);
    if (!colors) expect(printed).not.toContain('\u001b');
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['a pipe', {}, false],
    ['a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, true],
  ])('in %s', (_, env, colors) => {
    const text = execFileSync(process.execPath, [cli, ...words], { encoding: 'utf8', env: { ...variables, ...env } });
    expect(text.includes('\u001b[')).toBe(colors);
  });
});

it('leaves no journal behind after it kept the samples', () => {
  expect(existsSync(resultsIn())).toBe(true);
});
