import { cellId } from '../model/cell.ts';
import type { JournalEntry } from '../model/journal.ts';

/**
 * The lines of a journal without those that say again what an earlier one says: a process is run once, so a second line of
 * it is of another process of this program, or made up. A series that begins under another plan has its pairs anew.
 */
export function withoutRepeats(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const seen = new Set<string>();
  const begun = new Map<number, { readonly plan: string; readonly times: number }>();
  return entries.filter((entry) => {
    if (entry.kind === 'series') {
      const { plan, times } = begun.get(entry.series) ?? { plan: null, times: 0 };
      if (plan !== entry.plan) begun.set(entry.series, { plan: entry.plan, times: times + 1 });
    }
    const key = keyOf(entry, entry.kind === 'pair' ? (begun.get(entry.series)?.times ?? 0) : 0);
    if (key === null) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** What may be in a journal once only; null for a line that may come again. */
function keyOf(entry: JournalEntry, begun: number): string | null {
  if (entry.kind === 'sample') return `sample ${entry.sample.round} ${cellId(entry.sample.cell)}`;
  return entry.kind === 'pair' ? `pair ${begun} ${entry.series} ${entry.round} ${entry.suspect}` : null;
}
