import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type StepRequest, shareEnvironments, started } from './mini-runner.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');
const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
/** Few cheap cells, but for what a test wants otherwise: a flag may be given once. */
function quick(other: Readonly<Record<string, string>> = {}): readonly string[] {
  const flags = { models: 'threads,asyncio,uvloop', workloads: 'fan_out_five,blocking_calls', processes: '3', values: '2', ...other };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
}

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  shareEnvironments(folder);
  return folder;
}

function command(cwd: string, args: readonly string[], interrupt?: StepRequest['interrupt']) {
  return started(cli, { env: environment, cwd, interrupt }, args);
}

const inState = (folder: string, name: string) => join(folder, '.concurrency-regressions', name);

describe('run at a terminal', () => {
  let folder: string;
  let first: { readonly code: number | null; readonly log: string };
  let second: typeof first;

  beforeAll(async () => {
    folder = project();
    first = await command(folder, ['run', ...quick()]);
    second = await command(folder, ['run', ...quick({ seed: '7', results: 'second.json' })]);
  }, 300_000);

  it('prints the three tables and writes results, report and baseline below one folder that git ignores', () => {
    expect(first.code, first.log).toBe(0);
    for (const title of ['Overview', 'Scheduling & memory', 'Use cases']) expect(first.log).toContain(title);
    expect(readFileSync(inState(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(readFileSync(inState(folder, 'report.md'), 'utf8')).toContain('Overview');
    expect(readdirSync(inState(folder, 'baseline')).length).toBeGreaterThan(0);
    expect(readdirSync(folder).sort()).toEqual(['.concurrency-regressions', 'second.json']);
  });

  it('compares the second run with the first', () => {
    expect(second.code, second.log).toBe(0);
    expect(second.log).toContain('Too few stored runs for 12 cells');
    expect(second.log).toMatch(/No pairs were measured:.*"base-ref" is not given/s);
  });

  it('orders a schedule by its seed and runs each cell as often as the others', () => {
    const { samples, seed } = JSON.parse(readFileSync(join(folder, 'second.json'), 'utf8'));
    expect(seed).toBe(7);
    const counts = new Map<string, number>();
    for (const { cell } of samples) counts.set(JSON.stringify(cell), (counts.get(JSON.stringify(cell)) ?? 0) + 1);
    expect(new Set(counts.values())).toEqual(new Set([3]));
  });

  it('compares two results files', async () => {
    const { code, log } = await command(folder, ['compare', inState(folder, 'results.json'), 'second.json']);
    expect(code).toBe(0);
    expect(log).toContain('Two results compared');
    const json = await command(folder, ['compare', inState(folder, 'results.json'), 'second.json', '--json', '--alpha', '1%']);
    expect(JSON.parse(json.log)).toMatchObject({ kind: 'comparison', alpha: 0.01 });
    expect(log).toMatch(/fan_out_five threads/);
  });

  it('keeps the time budget by fewer rounds, and says so', async () => {
    const flags = quick({ processes: '500', 'time-budget': '15s', results: 'short.json' });
    const { code, log } = await command(folder, ['measure', ...flags]);
    expect(code, log).toBe(0);
    const { samples, warnings } = JSON.parse(readFileSync(join(folder, 'short.json'), 'utf8'));
    expect(samples.length).toBeGreaterThan(0);
    // What else ran on this machine meanwhile is told too.
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'fewer rounds', planned: 500, budgetSeconds: 15 }));
  }, 120_000);

  it('fails and stores nothing when the budget ends before every cell had a process', async () => {
    const own = project();
    const { code, log } = await command(own, ['run', '--time-budget', '5s', '--workloads', 'data_crunching', '--values', '50']);
    expect(code, log).toBe(1);
    expect(JSON.parse(readFileSync(inState(own, 'results.json'), 'utf8'))).toMatchObject({ partial: true });
    expect(existsSync(inState(own, 'baseline'))).toBe(false);
  }, 120_000);

  it('writes nothing when the budget ends before the first process', async () => {
    const own = project();
    const { code, log } = await command(own, ['run', ...quick({ 'time-budget': '1s', workloads: 'full' })]);
    expect(log).toMatch(/time budget of 1 s ended before the first process/);
    expect(code).toBe(2);
    expect(existsSync(inState(own, 'results.json'))).toBe(false);
  }, 120_000);

  it('fails on broken cells when it only measures', async () => {
    const own = project();
    writeFileSync(join(own, 'loses.py'), 'def unit(work, i): return i\ndef verify(work, results): assert results == [1], "lost"\n');
    const { code, log } = await command(own, ['measure', '--workloads', './loses.py', '--models', 'sequential', '--processes', '1']);
    expect(code, log).toBe(1);
    expect(log).toMatch(/broken/);
  });

  it('keeps what was measured when it is interrupted, and stores none of it as baseline', async () => {
    const own = project();
    const interrupt = { signal: 'SIGINT' as const, when: /round 1 of/ };
    const { code, log } = await command(own, ['run', ...quick({ processes: '500', 'time-budget': '1h' })], interrupt);
    expect(code, log).toBe(130);
    expect(log).toContain('interrupted');
    expect(log).toContain(`Interrupted. What was measured is in ${inState(own, 'results.json')}`);
    expect(log).toContain('concurrency-regressions report --results ');
    const { samples, partial } = JSON.parse(readFileSync(inState(own, 'results.json'), 'utf8'));
    expect(partial).toBe(true);
    expect(samples.length).toBeGreaterThan(0);
    expect(existsSync(inState(own, 'baseline'))).toBe(false);
  }, 120_000);
});

