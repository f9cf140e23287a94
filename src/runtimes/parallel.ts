/** How many children run at once: hosted runners have two to four cores, and each child keeps about one of them busy. */
export const AT_ONCE = 2;

/**
 * Applies `work` to every item, at most `AT_ONCE` at a time, and returns the results in the order of the items.
 * The first rejection is thrown after the items already started have ended, so that no child outlives the call.
 */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
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
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
}
