import { readJournal, setAside } from '../baseline/journal-file.ts';
import { bootId, lifeOf } from '../measure/program-process.ts';
import type { Journal, ProgramProcess } from '../model/journal.ts';
import { UserError } from '../model/user-error.ts';
import { entriesOf } from '../plan/journaled-results.ts';
import type { Progress } from '../terminal/progress.ts';

/** Seconds after which a machine is taken for another one: what else it does may have changed by then. */
export const longestPauseSeconds = 3600;

/** What a journal is held against. */
export interface JournalQuery {
  /** Absolute path. */
  readonly path: string;
  /** Digest of what is to be measured now; null where it has none. */
  readonly plan: string | null;
  readonly progress: Progress;
}

/**
 * The journal of a run that was killed and that may go on: one of this very plan, on this boot of the machine, within an
 * hour. Any other one is put out of the way, and what was found is said.
 *
 * @throws UserError where a process writes it that is alive
 */
export async function leftJournal({ path, plan, progress }: JournalQuery): Promise<Journal | null> {
  const journal = await readLeft(path, progress);
  if (journal === null) return null;
  const opened = entriesOf(journal.entries, 'opened').at(-1)?.by ?? null;
  if (opened !== null && lifeOf(opened) === 'alive') {
    const remedy = 'Wait for it to end, give this run other "results", or remove the journal if that process is another program.';
    throw new UserError(`Process ${opened.pid} measures into ${path}.`, remedy);
  }
  const pause = Date.now() / 1000 - journal.writtenAt;
  const why = whyOther(journal, { plan, pause, opened });
  const found = `${processesOf(journal)} of a run that was killed ${minutesText(pause)} ago`;
  if (why === null) {
    progress.note(`Going on with ${found}; remove ${path} to start anew`);
    return journal;
  }
  const aside = await setAside(path);
  progress.note(`Not going on with ${found}: ${why}. What it measured is in ${aside}, which "report" reads`);
  return null;
}

/** A journal that cannot be read costs itself, not the run. */
async function readLeft(path: string, progress: Progress): Promise<Journal | null> {
  try {
    return await readJournal(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    progress.note(`${error.message} It is kept as ${await setAside(path)}`);
    return null;
  }
}

interface Found {
  readonly plan: string | null;
  readonly pause: number;
  /** The process that wrote last; null where no line says it. */
  readonly opened: ProgramProcess | null;
}

/** Why what is in a journal must not be mixed with what is measured now; null where it may be. */
function whyOther({ header, repeated }: Journal, { plan, pause, opened }: Found): string | null {
  if (header.plan === null || plan === null) return 'its code cannot be named, as it is in no git checkout';
  if (header.plan !== plan) return 'its code, options, interpreters or machine differ from what is to be measured now';
  if (bootId() === null) return 'this system does not say whether it was started again since';
  if (opened?.boot !== bootId()) return 'the machine was started again since';
  // Its lock was silent for long enough to be taken over, but a container that is paused is as silent.
  if (lifeOf(opened) === 'unknown') return 'it is of another container, and whether its process has ended cannot be told from here';
  if (repeated > 0) return 'two processes wrote it at a time';
  return pause > longestPauseSeconds ? 'too much may have changed on the machine since' : null;
}

function processesOf({ entries }: Journal): string {
  const pairs = entriesOf(entries, 'pair').reduce((sum, { samples }) => sum + samples.length, 0);
  const count = entriesOf(entries, 'sample').length + pairs;
  return `${count} ${count === 1 ? 'process' : 'processes'}`;
}

function minutesText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes === 0 ? `${Math.max(0, Math.round(seconds))} s` : `${minutes} min`;
}
