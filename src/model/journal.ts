import type { Cell } from './cell.ts';
import type { Comparison, Results } from './results.ts';
import type { Sample } from './sample.ts';
import type { SideName } from './sample-pair.ts';
import type { Warning } from './warning.ts';

/** Version of the journal that this program writes. */
export const journalSchema = 1;

/** A process of this program: ids come again, and the time of its start tells two of one id apart. */
export interface ProgramProcess {
  /** Id of the boot of the machine, or null where the system names none. */
  readonly boot: string | null;
  /** The namespace in which its id means something, as of a container; null where the system has none. */
  readonly namespace: string | null;
  readonly pid: number;
  /** Kernel clock ticks between boot and its start; 0 where the system does not say. */
  readonly started: number;
}

/** What a run set out to do: the first line of its journal. */
export interface JournalHeader {
  /** Digest of everything that a sample depends on; null for a run that cannot be recognised again. */
  readonly plan: string | null;
  /** Rounds that were planned. */
  readonly rounds: number;
  /** Planned cells of a round. */
  readonly cells: readonly Cell[];
  /** The results before the first sample. */
  readonly results: Results;
}

/** What was added to a journal while a run went on, each in one write. */
export type JournalEntry =
  /** A process began to write, or went on with what another one had begun. */
  | { readonly kind: 'opened'; readonly by: ProgramProcess }
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'warning'; readonly warning: Warning }
  /** What the run is compared with, without a pair. */
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  /**
   * A series of pairs begins; `comparison` names every series so far, without a pair. One that comes again under another
   * digest takes the place of what was written of it before.
   */
  | { readonly kind: 'series'; readonly series: number; readonly plan: string; readonly comparison: Comparison }
  /** Which suspects the time was found to be enough for. */
  | { readonly kind: 'choice'; readonly series: number; readonly suspects: readonly string[] }
  | ({ readonly kind: 'pair' } & JournaledPair)
  /** So many looks were taken. */
  | { readonly kind: 'look'; readonly series: number; readonly looks: number };

/** The processes of one pair in the order in which they ran; one alone where it broke. */
export interface JournaledPair {
  readonly series: number;
  /** Id of the suspect. */
  readonly suspect: string;
  readonly round: number;
  /** Wall seconds of the pair. */
  readonly seconds: number;
  readonly samples: readonly { readonly side: SideName; readonly sample: Sample }[];
}

/** A journal that was read. */
export interface Journal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** Lines that could not be read: the last one of a run that was killed while it wrote, mostly. */
  readonly torn: number;
  /** Lines that repeat what an earlier one says of the same process, and are left out: two processes wrote at a time. */
  readonly repeated: number;
  /** When it was last written to, seconds since 1970. */
  readonly writtenAt: number;
}
