/** How long what an index may answer anew is taken as it is, in seconds: releases come by the week. */
export const SHELF_LIFE = 24 * 3600;
/** How long after an index could not be reached, in seconds: each attempt costs a machine without a network its retries. */
export const RETRY_AFTER = 3600;

/** Whether an answer has to be asked for anew. A time further ahead than any that is written is of a wrong clock. */
export function isExpired(freshUntil: number, now: number): boolean {
  return now >= freshUntil || freshUntil - now > SHELF_LIFE;
}
