import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { decodeResults, encodeResults } from '../baseline/codec.ts';
import { asideEnding, journalEnding, journalPathOf, readJournal } from '../baseline/journal-file.ts';
import { readResultsFile } from '../baseline/results-file.ts';
import { eventWarnings, measuredProcesses } from '../judge/machine-warnings.ts';
import type { Journal } from '../model/journal.ts';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';
import { journaledResults } from '../plan/journaled-results.ts';

/** The results file that a path stands for: a journal stands for the file that it would have become. */
export function resultsPathFor(path: string): string {
  return path.endsWith(journalEnding) ? path.slice(0, -journalEnding.length) : path;
}

/**
 * Reads what a run measured: its results file, or the journal of one that was killed, as partial results. Where both are
 * there and are not of one run, the later one is taken, with a warning.
 *
 * @param path of a results file, which need not be there where its journal is, or of a journal that was put aside
 * @throws UserError for what cannot be read
 */
export async function readRun(path: string): Promise<Results> {
  if (path.endsWith(asideEnding)) return (await killedRun(path)) ?? readResultsFile(path);
  const killed = await killedRun(journalPathOf(path));
  if (killed === null) return readResultsFile(path);
  if (!existsSync(path)) return killed;
  const written = await readResultsFile(path);
  // The journal of a run is removed once its results are in place: what is left of it then is in them.
  if (written.runId === killed.runId && written.created === killed.created) return written;
  const taken = Date.parse(killed.created) > Date.parse(written.created) ? 'journal' : 'results';
  return withWarnings(taken === 'journal' ? killed : written, [{ code: 'two runs', file: basename(path), taken }]);
}

async function killedRun(path: string): Promise<Results | null> {
  const journal = await readJournal(path);
  return journal === null ? null : checked(journal, path);
}

/** Lines that are each as they should be can still contradict each other; a results file never does. */
function checked(journal: Journal, path: string): Results {
  try {
    const results = journaledResults(journal);
    const { samples, comparison } = results;
    // What the orderly end of a run finds in its samples is found here.
    const events = eventWarnings(measuredProcesses(samples, comparison?.pairs ?? { kind: 'not needed' }));
    const decoded = decodeResults(encodeResults(withWarnings(results, events)));
    if (decoded.ok) return decoded.results;
    throw new Error(decoded.reason);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path} cannot be read: ${reason}.`, 'Remove it; nothing was reported.');
  }
}

function withWarnings(results: Results, more: readonly Warning[]): Results {
  return { ...results, warnings: [...results.warnings, ...more] };
}
