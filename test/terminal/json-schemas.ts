import { z } from 'zod';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';

const cell = { workload: z.string(), model: z.enum(concurrencyModels), runtime: z.string(), params: z.string() };
const reasons = z.array(z.string());
const gate = z.strictObject({ reasons, warnings: reasons });
const unavailable = z.array(z.strictObject({ requested: z.string(), reason: z.string() }));
const warnings = z.array(z.strictObject({ code: z.string(), text: z.string() }));
const runtimes = z.array(z.strictObject({ id: z.string(), label: z.string() }));
const refused = z.array(z.strictObject({ workload: z.string(), phase: z.string(), reason: z.string(), runtimes: z.array(z.string()) }));
const conclusion = z.enum(['success', 'failure']);
const count = z.int().min(0);

const verdict = z.strictObject({
  ...cell,
  verdict: z.enum(['regression', 'improvement', 'no change', 'inconclusive', 'not comparable', 'new', 'missing', 'broken']),
  reason: z.string().nullable(),
  metric: z.string().nullable(),
  unit: z.enum(['s', 'B', 'ratio', 'count']).nullable(),
  better: z.enum(['lower', 'higher']).nullable(),
  target: z.number(),
  margin: z.number(),
  change: z
    .strictObject({
      ...{ base: z.number(), head: z.number(), ratio: z.number() },
      ...{ low: z.number().nullable(), high: z.number().nullable() },
      ...{ basis: z.enum(['pairs', 'stored runs']), count },
    })
    .nullable(),
  p: z.number().nullable(),
  hint: z.string().nullable(),
});

/** What each command prints with --json, by the name under which it is documented. */
export const jsonSchemas = {
  error: z.strictObject({
    schema: z.literal(1),
    kind: z.literal('error'),
    error: z.strictObject({ message: z.string().min(1), remedy: z.string().min(1) }),
  }),
  report: z.strictObject({
    schema: z.literal(1),
    kind: z.literal('report'),
    created: z.iso.datetime(),
    commit: z.string().nullable(),
    runId: z.string(),
    partial: z.boolean(),
    nullRun: z.boolean(),
    seed: z.int(),
    conclusion,
    gate,
    counts: z.record(z.string(), count),
    baseCommit: z.string().nullable(),
    minimumDetectableEffect: z.number().nullable(),
    machine: z.looseObject({ cpuModel: z.string(), cpus: z.int() }),
    runtimes,
    unavailable,
    refused,
    missingShards: z.array(z.string()),
    cells: z.array(verdict),
    warnings,
    remarks: reasons,
    paths: z.strictObject({ results: z.string().nullable(), report: z.string(), page: z.string() }),
  }),
  measured: z.strictObject({
    schema: z.literal(1),
    kind: z.literal('measured'),
    partial: z.boolean(),
    counts: z.record(z.string(), count),
    runtimes,
    broken: z.array(z.strictObject({ ...cell, kind: z.string(), message: z.string() })),
    refused,
    unavailable,
    warnings,
    paths: z.strictObject({ results: z.string() }),
  }),
  pairs: z.strictObject({
    schema: z.literal(1),
    kind: z.literal('pairs'),
    trees: z.strictObject({ base: z.string(), head: z.string() }),
    endedBy: z.enum(['schedule', 'budget', 'interrupt']),
    seed: z.int(),
    seconds: z.number(),
    budgetSeconds: z.number(),
    processes: count,
    conclusion,
    gate,
    warnings: z.array(z.string()),
    cells: z.array(verdict),
    onlyOneSide: z.array(z.strictObject({ ...cell, lacks: z.enum(['base', 'head']), reason: z.string() })),
    notComparable: z.array(z.strictObject({ ...cell, reason: z.string() })),
    refused: z.array(z.looseObject({ workload: z.string(), side: z.string() })),
    unavailable,
  }),
  doctor: z.strictObject({
    schema: z.literal(1),
    kind: z.literal('doctor'),
    interpreters: z.array(z.strictObject({ label: z.string(), source: z.string(), path: z.string() })).min(1),
    refused: reasons,
    machine: z.looseObject({ cpuModel: z.string() }),
    load: z.strictObject({
      stolen: z.number().nullable(),
      average: z.strictObject({ before: z.number(), after: z.number() }).nullable(),
    }),
    noise: z
      .array(
        z.strictObject({
          ...{ ...cell, metric: z.string(), unit: z.string(), reason: z.string().nullable() },
          ...{ pairs: z.int().nullable(), center: z.number().nullable(), spread: z.looseObject({}).nullable() },
          visible: z.array(z.strictObject({ pairs: z.int(), effect: z.number() })),
        }),
      )
      .min(1),
    seconds: z.number(),
    seed: z.int(),
  }),
  'check-workload': z.strictObject({
    schema: z.literal(1),
    kind: z.literal('check-workload'),
    title: z.string(),
    faults: count,
    unreached: count,
    unavailable,
    runtimes: z.array(
      z.strictObject({
        label: z.string(),
        refused: z.string().nullable(),
        models: z.array(z.looseObject({ status: z.enum(['verified', 'broken', 'left out']), model: z.enum(concurrencyModels) })),
      }),
    ),
  }),
  simulation: z.looseObject({
    schema: z.literal(1),
    kind: z.literal('simulation'),
    machines: z.array(z.looseObject({})).min(1),
    missed: reasons,
  }),
  comparison: z.looseObject({ schema: z.literal(1), kind: z.literal('comparison'), cells: z.array(z.looseObject(cell)) }),
  list: z.looseObject({ schema: z.literal(1), kind: z.literal('list'), where: z.string() }),
  init: z.looseObject({ schema: z.literal(1), kind: z.literal('init'), written: z.boolean() }),
  /** The matrix of a workflow, as GitHub wants it. */
  plan: z.strictObject({ include: z.array(z.looseObject({})).min(1) }),
} as const;
