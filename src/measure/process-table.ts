import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One process as /proc shows it. */
export interface ProcessStatus {
  readonly id: number;
  /** Dead, but not reaped by its parent: it forks no more, holds nothing and cannot be killed again. */
  readonly zombie: boolean;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly threads: number;
  /** Kernel clock ticks between boot and its start. */
  readonly started: number;
}

/** Whether this system shows its processes under /proc. Only Linux does in the form that is read here. */
export function hasProcessTable(): boolean {
  return process.platform === 'linux';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** Ids of all processes, in ascending order. */
export function processIds(): readonly number[] {
  return namesIn('/proc').map(Number).filter(Number.isInteger);
}

/** The id that was given last to a new process or thread: the last field of /proc/loadavg, proc_loadavg(5). */
export function newestId(): number {
  return Number(textOf('/proc/loadavg').trimEnd().split(' ').at(-1));
}

/** How many processes and threads the system has: in the last field but one of /proc/loadavg, behind those that run. */
export function systemProcesses(): number {
  return Number(textOf('/proc/loadavg').split('/').at(-1)?.split(' ')[0]);
}

/** Bytes of memory that a process has in use: VmRSS of proc_pid_status(5), in kB. 0 for one that is gone. */
export function memoryOf(id: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${id}/status`))?.[1] ?? 0) * 1024;
}

/** The status of a process, or null when there is none of that id. Fields: proc_pid_stat(5). */
export function statusOf(id: number): ProcessStatus | null {
  const stat = textOf(`/proc/${id}/stat`);
  // The second field is the program's name in brackets and may itself hold brackets and blanks.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent, group, session] = fields.map(Number);
  if (stat === '' || parent === undefined || group === undefined || session === undefined) return null;
  return { id, zombie: state === 'Z' || state === 'X', parent, group, session, threads: Number(fields[16]), started: Number(fields[18]) };
}

/** What a process was started with as a variable; null where it has none of that name or may not be read. */
export function variableOf(id: number, name: string): string | null {
  const found = textOf(`/proc/${id}/environ`)
    .split('\0')
    .find((entry) => entry.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

/** Whether a process was started with this `NAME=value` in its environment. False when it may not be read. */
export function hasVariable(id: number, variable: string): boolean {
  return `\0${textOf(`/proc/${id}/environ`)}\0`.includes(`\0${variable}\0`);
}

/** Whether a process works in this folder or has something in it open. False when it may not be looked at. */
export function holdsFolder(id: number, folder: string): boolean {
  const inside = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
  if (inside(targetOf(`/proc/${id}/cwd`))) return true;
  return namesIn(`/proc/${id}/fd`).some((descriptor) => inside(targetOf(`/proc/${id}/fd/${descriptor}`)));
}

/** When a process started, in clock ticks since boot; 0 where the system does not say. */
export function startTicks(id: number): number {
  return hasProcessTable() ? (statusOf(id)?.started ?? 0) : 0;
}
