import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the bundled workloads. */
export const workloadsFolder = join(import.meta.dirname, '..', '..', 'workloads');

/** Names of the Python files of a folder, not of those below it. */
export const pythonFilesIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.py'));
