import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Machine } from '../model/machine.ts';
import type { Run } from '../model/run.ts';
import type { Runtime } from '../model/runtime.ts';
import type { Warning } from '../model/warning.ts';

/** What a store knows of one runtime on one kind of machine. */
export interface StoredBaseline {
  /** Earlier runs, oldest first, each restricted to this runtime. */
  readonly runs: readonly Run[];
  /** Lines that could not be read, each by file and line. They stay in the store as they are. */
  readonly warnings: readonly Warning[];
}

/**
 * Where the results of the base branch's last runs are kept. What cannot be reached, as by a network or for want of a
 * permission, is a UserError of everything that it is asked; what can be read and is damaged is none.
 */
export interface BaselineStore {
  /** Reads the runs that are comparable with this machine and runtime. */
  read(machine: Machine, runtime: Runtime): Promise<StoredBaseline>;
  /** The newest run of every runtime that was measured on such a machine, or on any for null, the newest first. */
  readNewest(machine: Machine | null): Promise<readonly Run[]>;
  /** The accepted changes of level, oldest first. Throws a UserError where their file cannot be read at all: what was accepted is not known then. */
  accepted(): Promise<readonly AcceptedShift[]>;
  /** Adds the parts of one run, one record for each runtime of each, in one change. A part that is there already (same `runId` and place in the plan or, without a plan, the same cells) is not added twice. Says what is not as it should be although they are stored. */
  append(parts: readonly Run[]): Promise<readonly Warning[]>;
  /** Adds an accepted change of level; the same one (same cells and commit) is not added twice. */
  accept(shift: AcceptedShift): Promise<readonly Warning[]>;
}

/** How many runs a store keeps for one fingerprint. */
export const keptRuns = 30;
