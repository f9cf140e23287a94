import leven from 'leven';

/** A word may be misspelt by one letter in three, and a short one by one. */
const lettersPerMistake = 3;

/** The known word that a misspelt one most likely stands for, or null where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const begun = known.filter((each) => word.length > 1 && each.startsWith(word));
  if (begun.length === 1) return begun[0] ?? null;
  const most = Math.max(1, Math.floor(word.length / lettersPerMistake));
  const near = known.map((each) => ({ each, distance: leven(word, each) })).toSorted((one, other) => one.distance - other.distance);
  const [best] = near;
  return best !== undefined && best.distance <= most ? best.each : null;
}
