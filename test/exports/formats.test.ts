import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { indexCells } from '../../src/judge/cell-index.ts';
import { type ExportFormat, exportFiles, exportFormats } from '../../src/model/export-format.ts';
import { renderExport } from '../../src/render/export.ts';
import { listFigures } from '../../src/tables/figure-list.ts';
import { expectGolden } from '../golden/golden-file.ts';
import { askPython } from './consumers.ts';
import { everyVerdict, hostileNames, noCells } from './scenarios.ts';

const scratch = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const runs = { everyVerdict, hostileNames, noCells };
const named = Object.entries(runs);

function fileOf(format: ExportFormat, name: string, run: typeof everyVerdict): string {
  const path = join(scratch, `${name}-${exportFiles[format]}`);
  writeFileSync(path, renderExport(format, run).text);
  return path;
}

const measuredCells = ({ results }: typeof everyVerdict) =>
  [...indexCells(results).states.values()].filter(({ status }) => status === 'measured');

describe('golden exports', () => {
  it.each(exportFormats)('%s', (format) => {
    const { text, omitted } = renderExport(format, everyVerdict);
    expectGolden(`export-${exportFiles[format]}`, text);
    expect(omitted.length > 0).toBe(['pyperf', 'bencher', 'github-action-benchmark'].includes(format));
  });
});

describe('CSV as Python reads it', () => {
  const program = 'import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline=""), strict=True))))';

  it.each(named)('%s: a row for each cell and metric, and no formula', async (name, run) => {
    const rows = z.array(z.record(z.string(), z.string())).parse(await askPython(program, fileOf('csv', name, run)));
    const { figures, without } = listFigures(run.report);
    const missing = run.report.verdicts.missing.flatMap(({ cells }) => cells);
    expect(rows).toHaveLength(figures.length + without.length + missing.length);
    expect(rows.flatMap((row) => (row['median'] === '' ? [] : [Number(row['median'])]))).toEqual(figures.map(({ median }) => median));
    const words = rows.flatMap((row) => ['workload', 'params', 'metric', 'message', 'runtime'].map((column) => row[column] ?? ''));
    expect(words.filter((word) => /^[=+\-@\t\r]/.test(word))).toEqual([]);
    expect(new Set(rows.flatMap((row) => Object.keys(row))).has('null')).toBe(false);
  });

  it('puts what would be a formula behind an apostrophe', () => {
    const { text } = renderExport('csv', hostileNames);
    expect(text).toContain("\r\n'=1+1,,");
    expect(text).toContain("\r\n'-2,,");
    expect(text.split('\r\n').every((line) => !line.includes('\n'))).toBe(true);
  });
});

