import type { AcceptedShift } from './accepted-shift.ts';

/** A stored run, as far as it is spoken of. */
export interface StoredRunName {
  readonly runId: string;
  /** 40 hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly cpuModel: string;
}

/** A stored run that was compared with. */
export interface UsedRun extends StoredRunName {
  /** How many commits of the history come after its own, 0 for the base itself; null where that is not known. */
  readonly distance: number | null;
}

/** Which stored runs a run was compared with, each once, and why the others were left out. */
export interface BaselineChoice {
  /** Oldest first. */
  readonly used: readonly UsedRun[];
  /** `reason` is the end of a sentence whose subject is the run: "is newer than the merge base". Oldest first. */
  readonly leftOut: readonly (StoredRunName & { readonly reason: string })[];
  /** The accepted changes of level that lie behind the base, oldest first. */
  readonly accepted: readonly AcceptedShift[];
}

/** Nothing was looked at. */
export const noBaseline: BaselineChoice = { used: [], leftOut: [], accepted: [] };
