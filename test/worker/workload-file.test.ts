import { describe, expect, test } from 'vitest';
import { foundRuntime } from '../../src/measure/hostile-worker.fixture.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';
import { workerFolder } from '../worker-process.ts';
import { interpreters, newest, ownFile } from './worker.fixture.ts';

const rightVerify = 'def verify(work, results): assert results';
const rightUnit = 'def unit(work, i): return i + 1';

describe('a bad workload file is refused by one clear line', () => {
  const executor = processExecutor({ workerFolder });
  const runtime = foundRuntime({ executable: newest, python: interpreters.find(({ executable }) => executable === newest)?.label ?? '' });

  async function refusalOf(name: string, source: string) {
    const outcome = await executor.describe({ runtime, workload: ownFile(name, source), timeoutSeconds: 10 });
    if (outcome.status !== 'refused') throw new Error(`${name} was not refused`);
    expect(outcome.refusal.reason).not.toMatch(/[\n\r]/);
    return `${outcome.refusal.phase}: ${outcome.refusal.reason}`;
  }

  test.each([
    ['a syntax error', 'broken_syntax', 'def verify(work, results:', /^import: .*SyntaxError: .*\(broken_syntax\.py:1\)/],
    ['no verify', 'no_verify', rightUnit, /^contract: .*has no verify\(work, results\)/],
    ['a verify that is no function', 'verify_is_text', `${rightUnit}\nverify = "no"`, /verify is str and not a function; define it as def/],
    ['a verify of one parameter', 'verify_of_one', `${rightUnit}\ndef verify(results): assert results`, /def verify\(work, results\)/],
    ['a verify that asserts nothing', 'verify_of_nothing', `${rightUnit}\ndef verify(work, results): pass`, /\(line 2\) can never say no/],
    ['a sync unit_async', 'sync_unit_async', `${rightVerify}\ndef unit_async(work, i): return i`, /unit_async must be an async def/],
    ['nothing to run', 'nothing_to_run', rightVerify, /nothing to run; define unit\(work, i\)/],
    [
      'a missing dependency',
      'missing_dependency',
      'import no_such_package',
      /^import: .*No module named 'no_such_package'.*install what it needs/,
    ],
    [
      'a name of the standard library',
      'json',
      `${rightUnit}\n${rightVerify}`,
      /^import: .*json\.py has the name of a module .*; rename the file/,
    ],
    [
      'a name of an unused module',
      'wave',
      `${rightUnit}\n${rightVerify}`,
      /wave\.py has the name of a module .*wave\.py\); rename the file/,
    ],
    ['a name that cannot be imported', 'my-workload', `${rightUnit}\n${rightVerify}`, /letters, digits and underscores only/],
    [
      'an exit while it is imported',
      'exits',
      'import sys\nsys.exit("not here")',
      /^import: .*it called sys\.exit\('not here'\) \(exits\.py:2\)/,
    ],
    ['a hard exit while it is imported', 'exits_hard', 'import os\nos._exit(7)', /^crash: It exited with code 7 before its first line/],
    ['an exception of two lines', 'two_lines', 'raise ValueError("one\\ntwo")', /^import: .*ValueError: one two \(two_lines\.py:1\)/],
    ['a parameter that JSON cannot hold', 'no_json', `${rightUnit}\n${rightVerify}\nPARAMS = {"n": {1}}`, /PARAMS sets 'n' to \{1\}/],
    [
      'an axis without a usual value',
      'no_axis',
      `${rightUnit}\n${rightVerify}\nSCALE = {"n": [1]}`,
      /SCALE names 'n', which is not in PARAMS/,
    ],
  ])('%s', async (_, name, source, sentence) => {
    expect(await refusalOf(name, source)).toMatch(sentence);
  });

  test('an import that never ends', async () => {
    const workload = ownFile('never_ends', 'while True: pass');
    const outcome = await executor.describe({ runtime, workload, timeoutSeconds: 1 });
    expect(outcome).toMatchObject({
      refusal: { phase: 'timeout', reason: expect.stringMatching(/^Killed after 1 s, before its first line\./) },
    });
  });

  test('what is printed while it is imported disturbs nobody', async () => {
    const source = `print('{"event":"end"}', flush=True)\n${rightUnit}\n${rightVerify}`;
    const outcome = await executor.describe({ runtime, workload: ownFile('prints', source), timeoutSeconds: 10 });
    expect(outcome).toMatchObject({ status: 'described', description: { id: 'prints', core: null, scale: {}, params: {} } });
  });

  async function sampleOf(name: string, source: string, timeoutSeconds: number) {
    const cell = { workload: name, model: 'sequential', runtime: runtime.runtime.id, params: '' } as const;
    const amounts = { round: 0, values: 1, warmups: 0, params: {}, timeoutSeconds, peerPython: newest };
    return executor.run({ runtime, workload: ownFile(name, source), cell, ...amounts });
  }

  test.each([
    [
      'a verify that raises',
      `${rightUnit}\ndef verify(work, results): raise KeyError("lost")`,
      'wrong result',
      /KeyError: 'lost' \(bad\.py:2\)\.$/,
    ],
    ['a verify that says no', `${rightUnit}\ndef verify(work, results): return False`, 'wrong result', /verify returned False\.$/],
    [
      'a verify that returns text',
      `${rightUnit}\ndef verify(work, results): return "fine"`,
      'refused',
      /verify returned 'fine'; it must assert/,
    ],
    ['units of zero', `${rightUnit}\n${rightVerify}\ndef units(work): return 0`, 'refused', /units\(work\) is 0; .* at least 1/],
    [
      'a setup that never ends',
      `${rightUnit}\n${rightVerify}\ndef setup(work):\n  while True: pass`,
      'timeout',
      /^Killed after 2 s, after 0 of 1/,
    ],
  ])('%s', async (_, source, kind, message) => {
    const sample = await sampleOf('bad', source, 2);
    expect(sample).toMatchObject({ status: 'broken', kind, message: expect.stringMatching(message) });
    expect(sample.status === 'broken' ? sample.message : '').not.toMatch(/[\n\r]/);
  });
});

describe('the description', () => {
  test('carries core set, parameters and axes to the plan', async () => {
    const tables = [
      'PARAMS = {"n": 3, "way": "a", "other": [1]}',
      'MODEL_PARAMS = {"threads": {"n": 2}}',
      'CORE = ["threads"]',
      'SCALE = {"n": [1, 2.5], "way": ["a", "b"]}',
      'SCALE_MODELS = {"way": ["threads"]}',
    ];
    const workload = ownFile('described', [rightUnit, rightVerify, ...tables].join('\n'));
    const runtime = foundRuntime({ executable: newest, python: '3.13.0' });
    const outcome = await processExecutor({ workerFolder }).describe({ runtime, workload, timeoutSeconds: 10 });
    expect(outcome).toMatchObject({
      description: {
        params: { n: 3, way: 'a', other: [1] },
        modelParams: { threads: { n: 2 } },
        core: ['threads'],
        scale: { n: [1, 2.5], way: ['a', 'b'] },
        scaleModels: { way: ['threads'] },
      },
    });
  });
});
