import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useCases } from '../../src/judge/use-case.ts';
import { claimRows } from '../../src/judge/write-up.ts';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import { interpretersUnderTest, newestWithLock } from '../python-environments.ts';
import { failureOf, failures } from './cell-check.ts';
import { descriptionOf, pointsOf, supportedModels } from './workload-description.ts';
import { pythonFilesIn, workloadsFolder } from './workload-files.ts';

describe('the sets', () => {
  const python = newestWithLock(interpretersUnderTest());
  const describeAll = async () =>
    new Map(
      await Promise.all(
        pythonFilesIn(workloadsFolder).map(
          async (name) => [basename(name, '.py'), await descriptionOf(python, join(workloadsFolder, name))] as const,
        ),
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

  test.each(pythonFilesIn(workloadsFolder))('every number on an axis of %s can be measured', async (name) => {
    const description = await descriptionOf(python, join(workloadsFolder, name));
    const supported = supportedModels(description);
    const cells = supported.flatMap((model) => pointsOf(description, model, 'number').map((params) => ({ model, params })));
    // Sizes that are not on the axis stay small where they can, so that this shows whether a point works and not how long it takes.
    const quick =
      { data_crunching: { steps: 2000 }, scaling: { steps: 2000 }, chat_server: { deliveries: 2000 } }[basename(name, '.py')] ?? {};
    expect(
      await failures(cells, (cell) =>
        failureOf(python, join(workloadsFolder, name), { ...cell, params: { ...quick, ...cell.params } }, description),
      ),
    ).toEqual([]);
  });
});
