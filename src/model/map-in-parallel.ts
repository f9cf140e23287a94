/** How the items are worked on. */
export interface Parallelism {
  /** How many items are worked on at the same time, >= 1. */
  readonly atOnce: number;
}

/**
 * Applies `work` to every item, at most `atOnce` at a time, and returns the results in the order of the items.
 * After a rejection nothing more is started; the first one is thrown when the items already started have ended, so that
 * nothing outlives the call.
 */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
  { atOnce }: Parallelism,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
}
