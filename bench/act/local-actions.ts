import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { type UsedAction, usedActions } from '../../scripts/recipes.ts';
import { UserError } from '../../src/model/user-error.ts';

/** An official action that act reads from a folder instead of the network. */
export interface LocalAction {
  readonly repository: string;
  readonly commit: string;
  /** What the recipe's comment says, "v7.0.1". */
  readonly version: string;
  readonly folder: string;
}

/**
 * The clones of a recipe's official actions, DIR/actions/checkout and so on. A clone must stand at the pinned commit and
 * be unchanged, so that what runs is what the recipe names; one that is not there is left to act, which asks GitHub.
 *
 * @throws UserError for a clone of another commit or with changes
 */
export async function localActions(workflow: string, clones: string): Promise<readonly LocalAction[]> {
  const pinned = usedActions(workflow).filter(({ ref }) => /^[0-9a-f]{40}$/.test(ref));
  const each = new Map(pinned.map((action) => [action.repository, action]));
  const there = [...each.values()].filter(({ repository }) => existsSync(join(clones, repository)));
  return Promise.all(there.map((action) => verified(action, join(clones, action.repository))));
}

async function verified({ repository, ref, comment }: UsedAction, folder: string): Promise<LocalAction> {
  const git = async (...rest: string[]) => (await execa('git', ['-C', folder, ...rest])).stdout.trim();
  const head = await git('rev-parse', 'HEAD');
  if (head !== ref) {
    throw new UserError(`${folder} stands at ${head}, and the recipe pins ${ref}.`, `Run git -C ${folder} checkout --detach ${ref}.`);
  }
  const changes = await git('status', '--porcelain', '--ignored');
  if (changes !== '') {
    throw new UserError(`${folder} is not what its commit says: ${changes.split('\n', 1)[0]}.`, `Clean it, or clone ${repository} again.`);
  }
  return { repository, commit: ref, version: comment, folder };
}
