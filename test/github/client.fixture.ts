import { Octokit } from '@octokit/rest';
import type { GitHub } from './server.ts';
import type { Token } from './tokens.ts';

/** The repository of a loopback GitHub that was started without options. */
export const at = { owner: 'octo', repo: 'project' };

export const everything: Token['permissions'] = {
  ...{ actions: 'read', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' },
};

/** A client of a loopback GitHub with a token of its own; it says nothing and tries nothing twice. */
export function clientOf(github: GitHub, permissions = everything, login?: string): Octokit {
  const silent = () => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ auth: github.token(permissions, login), baseUrl: github.apiUrl, log });
}
