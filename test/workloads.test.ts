import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

import { concurrencyModels } from '../src/model/concurrency-model.ts';
import { environmentOf, interpretersUnderTest } from './python-environments.ts';
import { type Line, runWorker } from './worker-process.ts';

const folder = join(import.meta.dirname, '..', 'workloads');
const workloads = readdirSync(folder).filter((name) => name.endsWith('.py'));
const interpreters = interpretersUnderTest();
const environments = new Map<string, string>();

/** As many units as show the mechanism; every other parameter stays what is measured. */
const tinyUnits = 4;

/** Workers that run at the same time: the smallest machine has two cores. */
const lanes = 2;

test('CPython 3.9, 3.11, 3.12 or 3.13, or a newer one, is at hand', () => {
  expect(interpreters).not.toEqual([]);
  console.log(`workloads are verified on ${interpreters.map(({ label }) => label).join(', ')}`);
});

describe.each(interpreters)('on $label', (interpreter) => {
  beforeAll(async () => {
    environments.set(interpreter.label, await environmentOf(interpreter));
  });

  test.each(workloads)('%s is right under every model', async (name) => {
    const python = environments.get(interpreter.label) ?? interpreter.executable;
    const description = await descriptionOf(python, join(folder, name));
    expect(Object.keys(description.models)).toEqual([...concurrencyModels]);
    const reasons = Object.values(description.models).flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
    expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
    const supported = concurrencyModels.filter((model) => description.models[model]?.supported);
    expect(await failures(supported, (model) => failureOf(python, join(folder, name), model, description))).toEqual([]);
  });
});

interface Description {
  readonly params: Readonly<Record<string, unknown>>;
  readonly models: Readonly<Record<string, { readonly supported: boolean; readonly reason?: string; readonly gate?: string }>>;
}

async function descriptionOf(python: string, workload: string): Promise<Description> {
  const { lines, stderr } = await runWorker(python, workload, ['describe']);
  expect(
    lines.map(({ event }) => event),
    JSON.stringify(lines) + stderr,
  ).toEqual(['workload', 'end']);
  return lines[0] as unknown as Description;
}

/** What was wrong with one verified value of the workload under `model`, or undefined when nothing was. */
async function failureOf(python: string, workload: string, model: string, description: Description): Promise<string | undefined> {
  const params = 'n' in description.params ? { n: tinyUnits } : {};
  const args = ['run', '--model', model, '--values', '1', '--warmups', '0', '--params', JSON.stringify(params)];
  const { lines, stderr, exitCode } = await runWorker(python, workload, args);
  const value = lines.find(({ event }) => event === 'value');
  const gate = description.models[model]?.gate ?? '';
  const right = exitCode === 0 && lines.map(({ event }) => event).join() === 'start,value,end' && isWhole(value, gate, model);
  return right ? undefined : `${model}: exit ${exitCode}, ${JSON.stringify(lines.slice(-1))} ${stderr.slice(-500)}`;
}

function isWhole(value: Line | undefined, gate: string, model: string): boolean {
  const metrics = (value?.['metrics'] ?? {}) as Record<string, number>;
  const rightLoop = model === 'uvloop' ? String(value?.['loop']).startsWith('uvloop.') : !String(value?.['loop']).startsWith('uvloop');
  return value?.['verified'] === true && rightLoop && typeof metrics[gate] === 'number' && (metrics['wall_per_unit'] ?? 0) > 0;
}

async function failures(models: readonly string[], failure: (model: string) => Promise<string | undefined>): Promise<string[]> {
  const waiting = [...models];
  const found: string[] = [];
  const lane = async (): Promise<void> => {
    for (let model = waiting.shift(); model !== undefined; model = waiting.shift()) {
      const wrong = await failure(model);
      if (wrong !== undefined) found.push(wrong);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
