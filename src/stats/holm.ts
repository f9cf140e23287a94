/**
 * Holm's adjusted p-values (Scandinavian Journal of Statistics 6, 1979), in the order given: rejecting where the
 * adjusted value is at most alpha keeps the chance of any false rejection at alpha, whatever the dependence. Each p in [0, 1].
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`a p-value lies in [0, 1], got ${wrong}`);
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
