import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Variables that a runner gives a step and that nothing which the step starts, prints or writes may hold. */
export const secrets = {
  ACTIONS_RUNTIME_TOKEN: 'canary-runtime',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-identity',
  ACTIONS_RESULTS_URL: 'https://canary-results.example',
  GITHUB_TOKEN: 'canary-token',
};

const secret = /ghs_loopback\d+|canary-(?:runtime|identity|results|token)/;

/** Whether a text holds one of the secrets, or a token of the loopback GitHub. */
export function holdsSecret(text: string): boolean {
  return secret.test(text);
}

/** The files below folders that hold a secret; environments of Python are not ours to write. */
export function filesWithSecrets(folders: readonly string[]): readonly string[] {
  return folders.flatMap(filesBelow).filter((file) => holdsSecret(readFileSync(file, 'utf8')));
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('environments'))
    .map((entry) => join(entry.parentPath, entry.name));
}
