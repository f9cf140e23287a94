import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from '../model/machine.ts';

/**
 * Reads what this machine is.
 *
 * @param environment the variables of this process; a runner names its class in them
 * @param peerPython version and build of the interpreter that peers run on
 */
export function readMachine(environment: Readonly<Record<string, string | undefined>>, peerPython: string): Machine {
  return {
    runnerClass: runnerClass(environment),
    os: osName(),
    kernel: release(),
    arch: process.arch,
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    peerPython,
  };
}

function runnerClass(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment['GITHUB_ACTIONS'] !== 'true') return 'local';
  const kind = environment['RUNNER_ENVIRONMENT'] ?? 'self-hosted';
  const image = environment['ImageOS'];
  return image === undefined ? kind : `${kind} ${image}`;
}

/** Name and major version of the distribution, "linux debian-12"; the platform alone where no os-release exists. */
function osName(): string {
  if (platform() !== 'linux') return `${platform()} ${release().split('.')[0] ?? ''}`.trim();
  const fields = osRelease();
  const major = fields.get('VERSION_ID')?.split('.').slice(0, 2).join('.');
  return ['linux', [fields.get('ID') ?? 'unknown', major].filter(Boolean).join('-')].join(' ');
}

function osRelease(): ReadonlyMap<string, string> {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
    return new Map(lines.map((line): [string, string] => [line.split('=')[0] ?? '', (line.split('=')[1] ?? '').replaceAll('"', '')]));
  } catch {
    return new Map();
  }
}
