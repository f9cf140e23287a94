import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { useCases } from '../src/judge/use-case.ts';
import { claimRows } from '../src/judge/write-up.ts';
import { concurrencyModels } from '../src/model/concurrency-model.ts';
import { metrics } from '../src/model/metric.ts';
import {
  environmentOf,
  fromToolCache,
  interpretersUnderTest,
  isRunner,
  missingReleases,
  optionalPackages,
  type TestEnvironment,
} from './python-environments.ts';
import { type Line, runWorker } from './worker-process.ts';

const folder = join(import.meta.dirname, '..', 'workloads');
const filesIn = (place: string) => readdirSync(place).filter((name) => name.endsWith('.py'));
const workloads = [...filesIn(folder), ...filesIn(join(folder, 'examples')).map((name) => join('examples', name))];
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

/** Workers that run at the same time: the smallest machine has two cores. */
const lanes = 2;

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
    const description = await descriptionOf(python, join(folder, name));
    expect(Object.keys(description.models)).toEqual([...concurrencyModels]);
    const reasons = Object.values(description.models).flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
    expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
    const supported = concurrencyModels.filter((model) => description.models[model]?.supported);
    const cells = supported.flatMap((model) => [{}, ...rowsOf(description, model)].map((params) => ({ model, params })));
    const tiny = tinySizes[basename(name, '.py')] ?? tinyUnits;
    const failure = (cell: TestCell) =>
      failureOf(python, join(folder, name), { ...cell, params: { ...tiny, ...cell.params } }, description);
    expect(await failures(cells, failure)).toEqual([]);
  });

  test.for(optionalPackages)('%s is measured', async (name, context) => {
    const { python, missing } = environments.get(interpreter.label) ?? { python: '', missing: {} };
    if (missing[name] !== undefined) context.skip(`${name} cannot be installed: ${missing[name]}`);
    const { file, model } = cellsOfPackages[name] ?? { file: '', model: '' };
    const description = await descriptionOf(python, join(folder, file));
    expect(description.models[model]).toMatchObject({ supported: true });
    const params = tinySizes[basename(file, '.py')] ?? tinyUnits;
    expect(await failureOf(python, join(folder, file), { model, params }, description)).toBeUndefined();
  });
});

test.for(optionalPackages)('%s is measured on at least one interpreter', (name, context) => {
  const reasons = [...environments].map(([label, { missing }]) => [label, missing[name]] as const);
  if (reasons.some(([, reason]) => reason === undefined)) return;
  const why = reasons.map(([label, reason]) => `${label}: ${reason}`).join('; ');
  expect(isRunner(process.env) ? why : '').toBe('');
  context.skip(`${name} cannot be installed anywhere. ${why}`);
});

describe('the sets', () => {
  const python = interpreters.findLast(({ freeThreaded }) => !freeThreaded)?.executable ?? 'python3';
  const describeAll = async () =>
    new Map(
      await Promise.all(
        filesIn(folder).map(async (name) => [basename(name, '.py'), await descriptionOf(python, join(folder, name))] as const),
      ),
    );

  test('every claim and use case of the write-up has its cells in core', async () => {
    const described = await describeAll();
    const inCore = (workload: string, model: string) => {
      const { core, models } = described.get(workload) ?? {};
      return models?.[model] !== undefined && (core === null || core?.includes(model));
    };
    const quantities = Object.values(claimRows)
      .flat()
      .flatMap(({ parts }) => parts.flatMap(({ test: { head, base } }) => (base === null ? [head] : [head, base])));
    expect(quantities.filter(({ workload, model }) => !inCore(workload, model))).toEqual([]);
    const ranked = useCases.filter(({ workload }) => concurrencyModels.filter((model) => inCore(workload, model)).length < 2);
    expect(ranked).toEqual([]);
    const unnamed = useCases.filter(({ workload, bestOption }) => bestOption?.models.every((model) => !inCore(workload, model)) ?? false);
    expect(unnamed).toEqual([]);
  });

  test('core is small enough for a pull request', async () => {
    const sizes = [...(await describeAll()).values()].map(({ core, models }) => (core ?? Object.keys(models)).length);
    // At half a second each, two Pythons take about 45 seconds a round.
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(45);
  });

  test.each(filesIn(folder))('every number on an axis of %s can be measured', async (name) => {
    const description = await descriptionOf(python, join(folder, name));
    const supported = concurrencyModels.filter((model) => description.models[model]?.supported);
    const cells = supported.flatMap((model) => pointsOf(description, model, 'number').map((params) => ({ model, params })));
    // Sizes that are not on the axis stay small where they can, so that this shows whether a point works and not how long it takes.
    const quick =
      { data_crunching: { steps: 2000 }, scaling: { steps: 2000 }, chat_server: { deliveries: 2000 } }[basename(name, '.py')] ?? {};
    expect(
      await failures(cells, (cell) =>
        failureOf(python, join(folder, name), { ...cell, params: { ...quick, ...cell.params } }, description),
      ),
    ).toEqual([]);
  });
});

