import { createHash } from 'node:crypto';
import type { Machine } from '../model/machine.ts';
import type { Runtime } from '../model/runtime.ts';

/** Most characters of each part of a key: together they stay below the 255 bytes that a file name may have. */
const longest = { runnerClass: 48, os: 32, arch: 12, cpus: 8, runtime: 72, peer: 30 } as const;

/**
 * The key under which runs are comparable: runner class, OS, architecture, CPU count, peers' interpreter and runtime.
 * The CPU model is not in it: it is recorded in each run and preferred, never required. Safe as a file name.
 */
export function fingerprint(machine: Machine, runtime: Runtime): string {
  const { before, after } = machineFingerprint(machine);
  return `${before}${slug(runtime.id, longest.runtime)}${after}`;
}

/** What the keys of all runtimes on such a machine begin and end with. */
export function machineFingerprint({ runnerClass, os, arch, cpus, peerPython }: Machine): {
  readonly before: string;
  readonly after: string;
} {
  const machine = [
    slug(runnerClass, longest.runnerClass),
    slug(os, longest.os),
    slug(arch, longest.arch),
    slug(`${cpus}cpu`, longest.cpus),
  ];
  return { before: `${machine.join('_')}_`, after: `_${slug(`peer-${peerPython}`, longest.peer)}` };
}

/** Lower-case letters, digits, `.`, `+` and `-`; what is cut off is told apart by a digest. */
function slug(text: string, most: number): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.+]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '');
  if (name.length <= most) return name;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${name.slice(0, most - digest.length - 1)}-${digest}`;
}
