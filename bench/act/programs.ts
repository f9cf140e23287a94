import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/model/user-error.ts';

const module = 'github.com/nektos/act';
const version = 'v0.2.87';

/** act, ready to run. */
export interface Act {
  readonly path: string;
  /** "act version 0.2.87", as it says itself. */
  readonly version: string;
}

/**
 * Installs act with Go into a scratch folder, unless ACT in the environment names one that is at hand.
 *
 * @throws UserError that says how to get it
 */
export async function findAct(env: Readonly<Record<string, string | undefined>>, scratch: string): Promise<Act> {
  const path = env['ACT'] ?? (await installed(scratch));
  const asked = await execa(path, ['--version'], { reject: false });
  if (asked.exitCode === 0) return { path, version: asked.stdout.trim() };
  throw missing(`${path} does not say which version it is: ${asked.stderr || asked.shortMessage}`);
}

async function installed(scratch: string): Promise<string> {
  const folder = join(scratch, 'bin');
  const [go, ...rest] = ['go', 'install', `${module}@${version}`] as const;
  const result = await execa(go, rest, { env: { GOBIN: folder }, reject: false });
  if (result.exitCode === 0) return join(folder, 'act');
  const said = result.stderr?.trim().split('\n').at(-1);
  throw missing(`act could not be installed with Go: ${said || result.shortMessage}`);
}

function missing(what: string): UserError {
  return new UserError(
    `${what.replace(/\.$/, '')}.`,
    `Install Go and let it reach its module proxy, or set ACT to an act that is at hand (go install ${module}@${version}).`,
  );
}
