import { expect, test } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { foundRuntime } from './hostile-worker.fixture.ts';
import { type WorkerSurroundings, workerEnvironment } from './worker-environment.ts';

const surroundings: WorkerSurroundings = {
  host: { PATH: '/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' },
  runtime: foundRuntime({ executable: '/python', python: '3.13.0' }, { LD_LIBRARY_PATH: '/lib/python', HOME: '/elsewhere' }),
  workload: '/project/spawn.py',
  workerFolder: '/worker',
  home: '/tmp/home',
  marker: 'id',
};

test('is exactly this', () => {
  expect(workerEnvironment(surroundings)).toEqual({
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
