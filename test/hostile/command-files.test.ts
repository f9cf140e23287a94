import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { processExecutor } from '../../src/measure/process-executor.ts';
import { commandFileCases } from './command-file-cases.ts';
import { executorOptions, Grounds, type MakeExecutor, misbehaviour } from './run-case.ts';
import { withoutGuard } from './weakened-executor.ts';

const grounds = new Grounds();
const runner = mkdtempSync(join(tmpdir(), 'runner-'));
const commandFiles = join(runner, '_runner_file_commands');
afterAll(() => {
  grounds.remove();
  rmSync(runner, { recursive: true });
});

beforeEach(() => {
  rmSync(commandFiles, { recursive: true, force: true });
  mkdirSync(commandFiles);
  for (const { variable } of commandFileCases) writeFileSync(join(commandFiles, variable), '');
});

/** What the runner would read when the step ends, after a workload tried to write it. */
async function written(variable: string, makeExecutor: MakeExecutor): Promise<string> {
  const named = Object.fromEntries(commandFileCases.map((each) => [each.variable, join(commandFiles, each.variable)]));
  const environment = { ...process.env, ...named, RUNNER_TEMP: runner };
  const sample = await makeExecutor(executorOptions(grounds, { environment })).run(
    misbehaviour('writes_to_command_files', { params: { text: variable } }),
  );
  expect(sample.status).toBe('measured');
  return readdirSync(commandFiles)
    .map((name) => readFileSync(join(commandFiles, name), 'utf8'))
    .join('');
}

describe('a workload that writes', () => {
  test.each(commandFileCases)('$what changes nothing', async ({ variable }) => {
    expect(await written(variable, processExecutor)).toBe('');
  });
});

describe('the check fires', () => {
  test.each(commandFileCases)('for $variable in the environment of a workload', async ({ variable }) => {
    expect(await written(variable, await withoutGuard('the allow-list'))).toContain('conclusion=success');
  });
});
