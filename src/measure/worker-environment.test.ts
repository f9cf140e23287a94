import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { foundRuntime } from './hostile-worker.fixture.ts';
import { environmentSize, paddingVariable, type WorkerSurroundings, workerEnvironment } from './worker-environment.ts';

const surroundings: WorkerSurroundings = {
  host: { PATH: '/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' },
  runtime: foundRuntime({ executable: '/python', python: '3.13.0' }, { LD_LIBRARY_PATH: '/lib/python', HOME: '/elsewhere' }),
  workload: '/project/spawn.py',
  workerFolder: '/worker',
  home: '/tmp/home',
  marker: 'id',
};

test('is exactly this', () => {
  const { [paddingVariable]: padding, ...environment } = workerEnvironment(surroundings);
  expect(padding).toMatch(/^-+$/);
  expect(environment).toEqual({
    PATH: '/bin',
    LANG: 'C',
    LC_ALL: 'C',
    TZ: 'UTC',
    LD_LIBRARY_PATH: '/lib/python',
    HOME: '/tmp/home',
    TMPDIR: '/tmp/home',
    PYTHONPATH: '/project:/worker',
    CONCURRENCY_REGRESSIONS_SAMPLE: 'id',
  });
});

const refused = [
  ...['GITHUB_TOKEN', 'INPUT_GITHUB-TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'GITHUB_ENV'],
  ...[
    'GITHUB_STEP_SUMMARY',
    'RUNNER_TEMP',
    'NODE_OPTIONS',
    'PYTHONPATH',
    'PYTHONSTARTUP',
    'LD_PRELOAD',
    'XPATH',
    'PATH_TOKEN',
    'LC_',
    'TZ\nX',
    'HOME',
  ],
];

test.for(refused)('%j of the host stays outside', (name) => {
  const environment = workerEnvironment({ ...surroundings, host: { [name]: 'canary', LANG: undefined } });
  expect(Object.values(environment)).not.toContain('canary');
  expect(Object.keys(environment)).not.toContain('LANG');
});

test('a folder that PYTHONPATH would cut in two is refused by name', () => {
  const build = () => workerEnvironment({ ...surroundings, workload: '/a:b/spawn.py' });
  expect(build).toThrow(UserError);
  expect(build).toThrow(/The folder \/a:b has ":"/);
});

/** As the kernel lays it out: what a process reads of its own in /proc/self/environ. */
function laidOut(environment: Readonly<Record<string, string>>): number {
  return execFileSync('/bin/cat', ['/proc/self/environ'], { env: environment }).length;
}

test('has one size on both sides, which reach their trees by links of one length', () => {
  const sides = ['base', 'head'].map((side) => {
    const executable = `/state/environments/${side}/0123456789ab/bin/python`;
    const runtime = foundRuntime({ executable, python: '3.13.0' }, { LD_LIBRARY_PATH: '/lib/python' });
    return { ...surroundings, runtime, workload: `/tmp/sides-x/${side}/bench/spawn.py`, marker: randomUUID() };
  });
  const [base = {}, head = {}] = sides.map(workerEnvironment);
  expect(base).not.toEqual(head);
  expect(laidOut(base)).toBe(laidOut(head));
  expect(environmentSize(base)).toBe(environmentSize(head));
  expect(Object.keys(base)).toEqual(Object.keys(head));
});

test('has the same size where the interpreters of the sides need different variables', () => {
  const needs = [{}, { LD_LIBRARY_PATH: '/tools/Python/3.14.9/x64/lib' }, { LD_LIBRARY_PATH: '/tools/Python/3.14.10/x64/lib', É: 'é' }];
  const environments = needs.map((environment) =>
    workerEnvironment({ ...surroundings, runtime: foundRuntime({ executable: '/python', python: '3.14.9' }, environment) }),
  );
  expect(new Set(environments.map(environmentSize)).size).toBe(1);
  const pointers = environments.map((environment) => laidOut(environment) + 8 * Object.keys(environment).length);
  expect(new Set(pointers).size).toBe(1);
});

test('a host whose environment is large gets the next size', () => {
  const size = (length: number) => environmentSize(workerEnvironment({ ...surroundings, host: { PATH: 'p'.repeat(length) } }));
  expect([size(1), size(4000), size(20_000)].map((bytes) => bytes / size(1))).toEqual([1, 1, 2]);
});
