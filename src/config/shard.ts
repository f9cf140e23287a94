import { z } from 'zod';
import type { Shard } from '../model/shard.ts';

const message = 'is no shard of a plan; pass on "matrix.shard" of the job as it is';
const python = z.string().min(1).max(400);

const shard = z
  .strictObject({
    run: z.string().min(1).max(200),
    index: z.int().min(1).max(256),
    pythons: z
      .array(z.tuple([python, z.int().min(1).max(256)]))
      .min(1)
      .max(256),
    workloads: z.array(z.string().min(1).max(200)).min(1).max(20_000),
    size: z.int().min(1).max(1_000_000),
  })
  .refine(({ index, pythons }) => index <= pythons.reduce((sum, [, shards]) => sum + shards, 0), 'lies outside its plan');

/** The input `shard`: one entry of a plan, as JSON text. */
export const shardInput = z.string(message).transform((text, context): Shard => {
  const read = shard.safeParse(parsed(text));
  if (read.success) return read.data;
  context.addIssue(message);
  return z.NEVER;
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
