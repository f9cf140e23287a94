import type { Machine } from '../model/machine.ts';
import type { Results } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import type { Warning } from '../model/warning.ts';

/** What a store knows of one runtime on one kind of machine. */
export interface StoredBaseline {
  /** Earlier runs, oldest first, each restricted to this runtime. */
  readonly runs: readonly Results[];
  /** Lines that could not be read, each by file and line. They stay in the store as they are. */
  readonly warnings: readonly Warning[];
}

/** Where the results of the base branch's last runs are kept. */
export interface BaselineStore {
  /** Reads the runs that are comparable with this machine and runtime. Never throws for damaged content. */
  read(machine: Machine, runtime: Runtime): Promise<StoredBaseline>;
  /** The newest run of every runtime that was measured on such a machine, the newest first. Never throws for damaged content. */
  readNewest(machine: Machine): Promise<readonly Results[]>;
  /** Adds a whole run, one record per runtime. A run that is there already (same `runId`) is not added twice. */
  append(results: Results): Promise<void>;
}

/** How many runs a store keeps for one fingerprint. */
export const keptRuns = 30;
