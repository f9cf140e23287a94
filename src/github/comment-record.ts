import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { OverrideRecord } from '../model/override.ts';

/** Most bytes that a record is unpacked to: some 10,000 cells. */
const mostBytes = 1024 * 1024;

/** Most characters of a packed record. */
const mostPacked = 60_000;

/** Longest cell id, characters. */
const longestCell = 500;

/** Most reports that listed something, on one commit. */
const mostListings = 1000;

const time = z.iso.datetime();
const record = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  reportedAt: time,
  listed: z
    .array(
      z.object({ at: time, cells: z.array(z.string()).transform((cells) => cells.filter(isReadable)), fresh: z.boolean().default(false) }),
    )
    .max(mostListings)
    .transform((listed) => listed.filter(({ cells }) => cells.length > 0)),
});

// On the second line, below the marker: what a workload or a branch is called can stand further down only.
const pattern = /^[^\n]*\n<!-- concurrency-regressions record=([A-Za-z0-9+/=]+) -->(?:\r?\n|$)/;

/** The record that a comment of ours carries; null where there is none, or one that we did not write like this. */
export function readRecord(body: string): OverrideRecord | null {
  const packed = pattern.exec(body)?.[1];
  if (packed === undefined || packed.length > mostPacked) return null;
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes }).toString();
    return record.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A body with its record, and how many cells there was no room for. */
export interface RecordedBody {
  readonly body: string;
  readonly omitted: number;
}

/**
 * Puts the record below the first line of a body, packed as base64: nothing in it can end the hidden comment. Where there
 * is no room for all cells, those that were listed last are left out; so is a cell whose id could not be read back.
 *
 * @param limit most characters of the whole
 */
export function withRecord(body: string, kept: OverrideRecord, limit: number): RecordedBody {
  const readable = readableCells(kept);
  const [all, some] = [cellsIn(kept), cellsIn(readable)];
  const lineOf = (cells: number) => recordLine(firstCells(readable, cells));
  const cells = mostThatFits(some, (count) => body.length + (lineOf(count)?.length ?? Number.POSITIVE_INFINITY) <= limit);
  if (cells === null) return { body, omitted: all };
  const end = body.indexOf('\n') + 1 || body.length;
  return { body: `${body.slice(0, end)}${lineOf(cells) ?? ''}${body.slice(end)}`, omitted: all - cells };
}

/** Null where it is more than is read back. */
function recordLine(kept: OverrideRecord): string | null {
  const text = Buffer.from(JSON.stringify(kept));
  const packed = text.length > mostBytes ? null : deflateRawSync(text, { level: 9 }).toString('base64');
  return packed === null || packed.length > mostPacked ? null : `<!-- concurrency-regressions record=${packed} -->\n`;
}

function cellsIn({ listed }: OverrideRecord): number {
  return listed.reduce((sum, { cells }) => sum + cells.length, 0);
}

function isReadable({ length }: string): boolean {
  return length > 0 && length <= longestCell;
}

function readableCells({ listed, ...head }: OverrideRecord): OverrideRecord {
  const readable = listed.map((each) => ({ ...each, cells: each.cells.filter(isReadable) })).filter(({ cells }) => cells.length > 0);
  return { ...head, listed: readable.slice(0, mostListings) };
}

function firstCells({ listed, ...head }: OverrideRecord, count: number): OverrideRecord {
  let left = count;
  const cut = listed.map((each) => {
    const some = each.cells.slice(0, Math.max(0, left));
    left -= each.cells.length;
    return { ...each, cells: some };
  });
  return { ...head, listed: cut.filter(({ cells }) => cells.length > 0) };
}

/** By halving; null when not even nothing fits. */
function mostThatFits(all: number, fits: (count: number) => boolean): number | null {
  if (fits(all)) return all;
  if (!fits(0)) return null;
  let [low, high] = [0, all];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
