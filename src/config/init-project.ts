import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { PythonDeclaration } from './init-pythons.ts';

/** What a Python project says of itself. */
export interface PythonProject extends PythonDeclaration {
  /** The file that lets pip install it, or null where there is none. */
  readonly installableBy: 'pyproject.toml' | 'setup.py' | null;
  /** Why pyproject.toml could not be read, one sentence; null where it could, or is not there. */
  readonly fault: string | null;
}

const pyproject = z.object({
  'build-system': z.record(z.string(), z.unknown()).optional(),
  project: z.object({ 'requires-python': z.string().optional(), classifiers: z.array(z.string()).optional() }).optional(),
});

/** Reads pyproject.toml, and looks for setup.py, in a folder. Nothing is run. */
export async function readPythonProject(folder: string): Promise<PythonProject> {
  const hasSetup = (await readText(join(folder, 'setup.py'))) !== null;
  const fallback = { installableBy: hasSetup ? ('setup.py' as const) : null, classifiers: [], requiresPython: null, fault: null };
  try {
    const source = await readText(join(folder, 'pyproject.toml'));
    if (source === null) return fallback;
    const { 'build-system': builder, project } = pyproject.parse(parse(source));
    // A file with the settings of tools alone describes nothing that can be installed.
    const describesPackage = builder !== undefined || project !== undefined;
    return {
      installableBy: describesPackage ? 'pyproject.toml' : fallback.installableBy,
      classifiers: project?.classifiers ?? [],
      requiresPython: project?.['requires-python'] ?? null,
      fault: null,
    };
  } catch (error) {
    return { ...fallback, fault: `Nothing was taken from pyproject.toml, which cannot be read: ${reasonOf(error)}.` };
  }
}

/** The text of a file, or null where there is none. */
async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/\.$/, '') : String(error);
}
