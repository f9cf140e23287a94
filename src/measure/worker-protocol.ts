import { z } from 'zod';
import { harmlessPhrase } from './output-tail.ts';

/** Version of the worker protocol this program understands; a worker that speaks another one is refused. */
export const protocolVersion = 1;

/** Longest protocol line in bytes, without its newline: far above an honest line, far below what floods memory. */
export const lineLimitBytes = 64 * 1024;

const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, 'holds a control character')
  .refine((text) => !(text in Object.prototype), 'is a name of the object prototype');
const seconds = z.number().nonnegative();
const text = z.string();
const index = z.int().nonnegative();

/** A record as a Map: a worker chooses the keys, and a Map has no prototype to reach. */
const mapOf = <V extends z.ZodType>(value: V) =>
  z
    .custom<object>((input) => typeof input === 'object' && input !== null && !Array.isArray(input), 'expected an object')
    .transform((input) => new Map(Object.entries(input)))
    .pipe(z.map(name, value));

const startLine = z.object({
  event: z.literal('start'),
  v: z.literal(protocolVersion),
  workload: text,
  model: text,
  python: text,
  free_threaded: z.boolean(),
});

const warmupLine = z.object({ event: z.literal('warmup'), index, seconds });

const valueLine = z.object({
  event: z.literal('value'),
  index,
  units: z.number().positive(),
  ideal: seconds.nullable(),
  seconds,
  metrics: mapOf(z.number()),
  calibration: z.number().positive(),
  loop: text.nullable(),
  verified: z.boolean(),
});

const errorLine = z.object({
  event: z.literal('error'),
  phase: z.enum(['import', 'contract', 'setup', 'run', 'verify', 'teardown', 'fallback']),
  type: text,
  message: text,
  where: text.nullable(),
  trace: text,
});

const endLine = z.object({ event: z.literal('end'), seconds: z.object({ peers: seconds, values: seconds }) });

const modelLine = z.discriminatedUnion('supported', [
  z.object({ supported: z.literal(true), origin: z.enum(['written', 'derived']), gate: name }),
  z.object({ supported: z.literal(false), reason: text.transform((reason) => harmlessPhrase(reason, 500)) }),
]);

/** A value of an axis that is a word: short, and nothing that a file of results would refuse. */
const word = text
  .min(1)
  .max(90)
  .regex(/^[^\p{Cc}]*$/u, 'holds a control character')
  .regex(/^[^*?]*$/, 'holds * or ?, which stand for any text in patterns of cells');

/** The values of one axis: numbers make a curve, texts make rows. */
const axisLine = z.union([z.array(z.number()).min(1), z.array(word).min(1)]);

const workloadLine = z.object({
  event: z.literal('workload'),
  v: z.literal(protocolVersion),
  id: text,
  title: text,
  source: z.string().regex(/^[0-9a-f]{1,64}$/, 'is no digest'),
  models: mapOf(modelLine),
  metrics: mapOf(z.object({ unit: z.enum(['s', 'B', 'ratio', 'count']), better: z.enum(['lower', 'higher']) })),
  core: z.array(text).nullable().default(null),
  params: mapOf(z.unknown()).prefault({}),
  model_params: mapOf(mapOf(z.unknown())).prefault({}),
  scale: mapOf(axisLine)
    .refine(
      (axes) => [...axes.keys()].every((axis) => !/[*?]/.test(axis)),
      'has an axis with * or ? in its name, which stand for any text in patterns of cells',
    )
    .prefault({}),
  scale_models: mapOf(z.array(text)).prefault({}),
});

/** What every line has; `v` is on the first one only. */
const envelopeOf = z.object({ event: text, v: z.unknown().optional() });

const lines = { start: startLine, warmup: warmupLine, value: valueLine, error: errorLine, end: endLine, workload: workloadLine };

/** First line of a run: sent after the workload was imported. */
export type StartEvent = z.infer<typeof startLine>;
/** One unmeasured value. `seconds` is its wall time. */
export type WarmupEvent = z.infer<typeof warmupLine>;
/** One measured value: figures by metric id in base units, `calibration` in seconds, `ideal` in seconds or null. */
export type ValueEvent = z.infer<typeof valueLine>;
/** Why the worker gave up; its last line. */
export type ErrorEvent = z.infer<typeof errorLine>;
/** Last line of a worker that finished: how its seconds were spent. */
export type EndEvent = z.infer<typeof endLine>;
/** The only line but `end` of a worker that was asked to describe a workload. */
export type WorkloadEvent = z.infer<typeof workloadLine>;
/** One line of the protocol. */
export type WorkerEvent = StartEvent | WarmupEvent | ValueEvent | ErrorEvent | EndEvent | WorkloadEvent;

/** What one line turned out to be. `ignored` is an event of a later protocol revision; `fault` ends the process. */
export type ParsedLine =
  | { readonly kind: 'event'; readonly event: WorkerEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'fault'; readonly reason: string };

const fault = (reason: string): ParsedLine => ({ kind: 'fault', reason });

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isLineName(event: string): event is keyof typeof lines {
  return Object.hasOwn(lines, event);
}

/** The first thing wrong with a line, in words: "metrics.wall_per_unit: Invalid input: expected number, received string". */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'unreadable';
  return `${issue.path.map(String).join('.')}: ${issue.message}`;
}

/**
 * Reads one line of the worker protocol. Never throws: what is malformed, not finite, of an unknown version or longer
 * than `lineLimitBytes` is a fault. Unknown events and unknown fields are ignored, so that a worker may say more.
 */
export function parseWorkerLine(line: string): ParsedLine {
  if (Buffer.byteLength(line) > lineLimitBytes) return fault(`a line is longer than ${lineLimitBytes} bytes`);
  const json = parseJson(line);
  const envelope = envelopeOf.safeParse(json);
  if (!envelope.success) return fault('a line is not a JSON object with an event');
  const { event, v } = envelope.data;
  if (v !== undefined && v !== protocolVersion) {
    return fault(`the worker speaks protocol version ${String(JSON.stringify(v)).slice(0, 20)}, this program version ${protocolVersion}`);
  }
  if (!isLineName(event)) return { kind: 'ignored' };
  const parsed = lines[event].safeParse(json);
  return parsed.success ? { kind: 'event', event: parsed.data } : fault(`in its ${event} line ${firstIssue(parsed.error)}`);
}
