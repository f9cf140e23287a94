import type { Results } from '../model/results.ts';
import { firstIssue, jsonLine, parseAnyObject, reservedName } from './json-text.ts';
import { migrated, newerVersion } from './migrations.ts';
import { checkedQuickly, documentOf, resultsDocument, resultsOf } from './results-schema.ts';

/** A document that was read, or the one sentence that says why it was not. */
export type Decoded = { readonly ok: true; readonly results: Results } | { readonly ok: false; readonly reason: string };

const what = 'a results document';

/**
 * Reads one results document of this version or an older one. Everything from outside passes here: shape, ranges, finite
 * numbers, names that cannot reach a prototype. Never throws.
 */
export function decodeResults(source: string): Decoded {
  const parsed = parseAnyObject(source, what);
  if (!parsed.ok) return parsed;
  const reason = newerVersion(parsed.value);
  if (reason !== null) return { ok: false, reason };
  const document = migrated(parsed.value);
  const quick = checkedQuickly(document);
  if (quick !== null) return { ok: true, results: resultsOf(quick) };
  const reserved = reservedName(source, what);
  if (reserved !== null) return { ok: false, reason: reserved };
  const checked = resultsDocument.safeParse(document);
  if (checked.success) return { ok: true, results: resultsOf(checked.data) };
  return { ok: false, reason: `It is not ${what}: ${firstIssue(checked.error)}.` };
}

/**
 * One line of JSON, the same for equal results: the schema sets the order of the keys.
 *
 * @throws Error for what could not be read again, such as a number that is not finite
 */
export function encodeResults(results: Results): string {
  const checked = resultsDocument.safeParse(documentOf(results));
  if (!checked.success) throw new Error(`these results cannot be written: ${firstIssue(checked.error)}`);
  return jsonLine(checked.data);
}
