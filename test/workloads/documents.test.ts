import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import { metrics } from '../../src/model/metric.ts';
import { interpretersUnderTest, newestWithLock } from '../python-environments.ts';
import { failureOf, failures } from './cell-check.ts';
import { descriptionOf, pointsOf, supportedModels } from './workload-description.ts';
import { pythonFilesIn, workloadsFolder } from './workload-files.ts';

const python = newestWithLock(interpretersUnderTest());

describe('docs/workloads.md', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'workloads.md'), 'utf8');
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
    const supported = supportedModels(description);
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
  const text = readFileSync(join(workloadsFolder, 'README.md'), 'utf8');
  const lines = new Map(
    [...text.matchAll(/^\| \[(\w+)\]\((\w+\.py)\) \|(.*)\|$/gm)].map(([, id = '', file = '', rest = '']) => [file, { id, rest }]),
  );
  expect([...lines.keys()]).toEqual(pythonFilesIn(workloadsFolder).sort());
  for (const [file, { rest }] of lines) {
    const { core, models, scale } = await descriptionOf(python, join(workloadsFolder, file));
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
