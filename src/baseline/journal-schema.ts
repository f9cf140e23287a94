import { z } from 'zod';
import type { JournalEntry, JournalHeader } from '../model/journal.ts';
import { journalSchema } from '../model/journal.ts';
import { comparisonDocument, comparisonOf } from './comparison-document.ts';
import { comparison } from './comparison-schema.ts';
import { cell } from './context-schema.ts';
import { firstIssue, parseObject, type Read } from './json-text.ts';
import { documentOf, resultsDocument, resultsOf } from './results-schema.ts';
import { brokenSample, measuredSample } from './sample-schema.ts';
import { count, place, seconds } from './schema-scalars.ts';
import { warning } from './warning-schema.ts';

const what = 'a line of a journal';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256');
const sample = z.discriminatedUnion('status', [measuredSample, brokenSample]);
const suspect = z.string().max(1000);
const series = count.max(1000);
const name = z.string().max(100).nullable();
const process = z.strictObject({ boot: name, namespace: name, pid: place, started: count });

const header = z.strictObject({
  kind: z.literal('journal'),
  schema: z.literal(journalSchema),
  plan: digest.nullable(),
  rounds: place.max(100_000),
  cells: z.array(cell).max(200_000),
  results: resultsDocument,
});

const entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), by: process }),
  z.strictObject({ kind: z.literal('sample'), sample }),
  z.strictObject({ kind: z.literal('warning'), warning }),
  z.strictObject({ kind: z.literal('comparison'), comparison }),
  z.strictObject({ kind: z.literal('series'), series, plan: digest, comparison }),
  z.strictObject({ kind: z.literal('choice'), series, suspects: z.array(suspect).max(20_000) }),
  z.strictObject({
    ...{ kind: z.literal('pair'), series, suspect, round: count, seconds },
    samples: z
      .array(z.strictObject({ side: z.enum(['base', 'head']), sample }))
      .min(1)
      .max(2)
      .refine(isPair, { message: 'are no pair' }),
  }),
  z.strictObject({ kind: z.literal('look'), series, looks: count.max(100) }),
]);

/** Both sides once, or one that broke before the other was run. */
function isPair(samples: readonly { readonly side: string; readonly sample: { readonly status: string } }[]): boolean {
  const isBroken = samples.some(({ sample: { status } }) => status === 'broken');
  return samples.length === 1 ? isBroken : samples[0]?.side !== samples[1]?.side;
}

/** The first line of a journal as JSON can hold it. */
export function headerDocument({ results, ...rest }: JournalHeader): z.infer<typeof header> {
  return header.parse({ kind: 'journal', schema: journalSchema, ...rest, results: documentOf(results) });
}

/** Any other line as JSON can hold it. */
export function entryDocument(each: JournalEntry): z.infer<typeof entry> {
  return entry.parse('comparison' in each ? { ...each, comparison: comparisonDocument(each.comparison) } : each);
}

/** Reads the first line. Everything from outside passes here; never throws. */
export function readHeader(object: string): Read<JournalHeader> {
  const read = checked(object, header);
  if (!read.ok) return read;
  const { kind: _kind, schema: _schema, results, ...rest } = read.value;
  return { ok: true, value: { ...rest, results: resultsOf(results) } };
}

/** Reads any other line; never throws. */
export function readEntry(object: string): Read<JournalEntry> {
  const read = checked(object, entry);
  if (!read.ok) return read;
  const { value } = read;
  return { ok: true, value: 'comparison' in value ? { ...value, comparison: comparisonOf(value.comparison) } : value };
}

function checked<T>(object: string, schema: z.ZodType<T>): Read<T> {
  const parsed = parseObject(object, what);
  if (!parsed.ok) return parsed;
  const result = schema.safeParse(parsed.value);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: `It is not ${what}: ${firstIssue(result.error)}.` };
}
