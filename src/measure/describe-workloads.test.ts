import { expect, test } from 'vitest';
import type { PreparedRuntime } from '../model/runtime.ts';
import { describeWorkloads } from './describe-workloads.ts';
import type { DescribeOutcome, Executor } from './executor.ts';

const runtime: PreparedRuntime = {
  runtime: {
    id: 'cpython-3.13.0-gil-1a2b3c4d',
    python: '3.13.0',
    implementation: 'cpython',
    freeThreaded: false,
    build: '1a2b3c4d',
    source: 'PATH',
    packages: {},
  },
  executable: '/bin/python',
  environment: {},
};

function describeAll(files: readonly string[], describe: (file: string) => Promise<DescribeOutcome>) {
  const executor: Executor = {
    describe: ({ workload }) => describe(workload),
    run: () => Promise.reject(new Error('nothing is to be run')),
  };
  return describeWorkloads({ executor, runtimes: [runtime], files, timeoutSeconds: 1, signal: new AbortController().signal });
}

test('a file that is refused costs only itself', async () => {
  const refusal = (file: string) => ({ id: file, path: file, phase: 'import', reason: 'It is broken.' });
  const { described, refused } = await describeAll(['a', 'b'], async (file) => ({ status: 'refused', refusal: refusal(file) }));
  expect(described).toEqual([{ runtime: runtime.runtime, workloads: [] }]);
  expect(refused).toEqual(['a', 'b'].map((file) => ({ ...refusal(file), runtime: runtime.runtime.id })));
});

test('after an abort no further worker is started', async () => {
  const started: string[] = [];
  const all = describeAll(['a', 'b', 'c', 'd', 'e'], async (file) => {
    started.push(file);
    throw new Error('stopped by the user');
  });
  await expect(all).rejects.toThrow('stopped by the user');
  expect(started).toEqual(['a', 'b']);
});
