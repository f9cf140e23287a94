import { afterAll, describe, expect, test } from 'vitest';
import { processExecutor } from '../../src/measure/process-executor.ts';
import { executorOptions, Grounds, type MakeExecutor, misbehaviour } from './run-case.ts';
import { withoutGuard } from './weakened-executor.ts';
import { type CommandCase, commandCases, commandsIn, piecesText } from './workflow-command-cases.ts';

const grounds = new Grounds();
afterAll(() => grounds.remove());

/** What a log holds of a sample that wrote this. */
async function logOf(each: CommandCase, makeExecutor: MakeExecutor): Promise<string> {
  const sample = await makeExecutor(executorOptions(grounds)).run(misbehaviour('writes', { params: { text: piecesText(each) } }));
  return sample.status === 'broken' ? `${sample.message}\n${sample.output}` : sample.status;
}

describe('a workload that writes', () => {
  test.each(commandCases)('$name commands nothing', async (each) => {
    const log = await logOf(each, processExecutor);
    expect(log).toMatch(/^(It exited with code 7|Its run failed with ValueError)/);
    expect(log).toMatch(/error|warning|conclusion|NODE_OPTIONS|add-path|mask|token|group|matcher|debug/);
    expect(commandsIn(log)).toEqual([]);
  });
});

describe('the check fires', () => {
  test('for a program that prints what it was told', async () => {
    const unfenced = await withoutGuard('the fence');
    const found = await Promise.all(commandCases.map(async (each) => commandsIn(await logOf(each, unfenced)).length > 0));
    expect(commandCases.filter((_, index) => !found[index]).map(({ name }) => name)).toEqual([]);
  });
});
