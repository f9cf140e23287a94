/**
 * Whether a whole name fits a pattern, in which `*` stands for any characters and `?` for one. By going back to the
 * last star only, so that the time is bounded by the product of the two lengths: patterns come from pull requests.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  let [at, inName, star, tried] = [0, 0, -1, 0];
  while (inName < name.length) {
    if (pattern[at] === '*') {
      [star, tried] = [at, inName];
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === name[inName]) {
      at += 1;
      inName += 1;
    } else if (star >= 0) {
      tried += 1;
      [at, inName] = [star + 1, tried];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
