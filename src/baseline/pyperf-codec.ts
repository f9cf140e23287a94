import { firstIssue, parseObject } from './json-text.ts';
import { isPyperf, type PyperfSuite, pyperfSuite, pyperfVersion } from './pyperf-schema.ts';

/** A file of pyperf, or the one sentence that says why it cannot be read. */
export type DecodedPyperf = { readonly ok: true; readonly suite: PyperfSuite } | { readonly ok: false; readonly reason: string };

/** Reads a file of pyperf by its content; null for what is none, whatever it is. Never throws. */
export function decodePyperf(source: string): DecodedPyperf | null {
  if (!source.includes('"benchmarks"')) return null;
  const parsed = parseObject(source, 'a pyperf file');
  if (!parsed.ok) return /"version"\s*:/.test(source) ? parsed : null;
  if (!isPyperf(parsed.value)) return null;
  const { version } = parsed.value;
  if (version !== pyperfVersion) {
    return { ok: false, reason: `It has pyperf's file format ${String(version).slice(0, 20)}, and only ${pyperfVersion} is read.` };
  }
  const checked = pyperfSuite.safeParse(parsed.value);
  if (checked.success) return { ok: true, suite: checked.data };
  return { ok: false, reason: `It is not a pyperf file: ${firstIssue(checked.error)}.` };
}