describe('bad input at a terminal', () => {
  const noVerify = '"""No verify."""\nPARAMS = {"n": 1}\ndef unit(work, i): return i\n';
  let folder: string;

  beforeAll(() => {
    folder = project();
    mkdirSync(join(folder, 'bench'));
    writeFileSync(join(folder, 'bench', 'imports_nothing.py'), 'import no_such_package_anywhere\n');
    writeFileSync(join(folder, 'bench', 'no_verify.py'), noVerify);
    writeFileSync(join(folder, 'bench', 'syntax.py'), 'def unit(:\n');
    writeFileSync(join(folder, 'bad.yml'), 'processes: [1\n');
    writeFileSync(join(folder, 'unknown.yml'), 'proceses: 5\n');
    writeFileSync(join(folder, 'future.json'), '{"schema": 9, "kind": "results"}\n');
    writeFileSync(join(folder, 'torn.json'), '{"schema": 1, "ki');
  });

  it.each<[readonly string[], RegExp]>([
    [['run', '--models', 'gevent'], /"gevent" is not a concurrency model; choose from sequential/],
    [['run', '--workloads', 'spam'], /no workload "spam".*bundled workloads are/],
    [['run', '--workloads', 'bench/imports_nothing.py'], /imports_nothing\.py.*no_such_package_anywhere/],
    [['run', '--workloads', 'bench/no_verify.py'], /no_verify\.py.*verify/],
    [['run', '--workloads', 'bench/syntax.py'], /syntax\.py.*SyntaxError/],
    [['run', '--python-version', '3.99'], /No CPython 3\.99 is at hand.*Install it/],
    [['run', '--python-version', './no/python'], /"\.\/no\/python".*does not exist/],
    [['run', '--working-directory', 'no-such-folder'], /There is no folder .*no-such-folder/],
    [['run', '--config', 'bad.yml'], /bad\.yml line \d+ is not valid YAML/],
    [['run', '--config', 'unknown.yml'], /no option "proceses" \(unknown\.yml\)/],
    [['compare', 'torn.json', 'future.json'], /torn\.json cannot be read.*not JSON/],
    [['compare', 'future.json', 'torn.json'], /future\.json cannot be read.*version 9.*Update/],
    [['compare', 'none.json', 'torn.json'], /none\.json cannot be opened/],
    [['run', '--wat'], /--wat/],
    [['walk'], /no command "walk"/],
  ])('%j: one message, exit code 2, nothing overwritten', async (args, message) => {
    const { code, log } = await command(folder, args);
    const [last = ''] = log.trim().split('\n').slice(-1);
    expect(last, log).toMatch(message);
    expect(last).toMatch(/^concurrency-regressions: /);
    expect(code).toBe(2);
    expect(existsSync(inState(folder, 'results.json'))).toBe(false);
    expect(existsSync(inState(folder, 'baseline'))).toBe(false);
  });

  it('names a damaged baseline, keeps it as it is, and goes on', async () => {
    const own = project();
    const one = ['run', '--models', 'sequential', '--workloads', 'fan_out_five', '--processes', '1', '--values', '1'];
    await command(own, one);
    const file = readdirSync(inState(own, 'baseline')).find((name) => name.endsWith('.jsonl')) ?? '';
    const path = join(inState(own, 'baseline'), file);
    writeFileSync(path, `{"torn": \n${readFileSync(path, 'utf8')}`);
    const { code, log } = await command(own, one);
    expect(code, log).toBe(0);
    expect(log.replaceAll(/\s+/g, ' ')).toMatch(/line 1: It is not JSON/);
    expect(readFileSync(path, 'utf8').startsWith('{"torn": \n')).toBe(true);
  });
});

describe('doctor', () => {
  it('names the interpreters, the machine and its noise', async () => {
    const { code, log } = await command(project(), ['doctor', '--values', '1']);
    expect(code, log).toBe(0);
    for (const words of ['Interpreters at hand', 'Noise', 'Smallest slowdown seen', 'data_crunching']) expect(log).toContain(words);
  }, 180_000);
});
