import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRequest } from '../../src/measure/executor.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';
import { type ProcessCase, processCases } from './process-cases.ts';
import { Grounds, type MakeExecutor, runCase } from './run-case.ts';
import { type Guard, withoutGuard } from './weakened-executor.ts';

let grounds: Grounds;

beforeEach(() => {
  grounds = new Grounds();
});
afterEach(() => grounds.remove());

describe('a workload that', () => {
  test.each(processCases)('$what ends in time and leaves nothing', async (each) => {
    const { seconds, faults } = await runCase(each, processExecutor, grounds);
    console.log(`${each.name}: ${seconds.toFixed(2)} s`);
    expect(faults).toEqual([]);
  });
});

test('a descriptor that this program inherited does not reach a workload', () => {
  const program = join(import.meta.dirname, 'print-misbehaviour.ts');
  const inherited = 'exec 9</dev/null 200</dev/null; exec "$@"';
  const argv = ['-c', inherited, 'bash', process.execPath, program, 'sees_few_descriptors'];
  expect(execFileSync('bash', argv, { encoding: 'utf8' })).toBe('measured\n');
});

const planted: readonly (readonly [guard: Guard, name: string, fault: RegExp])[] = [
  ['the sweep', 'leaves_a_session', /left the processes \d+ alive/],
  ['the watch', 'fills_its_folder', /broken otherwise: timeout/],
  ['the limits of the kernel', 'writes_one_huge_file', /was measured, not broken|broken otherwise: timeout/],
  ['the careful removal', 'puts_a_link_in_place_of_its_folder', /touched the files of somebody else/],
];

function caseOf(name: string): ProcessCase {
  const each = processCases.find((known) => known.name === name);
  if (each === undefined) throw new Error(`there is no case ${name}`);
  return each;
}

describe('the check fires', () => {
  test.each(planted)('without %s, for what %s', async (guard, name, fault) => {
    const { faults } = await runCase({ ...caseOf(name), timeoutSeconds: 4 }, await withoutGuard(guard), grounds);
    expect(faults.join('\n')).toMatch(fault);
  });

  test('for an executor that is late', async () => {
    const late: MakeExecutor = (options) => {
      const executor = processExecutor(options);
      const run = async (request: RunRequest) => {
        const sample = await executor.run(request);
        if (request.params['act'] === 'sleeps') await delay(2500);
        return sample;
      };
      return { ...executor, run };
    };
    const { faults } = await runCase(
      { ...caseOf('sleeps'), timeoutSeconds: 0.5, expected: { kind: 'timeout', message: /./ } },
      late,
      grounds,
    );
    expect(faults).toEqual([expect.stringMatching(/^returned after \d/)]);
  });
});
