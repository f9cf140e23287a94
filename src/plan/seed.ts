/**
 * The seed of a schedule: the given one, else the first 32 bits of the commit, so that one commit is always measured in
 * one order and nobody can pick a lucky one.
 *
 * @param commit 40 hex digits, or null outside a checkout
 * @param fallback a number drawn by the caller for that case
 */
export function scheduleSeed(given: number | undefined, commit: string | null, fallback: number): number {
  if (given !== undefined) return given;
  return commit === null ? fallback : Number.parseInt(commit.slice(0, 8), 16);
}
