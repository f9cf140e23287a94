import { stripVTControlCharacters } from 'node:util';

/** Paths of this machine, longest first where one holds the other, and the words that stand for them. */
export type PlaceNames = readonly (readonly [path: string, word: string])[];

/**
 * The lines of a log without what differs from run to run and machine to machine: paths, ports, the random folders and
 * durations of act, its notes on where it read an action from, and what keeps commands in output from being carried out. What the steps printed stays, their figures included.
 */
export function cleanLog(lines: readonly string[], places: PlaceNames): readonly string[] {
  const noise =
    /LocalRepositoryCache (?:read|not matched)|Cleaning up container|Couldn't get a valid docker connection|⚙ {2}::(?:stop-commands::)?[\da-f]{8}-[\da-f-]{27}(?:::)?$/u;
  return lines.filter((line) => !noise.test(line)).map((line) => cleaned(line, places));
}

function cleaned(line: string, places: PlaceNames): string {
  const named = places.reduce((text, [path, word]) => text.replaceAll(path, word), stripVTControlCharacters(line));
  return named
    .replace(/(✅|❌)( {2}\w+ - .*) \[[\d.hmsµn]+\]$/u, '$1$2')
    .replace(/<cache>\/[0-9a-f]{16}\/hostexecutor/g, '<workspace>')
    .replace(/<cache>\/[0-9a-f]{16}/g, '<job>')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/([?&](?:sig|expires)=)[^&\s]+/g, '$1<signature>')
    .replace(/\(node:\d+\)/, '(node)')
    .trimEnd();
}
