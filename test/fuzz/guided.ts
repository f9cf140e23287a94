import { seededRandom } from '../../src/stats/random.ts';
import { Coverage } from './coverage.ts';
import { mutationOf } from './mutation.ts';

/** What the trying of one format came to. */
export interface GuidedOutcome {
  /** Every document that did harm, and which. */
  readonly harms: readonly string[];
  /** Documents of the batches that reached something new, and were changed further. */
  readonly kept: number;
  /** Parts of the source that were reached. */
  readonly reached: number;
}

/** How a format is tried. */
export interface GuidedFuzz {
  readonly seeds: readonly Buffer[];
  readonly count: number;
  readonly seed: string;
  /** Reads one document; what it did that it must not do, or null. */
  readonly harmOf: (bytes: Buffer) => Promise<string | null>;
}

/** Documents between two looks at what was reached: a look costs as much as reading several. */
const batchSize = 10;

/**
 * Reads `count` damaged documents. A batch that reaches a part of the source that none before it did is kept, and damaged
 * again later: so damage gets past a first check to those behind it.
 */
export async function guidedFuzz({ seeds, count, seed, harmOf }: GuidedFuzz): Promise<GuidedOutcome> {
  await using coverage = await Coverage.start();
  const pool = [...seeds];
  for (const bytes of seeds) await harmOf(bytes);
  await coverage.added();
  const harms: string[] = [];
  let batch: Buffer[] = [];
  for (let at = 0; at < count; at++) {
    const random = seededRandom(`${seed} parent ${at}`);
    const parent = pool[Math.floor(random() * pool.length)] ?? Buffer.alloc(0);
    const { name, bytes } = mutationOf({ bytes: parent, lines: parent.toString('utf8').trimEnd().split('\n') }, at, seed);
    const harm = await harmOf(bytes);
    if (harm !== null) harms.push(`${name}: ${harm}`);
    batch.push(bytes);
    if (batch.length < batchSize) continue;
    if ((await coverage.added()) > 0) pool.push(...batch);
    batch = [];
  }
  return { harms, kept: pool.length - seeds.length, reached: coverage.reached };
}