describe('JUnit as its readers read it', () => {
  it.each(named)('%s holds to the schema of Jenkins', async (name, run) => {
    const path = fileOf('junit', name, run);
    const program = 'import json, sys, xmlschema; xmlschema.validate(sys.argv[1], sys.argv[2]); print(1)';
    expect(await askPython(program, path, join(import.meta.dirname, 'jenkins-junit.xsd'))).toBe(1);
  });

  const program = `
import json, sys, junitparser
cases = [(s.name, c.classname, c.name, [type(r).__name__ for r in c.result], [r.text or r.message for r in c.result], c.system_out) for s in junitparser.JUnitXml.fromfile(sys.argv[1]) for c in s]
print(json.dumps(cases))`;
  const parsed = z.array(z.tuple([z.string(), z.string(), z.string(), z.array(z.string()), z.array(z.string()), z.string().nullable()]));

  it('has a failure for a regression, an error for what is broken, and skips what is not known', async () => {
    const cases = parsed.parse(await askPython(program, fileOf('junit', 'verdicts', everyVerdict)));
    const of = (suite: string, start: string) => cases.find(([each, , name]) => each === suite && name.startsWith(start));
    expect(cases).toHaveLength(everyVerdict.report.verdicts.rows.length + 1);
    expect(of('my_queue', 'asyncio on')?.slice(3, 5)).toEqual([
      ['Failure'],
      [expect.stringMatching(/^regression: slower by 12\.4 % \(.*20 pairs/)],
    ]);
    expect(of('my_queue', 'threads on')?.[3]).toEqual([]);
    expect(of('context_switch', 'threads')?.slice(3, 5)).toEqual([['Skipped'], [expect.stringMatching(/^inconclusive: .*too noisy/)]]);
    expect(of('spawn', 'uvloop')?.slice(3, 5)).toEqual([['Skipped'], ['not comparable: the workload file changed']]);
    expect(of('gone', 'threads n=10')?.slice(3, 5)).toEqual([['Skipped'], ['missing: not measured']]);
    expect(of('shards', '3.12, 2')?.[3]).toEqual(['Error']);
    const broken = of('spawn', 'run_in_executor');
    expect(broken?.slice(3, 5)).toEqual([['Error'], ['broken on head: wrong result, AssertionError: 3 of 4']]);
    expect(broken?.[5]).toBe('Traceback:\n\ufffd[31m  <x> & "y"\ufffd\ufffd[0m\nAssertionError');
  });
});

describe('OpenMetrics as Prometheus reads it', () => {
  const program = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strict
from prometheus_client.parser import text_string_to_metric_families as plain
text = open(sys.argv[1], newline="").read()
families = [(f.name, f.type, f.unit, bool(f.documentation), [[s.labels, s.value] for s in f.samples]) for f in strict(text)]
print(json.dumps({"strict": families, "plain": sum(len(f.samples) for f in plain(text))}))`;
  const answer = z.object({
    strict: z.array(
      z.tuple([z.string(), z.string(), z.string(), z.boolean(), z.array(z.tuple([z.record(z.string(), z.string()), z.number()]))]),
    ),
    plain: z.number(),
  });

  it.each(named)('%s: every figure under its labels, no series twice', async (name, run) => {
    const { strict, plain } = answer.parse(await askPython(program, fileOf('openmetrics', name, run)));
    expect(strict.every(([, type, , documented]) => type === 'gauge' && documented)).toBe(true);
    const series = strict.flatMap(([family, , , , samples]) => samples.map(([labels]) => JSON.stringify([family, labels])));
    expect(new Set(series).size).toBe(series.length);
    expect(plain).toBe(series.length);
    const { figures } = listFigures(run.report);
    const values = strict
      .filter(([family]) => !/_(change_ratio|verdict|timestamp_seconds)$/.test(family))
      .flatMap(([, , , , samples]) => samples);
    expect(values).toHaveLength(figures.length);
    const workloads = new Set(values.map(([{ workload }]) => workload));
    expect(workloads).toEqual(new Set(figures.map(({ cell }) => cell.workload.toWellFormed())));
  });

  it('names base units', async () => {
    const { strict } = answer.parse(await askPython(program, fileOf('openmetrics', 'units', everyVerdict)));
    const units = Object.fromEntries(strict.map(([family, , unit]) => [family, unit]));
    expect(units).toMatchObject({
      concurrency_cpu_per_unit_seconds: 'seconds',
      concurrency_memory_per_unit_bytes: 'bytes',
      concurrency_voluntary_switches_per_unit: '',
    });
    expect(readFileSync(fileOf('openmetrics', 'end', everyVerdict), 'utf8').endsWith('\n# EOF\n')).toBe(true);
  });
});

describe('Bencher Metric Format', () => {
  const metric = {
    type: 'object',
    required: ['value'],
    properties: { value: { type: 'number' }, lower_value: { type: 'number' }, upper_value: { type: 'number' } },
  };
  const measures = { type: 'object', patternProperties: { '.+': metric }, additionalProperties: false };
  // As published at bencher.dev/bmf.json, but for the additional properties, which it leaves open.
  const isValid = new Ajv({ strict: false }).compile({
    type: 'object',
    patternProperties: { '.+': measures },
    additionalProperties: false,
  });

  it.each(named)('%s holds to the schema, with names that are short enough', (_name, run) => {
    const { text, omitted } = renderExport('bencher', run);
    const document: Record<string, Record<string, unknown>> = JSON.parse(text);
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
    const bytes = (names: readonly string[]) => Math.max(0, ...names.map((name) => Buffer.byteLength(name)));
    expect(bytes(Object.keys(document))).toBeLessThanOrEqual(1024);
    expect(bytes(Object.values(document).flatMap(Object.keys))).toBeLessThanOrEqual(64);
    const { figures, without } = listFigures(run.report);
    expect(Object.values(document).flatMap(Object.keys).length + omitted.length).toBe(figures.length + without.length);
  });
});

describe('github-action-benchmark', () => {
  // What src/extract.ts of the action asks of an entry, without its coercions.
  const entries = z.array(
    z.strictObject({ name: z.string().min(1), value: z.number(), unit: z.string(), range: z.string(), extra: z.string() }),
  );

  it.each(named)('%s is a list of its entries, each name once', (_name, run) => {
    const { text, omitted } = renderExport('github-action-benchmark', run);
    const read = entries.parse(JSON.parse(text));
    expect(new Set(read.map(({ name }) => name)).size).toBe(read.length);
    expect(read.length + omitted.length).toBe(measuredCells(run).length + listFigures(run.report).without.length);
  });
});

describe('pyperf', () => {
  it('refuses a run without a figure: it would be a file that pyperf cannot load', () => {
    expect(() => renderExport('pyperf', noCells)).toThrow(/pyperf, which reads no file without a benchmark: no cell was measured\./);
  });

  it.each(named.slice(0, 2))('%s loads, each cell under its name or named as left out', async (name, run) => {
    const program = 'import json, pyperf, sys; print(json.dumps(pyperf.BenchmarkSuite.load(sys.argv[1]).get_benchmark_names()))';
    const names = z.array(z.string()).parse(await askPython(program, fileOf('pyperf', name, run)));
    const { omitted } = renderExport('pyperf', run);
    expect(names.length + omitted.length).toBe(indexCells(run.results).states.size);
    expect(names.length).toBeGreaterThan(5);
  });
});
