import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { installEnvironment } from './child-environment.ts';
import { runChild } from './child-process.ts';
import type { Surroundings } from './interpreter.ts';

/** Where uv is looked for and how it is run. */
export interface UvOptions {
  readonly surroundings: Surroundings;
  /** Absolute path of uv; looked for on PATH unless given. */
  readonly uv?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const VERSION_TIMEOUT = 20;

/** Absolute path of uv when it is given or on PATH, and starts; undefined otherwise. */
export async function findUv(options: UvOptions): Promise<string | undefined> {
  const uv = options.uv ?? (await findOnPath('uv', options.surroundings));
  return uv !== undefined && (await starts(uv, options)) ? uv : undefined;
}

async function starts(uv: string, options: UvOptions): Promise<boolean> {
  const env = installEnvironment(options.surroundings.env);
  const outcome = await runChild(uv, ['--version'], { env, timeout: VERSION_TIMEOUT, signal: options.signal });
  return outcome.ok && outcome.stdout.startsWith('uv ');
}

async function findOnPath(command: string, where: Surroundings): Promise<string | undefined> {
  for (const folder of (where.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    const path = join(folder, command);
    const runnable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return path;
  }
  return undefined;
}
