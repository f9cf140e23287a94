import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Options } from './config/options.ts';
import { cellNoise } from './judge/noise.ts';
import { measure, type Surroundings } from './pipeline.ts';
import { renderDiagnosis } from './render/diagnosis.ts';
import { interpreterLabel } from './runtimes/interpreter.ts';
import { discover } from './runtimes/prepare.ts';

/** What the noise is measured with: one cell that computes, one that switches tasks, one that hands over between threads, one that waits. */
const probes = { workloads: ['data_crunching', 'context_switch', 'blocking_calls'], models: ['sequential', 'threads', 'asyncio'] } as const;

/** Looks at the interpreters at hand and at this machine's noise; about a minute. Writes nothing but the environments. */
export async function diagnose(options: Options, surroundings: Surroundings, width: number): Promise<string> {
  const folder = resolve(surroundings.cwd, options['working-directory']);
  const where = { env: surroundings.environment, home: surroundings.home, cwd: folder };
  const discovery = await discover(options['python-version'], where, surroundings.signal);
  const scratch = await mkdtemp(join(tmpdir(), 'doctor-'));
  try {
    const { results } = await measure(noiseOptions(options, scratch), surroundings);
    return renderDiagnosis(
      {
        interpreters: discovery.interpreters.map((each) => ({ label: interpreterLabel(each), source: each.source, path: each.realPath })),
        refused: discovery.refused.map(({ name, reason }) => `${name} ${reason}`),
        machine: results.machine,
        runtimes: results.runtimes,
        noise: cellNoise(results),
      },
      { width },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function noiseOptions(options: Options, scratch: string): Options {
  return {
    ...options,
    workloads: [...probes.workloads],
    models: probes.models,
    results: join(scratch, 'results.json'),
    processes: Math.max(options.processes, 8),
  };
}
