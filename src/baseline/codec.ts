import { z } from 'zod';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { type Results, resultsSchema } from '../model/results.ts';

const text = (longest: number) => z.string().max(longest);
const identifier = text(200).regex(/^[^\p{Cc}]*$/u, 'holds a control character');
const names = <T extends z.ZodType>(value: T) => z.record(identifier.regex(/^(?!constructor$)/, 'is a reserved name'), value);
const seconds = z.number().nonnegative();
const count = z.int().nonnegative();

const cell = z.strictObject({ workload: identifier, model: z.enum(concurrencyModels), runtime: identifier, params: identifier });

const measured = z
  .strictObject({
    status: z.literal('measured'),
    cell,
    round: count,
    values: names(z.array(z.number()).min(1).max(1000)),
    calibration: z.array(seconds).min(1).max(1000),
    units: z.number().positive(),
    ideal: seconds.nullable(),
    phases: z.strictObject({ total: seconds, startup: seconds, peers: seconds, measured: seconds }),
  })
  .refine((sample) => Object.values(sample.values).every((values) => values.length === sample.calibration.length), {
    message: 'metrics and calibration differ in length',
  });

const broken = z.strictObject({
  status: z.literal('broken'),
  cell,
  round: count,
  kind: z.enum(['wrong result', 'error', 'timeout', 'crash', 'protocol', 'fallback', 'refused']),
  message: text(4000),
  output: text(4000),
});

const runtime = z.strictObject({
  id: identifier,
  python: identifier,
  implementation: identifier,
  freeThreaded: z.boolean(),
  build: identifier,
  source: identifier,
  packages: names(identifier),
});

const machine = z.strictObject({
  runnerClass: identifier,
  os: identifier,
  kernel: identifier,
  arch: identifier,
  cpuModel: identifier,
  cpus: z.int().positive(),
  memoryBytes: z.int().positive(),
  peerPython: identifier,
});

const workload = z.strictObject({
  id: identifier,
  title: text(400),
  source: identifier,
  metrics: names(z.strictObject({ unit: z.enum(['s', 'B', 'ratio', 'count']), better: z.enum(['lower', 'higher']) })),
  gates: names(identifier),
  axes: names(names(z.union([z.number(), identifier]))).exactOptional(),
});

const warning = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('fewer rounds'), planned: count, done: count, budgetSeconds: seconds }),
  z.strictObject({ code: z.literal('interrupted'), planned: count, done: count }),
  z.strictObject({ code: z.literal('few processes'), subject: text(400), needed: count, actual: count }),
  z.strictObject({ code: z.literal('no baseline'), runtime: identifier, stored: z.boolean() }),
  z.strictObject({ code: z.literal('packages changed'), runtime: identifier, changes: text(4000) }),
  z.strictObject({ code: z.literal('baseline damaged'), file: text(400), line: count, reason: text(400) }),
  z.strictObject({ code: z.literal('other machine'), difference: text(400) }),
  z.strictObject({ code: z.literal('same-run interval'), runs: count }),
  z.strictObject({ code: z.literal('calibration moved'), runtime: identifier, ratio: z.number().positive() }),
]);

const document = z.strictObject({
  schema: z.literal(resultsSchema),
  kind: z.literal('results'),
  created: z.iso.datetime(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'is not a commit id')
    .nullable(),
  runId: identifier.min(1),
  seed: z.int(),
  machine,
  runtimes: z.array(runtime).max(1000),
  unavailable: z.array(z.strictObject({ requested: text(400), reason: text(2000) })).max(1000),
  workloads: z.array(workload).max(20_000),
  refused: z.array(z.strictObject({ id: identifier, phase: identifier, reason: text(4000), runtime: identifier })).max(20_000),
  leftOut: z
    .array(z.strictObject({ workload: identifier, model: z.enum(concurrencyModels), runtime: identifier, reason: text(2000) }))
    .max(200_000),
  samples: z.array(z.discriminatedUnion('status', [measured, broken])).max(500_000),
  warnings: z.array(warning).max(10_000),
  partial: z.boolean(),
});

/** A document that was read, or the one sentence that says why it was not. */
export type Decoded = { readonly ok: true; readonly results: Results } | { readonly ok: false; readonly reason: string };

/**
 * Reads one results document. Everything from outside passes here: shape, ranges, finite numbers, names that cannot
 * reach a prototype. Never throws.
 */
export function decodeResults(source: string): Decoded {
  const parsed = parseJson(source);
  if (!parsed.ok) return parsed;
  const version = versionOf(parsed.value);
  if (version !== null && version > resultsSchema) {
    return {
      ok: false,
      reason: `It has schema version ${version}; this program reads up to ${resultsSchema}. Update concurrency-regressions.`,
    };
  }
  const checked = document.safeParse(parsed.value);
  if (checked.success) return { ok: true, results: checked.data };
  return { ok: false, reason: `It is not a results document: ${firstIssue(checked.error)}.` };
}

/** One line of JSON. Numbers that are not finite cannot be written: they would read back as null. */
export function encodeResults(results: Results): string {
  return JSON.stringify(results, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`results hold a number that is not finite at "${key}"`);
    return value;
  });
}

function parseJson(source: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  // The schema would drop such a key in silence; a document that holds one was not written by this program.
  if (source.includes('"__proto__"')) return { ok: false, reason: 'It is not a results document: it holds the reserved name __proto__.' };
  try {
    return { ok: true, value: JSON.parse(source) };
  } catch (error) {
    return { ok: false, reason: `It is not JSON: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}.` };
  }
}

function versionOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return null;
  return typeof value.schema === 'number' ? value.schema : null;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unknown fault';
  const path = issue.path.map(String).join('.').slice(0, 200);
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
