import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/model/user-error.ts';

/** The other two programs, ready to run, and which versions they are. */
export interface Programs {
  readonly benchstat: string;
  readonly benchstatVersion: string;
  /** An interpreter that has pyperf. */
  readonly python: string;
  readonly pyperfVersion: string;
}

const benchstatModule = 'golang.org/x/perf/cmd/benchstat';

/** Where they come from: nothing is installed outside the scratch folder. */
export interface ProgramPlaces {
  /** The environment of this process; BENCHSTAT and PYPERF_PYTHON name programs that are at hand already. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly scratch: string;
}

/** Installs benchstat with Go, and pyperf into an environment, unless the environment names them. Throws a `UserError` that says how to get what is missing. */
export async function findPrograms({ env, scratch }: ProgramPlaces): Promise<Programs> {
  const benchstat = env['BENCHSTAT'] ?? (await installBenchstat(scratch));
  const python = env['PYPERF_PYTHON'] ?? (await installPyperf(scratch));
  const goSays = await attempt('go', ['version', '-m', benchstat]);
  const pyperfSays = await attempt(python, ['-c', 'import pyperf; print(pyperf.__version__)']);
  if (!pyperfSays.ok) throw missingPyperf(`${python} has no pyperf: ${pyperfSays.why}`);
  const version = goSays.ok ? /^\s*mod\s+golang\.org\/x\/perf\s+(\S+)/m.exec(goSays.stdout)?.[1] : undefined;
  return { benchstat, benchstatVersion: version ?? 'of unknown version', python, pyperfVersion: pyperfSays.stdout.trim() };
}

async function installBenchstat(scratch: string): Promise<string> {
  const folder = join(scratch, 'bin');
  const installed = await attempt('go', ['install', `${benchstatModule}@latest`], { GOBIN: folder });
  if (installed.ok) return join(folder, 'benchstat');
  throw new UserError(
    `benchstat could not be installed with Go: ${installed.why}.`,
    `Install Go and let it reach its module proxy, or set BENCHSTAT to a benchstat that is at hand (go install ${benchstatModule}@latest).`,
  );
}

async function installPyperf(scratch: string): Promise<string> {
  const folder = join(scratch, 'pyperf');
  const python = join(folder, 'bin', 'python');
  for (const [program, ...rest] of [
    ['python3', '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'pyperf'],
  ] as const) {
    const made = await attempt(program, rest);
    if (!made.ok) throw missingPyperf(`pyperf could not be installed: ${made.why}`);
  }
  return python;
}

function missingPyperf(what: string): UserError {
  return new UserError(
    `${what}.`,
    'Put a python3 with venv and pip on PATH, or set PYPERF_PYTHON to an interpreter that has pyperf (python -m pip install pyperf).',
  );
}

type Attempt = { readonly ok: true; readonly stdout: string } | { readonly ok: false; readonly why: string };

async function attempt(program: string, rest: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Attempt> {
  const result = await execa(program, [...rest], { env, reject: false });
  if (result.exitCode === 0) return { ok: true, stdout: result.stdout };
  const said = `${result.stderr ?? ''}`.trim().split('\n').at(-1) ?? '';
  return { ok: false, why: said === '' ? (result.originalMessage ?? `it ended with exit code ${result.exitCode}`) : said };
}
