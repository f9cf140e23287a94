import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import {
  environmentOf,
  fromToolCache,
  interpretersUnderTest,
  isRunner,
  missingReleases,
  optionalPackages,
  type TestEnvironment,
} from '../python-environments.ts';
import { failureOf, failures, type TestCell } from './cell-check.ts';
import { descriptionOf, rowsOf, supportedModels } from './workload-description.ts';
import { pythonFilesIn, workloadsFolder } from './workload-files.ts';

const workloads = [
  ...pythonFilesIn(workloadsFolder),
  ...pythonFilesIn(join(workloadsFolder, 'examples')).map((name) => join('examples', name)),
];
const interpreters = interpretersUnderTest();
const environments = new Map<string, TestEnvironment>();

/** As many units as show the mechanism; every other parameter stays what is measured. */
const tinyUnits = { n: 4 };

/** The same for workloads whose size is not `n`, or whose `n` must be larger. */
const tinySizes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  web_scraping: { connections: 4, pages_each: 1 },
  web_scraping_aiohttp: { connections: 4, pages_each: 1 },
  chat_server: { clients: 3, deliveries: 27 },
  memory_growth: { n: 60 },
  data_crunching: { n: 4, steps: 2000 },
  scaling: { n: 4, steps: 2000 },
  log_parser: { n: 4, lines: 20 },
};

/** A cell that cannot exist without the package. */
const cellsOfPackages: Readonly<Record<string, { readonly file: string; readonly model: string }>> = {
  uvloop: { file: 'spawn.py', model: 'uvloop' },
  aiohttp: { file: 'web_scraping_aiohttp.py', model: 'asyncio' },
};

describe('the interpreters', () => {
  const missing = missingReleases(interpreters);

  test(`at least one is at hand: ${interpreters.map(({ label }) => label).join(', ') || 'none'}`, () => {
    expect(interpreters).not.toEqual([]);
  });

  test.runIf(isRunner(process.env))('a runner has every required release', () => {
    expect(missing).toEqual([]);
  });

  for (const release of missing) test.skip(`every workload is right on CPython ${release} (skipped: it is not at hand)`, () => undefined);
  for (const path of fromToolCache(process.env).leftOut)
    test.skip(`${path} (skipped: it does not start as itself without LD_LIBRARY_PATH)`, () => undefined);
});

describe.each(interpreters)('on $label', (interpreter) => {
  beforeAll(async () => {
    environments.set(interpreter.label, await environmentOf(interpreter));
  });

  test.each(workloads)('%s is right under every model', async (name) => {
    const python = environments.get(interpreter.label)?.python ?? interpreter.executable;
    const description = await descriptionOf(python, join(workloadsFolder, name));
    expect(Object.keys(description.models)).toEqual([...concurrencyModels]);
    const reasons = Object.values(description.models).flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
    expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
    const supported = supportedModels(description);
    const cells = supported.flatMap((model) => [{}, ...rowsOf(description, model)].map((params) => ({ model, params })));
    const tiny = tinySizes[basename(name, '.py')] ?? tinyUnits;
    const failure = (cell: TestCell) =>
      failureOf(python, join(workloadsFolder, name), { ...cell, params: { ...tiny, ...cell.params } }, description);
    expect(await failures(cells, failure)).toEqual([]);
  });

  test.for(optionalPackages)('%s is measured', async (name, context) => {
    const { python, missing } = environments.get(interpreter.label) ?? { python: '', missing: {} };
    if (missing[name] !== undefined) context.skip(`${name} cannot be installed: ${missing[name]}`);
    const { file, model } = cellsOfPackages[name] ?? { file: '', model: '' };
    const description = await descriptionOf(python, join(workloadsFolder, file));
    expect(description.models[model]).toMatchObject({ supported: true });
    const params = tinySizes[basename(file, '.py')] ?? tinyUnits;
    expect(await failureOf(python, join(workloadsFolder, file), { model, params }, description)).toBeUndefined();
  });
});

test.for(optionalPackages)('%s is measured on at least one interpreter', (name, context) => {
  const reasons = [...environments].map(([label, { missing }]) => [label, missing[name]] as const);
  if (reasons.some(([, reason]) => reason === undefined)) return;
  const why = reasons.map(([label, reason]) => `${label}: ${reason}`).join('; ');
  expect(isRunner(process.env) ? why : '').toBe('');
  context.skip(`${name} cannot be installed anywhere. ${why}`);
});
