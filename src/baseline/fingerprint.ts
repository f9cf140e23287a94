import type { Machine } from '../model/machine.ts';
import type { Runtime } from '../model/runtime.ts';

/**
 * The key under which runs are comparable: runner class, OS, architecture, CPU count, peers' interpreter and runtime.
 * The CPU model is not in it: it is recorded in each run and preferred, never required. Safe as a file name.
 */
export function fingerprint(machine: Machine, runtime: Runtime): string {
  const { before, after } = machineFingerprint(machine);
  return `${before}${slug(runtime.id)}${after}`;
}

/** What the keys of all runtimes on such a machine begin and end with. */
export function machineFingerprint(machine: Machine): { readonly before: string; readonly after: string } {
  const parts = [machine.runnerClass, machine.os, machine.arch, `${machine.cpus}cpu`];
  return { before: `${parts.map(slug).join('_')}_`, after: `_${slug(`peer-${machine.peerPython}`)}` };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.+]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
    .slice(0, 80);
}
