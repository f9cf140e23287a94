import type { RunContext } from '../model/run.ts';
import type { NamedRun, StoredRun } from './screen-history.ts';

/** Names by run. */
const known = new WeakMap<RunContext, NamedRun>();

/** What a stored run says of a cell; all cells of a run share its name. */
export class CellRun implements StoredRun {
  readonly name: NamedRun;
  readonly values: readonly number[];

  constructor(run: RunContext, values: readonly number[]) {
    this.name = known.get(run) ?? { run: run.runId, commit: run.commit, created: run.created, cpuModel: run.machine.cpuModel };
    known.set(run, this.name);
    this.values = values;
  }

  get run(): string {
    return this.name.run;
  }

  get commit(): string | null {
    return this.name.commit;
  }

  get created(): string {
    return this.name.created;
  }

  get cpuModel(): string {
    return this.name.cpuModel;
  }
}

/** A stored run without what it says. */
export function runName(run: NamedRun): NamedRun {
  return run instanceof CellRun ? run.name : run;
}
