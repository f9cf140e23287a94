import { homedir } from 'node:os';
import { readableRepository } from '../github/repository.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command at a terminal finds around it; in a workflow's job that starts one by itself, its repository too. */
export function terminalSurroundings(given: Pick<Surroundings, 'workloadsFolder' | 'progress' | 'signal'>): Surroundings {
  const { env } = process;
  return {
    ...given,
    environment: env,
    home: homedir(),
    cwd: process.cwd(),
    workflow: null,
    repository: readableRepository(env['GITHUB_REPOSITORY'], {
      token: env['GITHUB_TOKEN'] ?? '',
      apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
      signal: given.signal,
    }),
  };
}
