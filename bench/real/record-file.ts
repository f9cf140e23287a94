import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src/model/user-error.ts';

const seconds = z.number().positive();
const processSchema = z.object({ values: z.array(seconds).min(1), loop: z.array(seconds).min(1) });

const runtimeSchema = z.object({
  id: z.string(),
  python: z.string(),
  implementation: z.string(),
  freeThreaded: z.boolean(),
  build: z.string(),
  source: z.string(),
  packages: z.record(z.string(), z.string()),
});

const machineSchema = z.object({
  runnerClass: z.string(),
  os: z.string(),
  kernel: z.string(),
  arch: z.string(),
  cpuModel: z.string(),
  cpus: z.number(),
  memoryBytes: z.number(),
  peerPython: z.string(),
});

const recipeSchema = z.object({
  line: z.literal('recipe'),
  /** Digest of everything that decides what a process measures: see `recipeDigest`. */
  digest: z.string(),
  seed: z.number(),
  runtime: runtimeSchema,
  machine: machineSchema,
  values: z.number(),
  warmups: z.number(),
});

const sittingSchema = z.object({ line: z.literal('sitting'), at: z.string(), load: z.number() });

const plantingSchema = z.object({
  line: z.literal('planting'),
  cell: z.string(),
  /** Id of the metric that judges the cell. */
  metric: z.string(),
  units: z.number(),
  secondsPerUnit: seconds,
  loopSeconds: seconds,
  /** Thousandths of a turn a unit, before and after the correction. */
  firstAmount: z.number(),
  amount: z.number(),
  /** ln(slowed) - ln(base) of the pairs that checked the first amount. */
  checked: z.array(z.number()),
});

const pairSchema = z.object({
  line: z.literal('pair'),
  cell: z.string(),
  kind: z.enum(['null', 'planted']),
  index: z.number(),
  first: z.enum(['base', 'head']),
  at: z.string(),
  seconds: z.number(),
  load: z.number(),
  steal: z.number(),
  /** Inner values of the gate metric and of the calibration loop around each, seconds. */
  base: processSchema,
  head: processSchema,
});

const brokenSchema = z.object({
  line: z.literal('broken'),
  cell: z.string(),
  kind: z.enum(['null', 'planted']),
  index: z.number(),
  at: z.string(),
  side: z.string(),
  message: z.string(),
});

const lineSchema = z.discriminatedUnion('line', [recipeSchema, sittingSchema, plantingSchema, pairSchema, brokenSchema]);

/** What was measured, where, and with what: the first line. */
export type RecipeLine = z.output<typeof recipeSchema>;
/** How much extra work a cell's planted pairs carry, and what it came from. */
export type PlantingLine = z.output<typeof plantingSchema>;
/** One pair. */
export type PairLine = z.output<typeof pairSchema>;
/** One process of a pair: inner values of the gate metric and of the loop, seconds. */
export type RecordedProcess = z.output<typeof processSchema>;
/** Any line of a record. */
export type RecordLine = z.output<typeof lineSchema>;

/** A record as far as it was written. */
export interface PairRecord {
  readonly recipe: RecipeLine | null;
  readonly sittings: readonly z.output<typeof sittingSchema>[];
  readonly plantings: readonly PlantingLine[];
  readonly pairs: readonly PairLine[];
  readonly broken: readonly z.output<typeof brokenSchema>[];
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
}

/** Reads a record; an empty one where there is no file. */
export function readRecord(path: string): PairRecord {
  return parseRecord(existsSync(path) ? readFileSync(path, 'utf8') : '', path);
}

/**
 * The record in a text. A last line without an end was cut off when the recorder was stopped: it is left out.
 *
 * @throws UserError for any other line that is none of a record, by file and number
 */
export function parseRecord(text: string, path: string): PairRecord {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole
    .split('\n')
    .slice(0, -1)
    .map((line, index) => parseLine(line, `${path}, line ${index + 1}`));
  const [first] = lines;
  if (first !== undefined && first.line !== 'recipe') throw damaged(`${path}, line 1`);
  return {
    recipe: first ?? null,
    sittings: lines.filter(({ line }) => line === 'sitting') as PairRecord['sittings'],
    plantings: lines.filter(({ line }) => line === 'planting') as PairRecord['plantings'],
    pairs: lines.filter(({ line }) => line === 'pair') as PairRecord['pairs'],
    broken: lines.filter(({ line }) => line === 'broken') as PairRecord['broken'],
    wholeBytes: Buffer.byteLength(whole),
  };
}

function parseLine(line: string, place: string): RecordLine {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    throw damaged(place);
  }
}

function damaged(place: string): UserError {
  return new UserError(`${place} is no line of a record.`, 'Restore the file, or move it away to record anew.');
}

/** Cuts off what is left of a last line that was not finished. */
export function dropUnfinished(path: string, { wholeBytes }: PairRecord): void {
  if (existsSync(path)) truncateSync(path, wholeBytes);
}

/** Adds one line. Numbers keep six digits: far more than a timing holds. */
export function appendLine(path: string, line: RecordLine): void {
  mkdirSync(dirname(path), { recursive: true });
  const short = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  appendFileSync(path, `${JSON.stringify(line, short)}\n`);
}
