import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/render/display-width.ts';

/** What Python's copy of the Unicode tables says: wide and full-width characters and those that stand on another, as ranges of code points. */
const script = `
import json, unicodedata
def width(c):
    if unicodedata.category(c) in ('Mn', 'Me'): return 0
    return 2 if unicodedata.east_asian_width(c) in 'WF' else 1
print(json.dumps([[p, width(chr(p))] for p in range(0x20, 0x2fffe) if unicodedata.category(chr(p)) not in ('Cn', 'Cc', 'Cs', 'Cf', 'Co')]))
`;

describe('the width of characters', () => {
  const known: readonly (readonly [number, number])[] = JSON.parse(
    execFileSync('python3', ['-c', script], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
  );

  /** Otherwise from Unicode 16 on: Pythons differ. */
  const changed = (point: number) =>
    point === 0x1171e ||
    (point >= 0x4dc0 && point <= 0x4dff) ||
    (point >= 0x2630 && point <= 0x2637) ||
    (point >= 0x268a && point <= 0x268f);

  it('is that of the Unicode tables for every character that is assigned', () => {
    const different = known.filter(([point, width]) => !changed(point) && displayWidth(String.fromCodePoint(point)) !== width);
    expect(known.length).toBeGreaterThan(100_000);
    expect(different.map(([point, width]) => `${point.toString(16)}: ${width}`)).toEqual([]);
  });
});
