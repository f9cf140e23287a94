import { setTimeout as delay } from 'node:timers/promises';

import { hasProcessTable, hasVariable, holdsFolder, newestId, type ProcessStatus, processIds, statusOf } from './process-table.ts';

/** By what the processes of one sample are known, also those that left its process group. */
export interface Traces {
  /** Process id of the worker, which leads a session and a process group of its own. */
  readonly leader: number;
  /** Kernel clock ticks since boot when the worker started: nothing older is of this sample. */
  readonly since: number;
  /** `NAME=value` in the environment of whatever the worker started. */
  readonly marker: string;
  /** Real path of the folder made for this sample: nobody else works or writes in it. */
  readonly folder: string;
}

/** Pause between two sweeps, milliseconds: long enough for a killed process to be gone. */
const pauseMilliseconds = 5;

/**
 * How long sweeps that find nothing go on while they are not settled, milliseconds. Where short-lived processes of
 * others come and go, hardly any sweep is settled; this is what a sample costs there.
 */
const doubtMilliseconds = 100;

/** How long the newest processes are watched after an unsettled sweep, milliseconds. */
const chaseMilliseconds = 15;

/** How many of the newest ids are looked at: others get new ids too while one is being looked for. */
const chaseDepth = 6;

/** What is known of a sample's processes after some sweeps. */
interface Hunt {
  readonly traces: Traces;
  /** Our own process group, which is never killed whatever is found in it. */
  readonly ownGroup: number;
  /** Ids that were dead when looked at. Zombies that nobody reaps stay listed. */
  readonly dead: Set<number>;
}

/** One look at all processes. `settled`: none of those listed died before it was looked at, so none hid by forking. */
interface Sweep {
  readonly survivors: readonly number[];
  readonly settled: boolean;
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // Gone already, or not ours to kill; the next sweep tells which.
  }
}

/** Kills a process and its group: the kernel signals a group as one, so a child that is being forked dies too. */
function killWithGroup({ id, group }: ProcessStatus, { ownGroup }: Hunt): void {
  if (group > 1 && group !== ownGroup) kill(-group);
  kill(id);
}

function belongs(status: ProcessStatus, traces: Traces): boolean {
  if (status.group === traces.leader || status.session === traces.leader) return true;
  return hasVariable(status.id, traces.marker) || holdsFolder(status.id, traces.folder);
}

/** The living process of that id, when it is young enough to be of the sample. Remembers the dead. */
function lookAt(id: number, hunt: Hunt): ProcessStatus | null {
  if (id === process.pid) return null;
  const status = statusOf(id);
  if (status !== null && status.started < hunt.traces.since) return null;
  if (status !== null && !status.zombie) return status;
  hunt.dead.add(id);
  return null;
}

/** The living processes of a sample, without those that left all of its traces behind. Empty without /proc. */
export function sampleProcesses(traces: Traces): readonly ProcessStatus[] {
  const hunt = { traces, ownGroup: 0, dead: new Set<number>() };
  return processIds().flatMap((id) => {
    const status = lookAt(id, hunt);
    return status !== null && belongs(status, traces) ? [status] : [];
  });
}

/** Adds the children of known processes until nothing is added. */
function withDescendants(known: ReadonlySet<number>, candidates: readonly ProcessStatus[]): ReadonlySet<number> {
  const found = new Set(known);
  let before: number;
  do {
    before = found.size;
    for (const { id, parent } of candidates) if (found.has(parent)) found.add(id);
  } while (found.size > before);
  return found;
}

/**
 * Looks at every process once, youngest first, and kills those of the sample on sight. A process may fork and exit
 * between being listed and being looked at, and its child would be missed; so a death that was not known from an
 * earlier sweep leaves this one unsettled.
 */
function sweep(hunt: Hunt): Sweep {
  const deadBefore = hunt.dead.size;
  const young: ProcessStatus[] = [];
  const known = new Set<number>();
  for (const id of processIds().toReversed()) {
    const status = lookAt(id, hunt);
    if (status === null) continue;
    young.push(status);
    if (!belongs(status, hunt.traces)) continue;
    known.add(id);
    killWithGroup(status, hunt);
  }
  const survivors = withDescendants(known, young);
  for (const status of young) if (survivors.has(status.id)) killWithGroup(status, hunt);
  return { survivors: [...survivors], settled: hunt.dead.size === deadBefore };
}

/**
 * Watches the newest processes for a moment and kills the first of the sample. A chain of processes that fork and exit
 * is gone before a sweep reaches it, but the newest id names its youngest link at once. Returns whether it killed.
 */
function chase(hunt: Hunt): boolean {
  const until = performance.now() + chaseMilliseconds;
  while (performance.now() < until) {
    const newest = newestId();
    for (let id = newest; id > newest - chaseDepth; id -= 1) {
      // The environment first: it is the proof, and the group can still be read from a zombie.
      const status = hasVariable(id, hunt.traces.marker) ? statusOf(id) : null;
      if (status === null) continue;
      killWithGroup(status, hunt);
      return true;
    }
  }
  return false;
}

/**
 * Kills what is left of a sample: processes in the worker's group or session, with its marker in their environment,
 * working in its folder, holding a file of it open, and the children of such. Sweeps until a settled sweep finds none,
 * at most about `patienceMilliseconds`, and returns the ids that are still alive then.
 *
 * A process that left all of these behind and whose parents are gone is not found, and a chain of processes that hand
 * over faster than they can be looked at may get away; to keep those in takes a PID namespace or a cgroup. Without
 * /proc (macOS, Windows) nothing is swept: there only the process group is killed.
 */
export async function killSurvivors(traces: Traces, patienceMilliseconds: number): Promise<readonly number[]> {
  if (!hasProcessTable()) return [];
  const ownGroup = statusOf(process.pid)?.group ?? 0;
  return killUntilClear({ traces, ownGroup, dead: new Set() }, performance.now() + patienceMilliseconds);
}

async function killUntilClear(hunt: Hunt, deadline: number): Promise<readonly number[]> {
  let doubtUntil = performance.now() + doubtMilliseconds;
  for (;;) {
    const { survivors, settled } = sweep(hunt);
    const clear = survivors.length === 0 && (settled || performance.now() >= doubtUntil);
    if (clear || performance.now() >= deadline) return survivors;
    const caught = survivors.length > 0 || chase(hunt);
    if (caught) doubtUntil = performance.now() + doubtMilliseconds;
    await delay(caught ? pauseMilliseconds : 0);
  }
}
