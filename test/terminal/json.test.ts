import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shareEnvironments } from '../e2e/mini-runner.ts';
import { jsonSchemas } from './json-schemas.ts';
import { cli, variables } from './program.ts';

const quick = ['--workloads', 'blocking_calls', '--models', 'threads', '--python-version', '3.12', '--values', '2'];
let folder: string;

function ran(args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...variables },
  });
  return { stdout, stderr, status };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'json-'));
  shareEnvironments(folder);
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  writeFileSync(join(folder, 'mine.py'), '"""Mine."""\ndef unit(work, i): return i\ndef verify(work, results): assert results\n');
  ran(['measure', ...quick, '--processes', '2', '--results', 'before.json']);
});

describe('docs/json.md', () => {
  const rows = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'json.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));

  it.each(Object.entries(jsonSchemas).filter(([kind]) => kind !== 'plan'))('names fields of %s that there are', (kind, schema) => {
    const row = rows.find((line) => line.split('|')[2]?.includes(`\`${kind}\``));
    const named = [...(row?.split('|')[3] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(named.length, kind).toBeGreaterThan(0);
    if (schema.def.catchall?._zod.def.type === 'never')
      expect(named.filter((name) => !JSON.stringify(z.toJSONSchema(schema)).includes(`"${name}"`))).toEqual([]);
  });
});

describe('--json', () => {
  it.each<[keyof typeof jsonSchemas, readonly string[], number]>([
    ['measured', ['measure', ...quick, '--processes', '2', '--results', 'after.json'], 0],
    ['report', ['run', ...quick, '--processes', '2'], 0],
    ['report', ['report'], 0],
    ['comparison', ['compare', 'before.json', 'before.json'], 0],
    ['list', ['baseline', 'list'], 0],
    ['pairs', ['pairs', '--base', '.', '--head', '.', ...quick, '--time-budget', '25s', '--fail-on', 'none'], 0],
    ['check-workload', ['check-workload', './mine.py', '--models', 'threads', '--python-version', '3.12'], 0],
    ['doctor', ['doctor', '--values', '1', '--time-budget', '6s', '--python-version', '3.12'], 0],
    ['simulation', ['simulate', '--pull-requests', '10', '--cells', '5', '--scenario', 'quiet'], 0],
    ['plan', ['plan', '--python-version', '3.12', '--workloads', 'core'], 0],
    ['init', ['init', '--dry-run'], 0],
  ])(
    '%s: one object of its schema on stdout from %j',
    (name, args, code) => {
      const { stdout, stderr, status } = ran(args);
      expect(status, stderr).toBe(code);
      jsonSchemas[name].parse(JSON.parse(stdout));
    },
    120_000,
  );

  it('tells an error on stdout too, with what to do next', () => {
    const { stdout, stderr, status } = ran(['run', '--models', 'gevent']);
    const { error } = jsonSchemas.error.parse(JSON.parse(stdout));
    expect(status).toBe(2);
    expect(error.message).toMatch(/"gevent" is not a concurrency model/);
    expect(stderr).toBe(`concurrency-regressions: ${error.message} ${error.remedy}\n`);
  });

  it.each([
    [['mesure']],
    [['run', '--wat']],
    [['baseline', 'lst']],
    [['compare', 'none.json', 'none.json']],
    [['report', '--results', 'none-*.json']],
    [['check-workload']],
  ])('tells what is wrong with %j', (args) => {
    const { stdout, status } = ran(args);
    jsonSchemas.error.parse(JSON.parse(stdout));
    expect(status).toBe(2);
  });

  it('keeps exit code 1 of what was found', () => {
    writeFileSync(join(folder, 'wrong.py'), '"""Wrong."""\ndef unit(work, i): return i\ndef verify(work, results): assert not results\n');
    const { stdout, status } = ran(['check-workload', './wrong.py', '--models', 'threads', '--python-version', '3.12']);
    expect(jsonSchemas['check-workload'].parse(JSON.parse(stdout)).faults).toBe(1);
    expect(status).toBe(1);
  });
});
