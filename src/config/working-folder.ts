import { stat } from 'node:fs/promises';
import { UserError } from '../model/user-error.ts';

/**
 * The folder that relative paths are relative to. One that is mistyped must not be made and measured as an empty project.
 *
 * @throws UserError when there is no such folder
 */
export async function workingFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return path;
  throw new UserError(`There is no folder ${path}.`, 'Check the option "working-directory".');
}
