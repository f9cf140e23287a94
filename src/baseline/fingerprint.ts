import type { Machine } from '../model/machine.ts';
import type { Runtime } from '../model/runtime.ts';

/**
 * The key under which runs are comparable: runner class, OS, architecture, CPU count, peers' interpreter and runtime.
 * The CPU model is not in it: it is recorded in each run and preferred, never required. Safe as a file name.
 */
export function fingerprint(machine: Machine, runtime: Runtime): string {
  const peer = `peer-${machine.peerPython}`;
  const parts = [machine.runnerClass, machine.os, machine.arch, `${machine.cpus}cpu`, runtime.id, peer];
  return parts.map(slug).join('_');
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.+]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
    .slice(0, 80);
}
