import { z } from 'zod';
import { mostShards, type PlannedShard, shardCount } from '../model/shard.ts';

const message = 'is no shard of a plan; pass on "matrix.shard" of the job as it is';
/** Text in one line: it comes back in messages and results. */
const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u);

const shard = z
  .strictObject({
    run: line(200),
    index: z.int().min(1).max(256),
    pythons: z
      .array(z.tuple([line(400), z.int().min(1).max(256)]))
      .min(1)
      .max(256),
    workloads: z.array(line(200)).min(1).max(20_000),
    cells: z.int().min(1),
    unavailable: z
      .array(z.strictObject({ requested: z.string().min(1).max(400), reason: z.string().min(1).max(20_000) }))
      .max(1000)
      .exactOptional(),
  })
  .refine((given) => given.index <= shardCount(given), 'lies outside its plan')
  .refine((given) => shardCount(given) <= mostShards, 'is of a plan with more shards than a workflow has jobs');

/** The input `shard`: one entry of a plan, as JSON text. */
export const shardInput = z.string(message).transform((text, context): PlannedShard => {
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