describe('docs/workloads.md', () => {
  const python = interpreters.findLast(({ freeThreaded }) => !freeThreaded)?.executable ?? 'python3';
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'workloads.md'), 'utf8');
  const files = [...text.matchAll(/^```python\n# (\S+\.py)\n([\s\S]*?)^```$/gm)].map(([, name = '', source = '']) => ({ name, source }));
  const examples = files.filter(({ name }) => !name.includes('/'));

  test('has its Python in files', () => {
    expect(files.length).toBe(text.split('```python').length - 1);
    expect(examples.length).toBeGreaterThan(4);
  });

  test.each(examples)('$name runs as it stands, under every model it has', async ({ name }) => {
    const place = mkdtempSync(join(tmpdir(), 'documented-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    mkdirSync(join(place, 'peers'));
    for (const file of files) writeFileSync(join(place, file.name), file.source);
    const description = await descriptionOf(python, join(place, name));
    const supported = concurrencyModels.filter((model) => description.models[model]?.supported);
    expect(supported).not.toEqual([]);
    const cells = supported.flatMap((model) => [{}, ...pointsOf(description, model, 'string')].map((params) => ({ model, params })));
    expect(await failures(cells, (cell) => failureOf(python, join(place, name), cell, description))).toEqual([]);
  });

  test('names everything that a workload may define and use', () => {
    const listed = ['unit_async', 'run_<model>', 'MODEL_PARAMS', 'SCALE_MODELS', 'CORE', 'GATE', 'METRICS', 'LAG', 'OVERLAP', 'SKIP'];
    const ids = metrics.map(({ id }) => id);
    expect([...listed, ...ids, ...concurrencyModels].filter((word) => !text.includes(`\`${word}`))).toEqual([]);
  });
});

test('workloads/README.md has every bundled workload with its gate and core set', async () => {
  const python = interpreters.findLast(({ freeThreaded }) => !freeThreaded)?.executable ?? 'python3';
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  const lines = new Map(
    [...text.matchAll(/^\| \[(\w+)\]\((\w+\.py)\) \|(.*)\|$/gm)].map(([, id = '', file = '', rest = '']) => [file, { id, rest }]),
  );
  expect([...lines.keys()]).toEqual(filesIn(folder).sort());
  for (const [file, { rest }] of lines) {
    const { core, models, scale } = await descriptionOf(python, join(folder, file));
    const columns = rest.split('|').map((column) => column.trim());
    expect(columns[1], file).toBe(core?.length === 0 ? 'none' : core?.join(', '));
    for (const gate of new Set(Object.values(models).flatMap((model) => model.gate ?? []))) expect(columns[2], file).toBe(`\`${gate}\``);
    expect(columns[3], file).toBe(
      Object.keys(scale)
        .map((axis) => `\`${axis}\``)
        .join(', '),
    );
  }
});

interface TestCell {
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The points of a model's axes whose values are of the kind. */
function pointsOf({ scale, scale_models: scaleModels }: Description, model: string, kind: 'number' | 'string'): Record<string, unknown>[] {
  const axes = Object.entries(scale).filter(([axis]) => scaleModels[axis]?.includes(model) ?? true);
  return axes.flatMap(([axis, points]) => points.filter((point) => typeof point === kind).map((point) => ({ [axis]: point })));
}

/** The rows of a model besides the plain one. */
function rowsOf(description: Description, model: string): Record<string, unknown>[] {
  return pointsOf(description, model, 'string').filter((row) =>
    Object.entries(row).some(([axis, value]) => description.params[axis] !== value),
  );
}

interface Description {
  readonly core: readonly string[] | null;
  readonly scale: Readonly<Record<string, readonly (number | string)[]>>;
  readonly scale_models: Readonly<Record<string, readonly string[]>>;
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
async function failureOf(
  python: string,
  workload: string,
  { model, params }: TestCell,
  description: Description,
): Promise<string | undefined> {
  const args = ['run', '--model', model, '--values', '1', '--warmups', '0', '--params', JSON.stringify(params)];
  const { lines, stderr, exitCode } = await runWorker(python, workload, args);
  const value = lines.find(({ event }) => event === 'value');
  const gate = description.models[model]?.gate ?? '';
  const right = exitCode === 0 && lines.map(({ event }) => event).join() === 'start,value,end' && isWhole(value, gate, model);
  return right
    ? undefined
    : `${model} ${JSON.stringify(params)}: exit ${exitCode}, ${JSON.stringify(lines.slice(-1))} ${stderr.slice(-500)}`;
}

function isWhole(value: Line | undefined, gate: string, model: string): boolean {
  const metrics = (value?.['metrics'] ?? {}) as Record<string, number>;
  const rightLoop = model === 'uvloop' ? String(value?.['loop']).startsWith('uvloop.') : !String(value?.['loop']).startsWith('uvloop');
  return value?.['verified'] === true && rightLoop && typeof metrics[gate] === 'number' && (metrics['wall_per_unit'] ?? 0) > 0;
}

async function failures(cells: readonly TestCell[], failure: (cell: TestCell) => Promise<string | undefined>): Promise<string[]> {
  const waiting = [...cells];
  const found: string[] = [];
  const lane = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      const wrong = await failure(cell);
      if (wrong !== undefined) found.push(wrong);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
