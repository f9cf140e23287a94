import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { interpretersAtHand } from '../python-environments.ts';
import { type StepRequest, shareEnvironments, started } from './mini-runner.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');
const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
/** Few cheap pairs, but for what a test wants otherwise: a flag may be given once. */
function quickly(other: Readonly<Record<string, string>> = {}): readonly string[] {
  const flags = { models: 'sequential', values: '2', seed: '11', 'confirm-pairs': '10,20', 'time-budget': '4m', ...other };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
}

const quick = quickly();

/** Pure Python that computes: about 5 ms a value. */
const burn = (steps: number) => `"""Burn: pure Python that computes."""
PARAMS = {"n": 3, "steps": ${steps}}

def unit(work, i):
    total = i
    for step in range(work.steps):
        total = (total * 31 + step) & 0xFFFFFFFF
    return total

def verify(work, results):
    assert len(set(results)) == work.n, results
`;

let folder: string;
/** One interpreter, so that the pairs are few. */
let python: string;

function tree(name: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, name, 'bench'), { recursive: true });
  for (const [file, source] of Object.entries(files)) writeFileSync(join(folder, name, 'bench', file), source);
}

async function pairs(...args: readonly string[]) {
  return interruptedPairs(undefined, args);
}

async function interruptedPairs(interrupt: StepRequest['interrupt'], args: readonly string[]) {
  const given = ['pairs', '--python-version', python, ...args];
  const { code, log } = await started(cli, { env: environment, cwd: folder, interrupt }, given);
  return { code, log, text: log.replaceAll(/\s+/g, ' ') };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pairs-'));
  shareEnvironments(folder);
  const found = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (found === undefined) throw new Error('no Python at hand');
  python = found.executable;
  tree('before', { 'burn.py': burn(20_000) });
  tree('the-tree-after', { 'burn.py': burn(28_000), 'fresh.py': burn(1000) });
  tree('wrong', { 'burn.py': burn(20_000).replace('== work.n', '== work.n + 1') });
});

describe('pairs at a terminal', () => {
  // A neighbour that takes most of the machine makes even this inconclusive, as it should; not twice.
  it('finds 40 % more work to be a regression, fails, and leaves nothing in the trees but bytecode', {
    retry: 1,
    timeout: 150_000,
  }, async () => {
    const { code, log, text } = await pairs('--base', 'before', '--head', 'the-tree-after', '--workloads', 'bench/burn.py', ...quick);
    expect(code, log).toBe(1);
    expect(text).toContain('1 regression.');
    expect(text).toMatch(/burn sequential .* ms → .* ms slower by \d+\.\d % 20 \S.* regression/);
    expect(text).toContain('the workload file differs');
    expect(text).toContain('Seed 11.');
    expect(readdirSync(folder).sort()).toEqual(['.concurrency-regressions', 'before', 'the-tree-after', 'wrong']);
    expect(readdirSync(join(folder, 'before'))).toEqual(['bench']);
  });

  it('finds no regression between a tree and itself', async () => {
    const { code, log, text } = await pairs('--base', 'before', '--head', 'before', '--workloads', 'bench/burn.py', ...quick);
    expect(code, log).toBe(0);
    expect(text).toContain('No regression. 1 cell');
    expect(text).toMatch(/\b1 (?:no change|inconclusive)\b/);
  }, 150_000);

  it('names a workload that base lacks, and one that neither tree has', async () => {
    const only = await pairs('--base', 'before', '--head', 'the-tree-after', '--workloads', 'bench/fresh.py', ...quick);
    expect(only.code, only.log).toBe(0);
    expect(only.text).toContain('No cell could be compared.');
    expect(only.text).toContain('New: base has no workload fresh. fresh sequential');
    const neither = await pairs('--base', 'before', '--head', 'the-tree-after', '--workloads', 'bench/none.py', ...quick);
    expect(neither.code, neither.log).toBe(2);
    expect(neither.text).toContain('There is no workload "bench/none.py".');
  }, 150_000);

  it('is broken where head gives wrong results, and passes when told to fail on nothing', async () => {
    const args = ['--base', 'before', '--head', 'wrong', '--workloads', 'bench/burn.py', ...quick];
    const { code, log, text } = await pairs(...args);
    expect(code, log).toBe(1);
    expect(text).toContain('1 cell broken.');
    expect(text).toMatch(/broken .*on head: wrong result/);
    expect((await pairs(...args, '--fail-on', 'none')).code).toBe(0);
  }, 150_000);

  it('keeps the time budget and says what is left', async () => {
    const flags = quickly({ 'time-budget': '8s', 'confirm-pairs': '1000' });
    const { code, log, text } = await pairs('--base', 'before', '--head', 'before', '--workloads', 'bench/burn.py', ...flags);
    expect(code, log).toBe(0);
    expect(text).toContain('inconclusive (not re-measured)');
    expect(text).toContain('The time budget of 8 s ended the measuring: 1 cell got fewer pairs than the first look asks for.');
  }, 150_000);

  it('judges what was measured when it is interrupted', async () => {
    const args = ['--base', 'before', '--head', 'before', '--workloads', 'bench/burn.py', ...quickly({ 'confirm-pairs': '1000' })];
    const { code, log, text } = await interruptedPairs({ signal: 'SIGINT', when: /round 1 of/ }, args);
    expect(code, log).toBe(130);
    expect(text).toContain('Interrupted: this is what was measured until then. No regression.');
    expect(text).toContain('inconclusive (not re-measured)');
  }, 150_000);

  it.each<[readonly string[], RegExp]>([
    [['--base', 'none', '--head', 'before'], /The base tree \S+none does not exist.*--base/],
    [['--base', 'before', '--head', 'before/bench/burn.py'], /The head tree \S+burn\.py is not a folder/],
    [['--base', 'before'], /--head is not given/],
    [['--base', 'before', '--head', 'before', '--confirm-pairs', '10'], /looks of the confirmation are 10 pairs.*at least 20/],
    [['--base', 'before', '--head', 'before', '--margin', '20%'], /target 10 % and margin 20 %/],
    [['--base', 'before', '--head', 'before', '--alpha', 'small'], /"alpha": is not a share/],
  ])('%j: one message, exit code 2', async (args, message) => {
    const { code, log } = await pairs(...args);
    const [last = ''] = log.trim().split('\n').slice(-1);
    expect(last, log).toMatch(message);
    expect(last).toMatch(/^concurrency-regressions: /);
    expect(code).toBe(2);
    expect(existsSync(join(folder, '.concurrency-regressions', 'results.json'))).toBe(false);
  });
});
