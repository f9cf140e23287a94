import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { OverrideRecord } from '../model/override.ts';

/** Most bytes that a record is unpacked to: some 10,000 cells. */
const mostBytes = 1024 * 1024;

const time = z.iso.datetime();
const record = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  reportedAt: time,
  listed: z.array(z.object({ at: time, cells: z.array(z.string().min(1).max(500)).min(1) })).max(1000),
});

// On the second line, below the marker: what a workload or a branch is called can stand further down only.
const pattern = /^[^\n]*\n<!-- concurrency-regressions record=([A-Za-z0-9+/=]{1,60000}) -->(?:\r?\n|$)/;

/** The record that a comment of ours carries; null where there is none, or one that we did not write like this. */
export function readRecord(body: string): OverrideRecord | null {
  const packed = pattern.exec(body)?.[1];
  if (packed === undefined) return null;
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
 * is no room for all cells, those that were listed last are left out.
 *
 * @param limit most characters of the whole
 */
export function withRecord(body: string, kept: OverrideRecord, limit: number): RecordedBody {
  const all = kept.listed.reduce((sum, { cells }) => sum + cells.length, 0);
  const fits = (cells: number) => body.length + recordLine(firstCells(kept, cells)).length <= limit;
  const cells = mostThatFits(all, fits);
  if (cells === null) return { body, omitted: all };
  const end = body.indexOf('\n') + 1 || body.length;
  return { body: `${body.slice(0, end)}${recordLine(firstCells(kept, cells))}${body.slice(end)}`, omitted: all - cells };
}

function recordLine(kept: OverrideRecord): string {
  return `<!-- concurrency-regressions record=${deflateRawSync(JSON.stringify(kept), { level: 9 }).toString('base64')} -->\n`;
}

function firstCells({ listed, ...head }: OverrideRecord, count: number): OverrideRecord {
  let left = count;
  const cut = listed.map(({ at, cells }) => {
    const some = cells.slice(0, Math.max(0, left));
    left -= cells.length;
    return { at, cells: some };
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
