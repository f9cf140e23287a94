import { join } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import { stateFolder } from './surroundings.ts';

/** Makes the folder beside the project that holds everything this program writes, and has git ignore it. Returns its absolute path. */
export async function makeStateFolder(project: string): Promise<string> {
  const folder = join(project, stateFolder);
  await writeAtomically(join(folder, '.gitignore'), '*\n');
  return folder;
}
