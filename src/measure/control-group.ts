import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where control groups are mounted: cgroups(7). */
const mount = '/sys/fs/cgroup';

/**
 * The folders of this process's control group and those above it, innermost first, that exist: limits of any of them bind.
 * Empty where there are none.
 *
 * @param controller "cpu", "pids"; it has a tree of its own in version 1
 * @param membership text of /proc/self/cgroup: lines of id, controllers and path
 */
export function groupFolders(controller: string, membership: string): readonly string[] {
  const lines = membership.split('\n').map((line) => line.split(':'));
  const legacy = lines.find(([, controllers = '']) => controllers.split(',').includes(controller));
  const unified = lines.find(([id, controllers]) => id === '0' && controllers === '');
  const [path, root] = legacy === undefined ? [unified?.slice(2).join(':'), mount] : [legacy.slice(2).join(':'), join(mount, controller)];
  return path === undefined ? [] : upwards(join(root, path), root).filter((folder) => existsSync(folder));
}

/** A folder and those above it, down to `root`. A path that leaves it, as another namespace may show, is the root alone. */
function upwards(folder: string, root: string): readonly string[] {
  if (folder === root || !folder.startsWith(`${root}/`)) return [root];
  return [folder, ...upwards(dirname(folder), root)];
}

/** The folders of this process's own group. */
export function ownGroupFolders(controller: string): readonly string[] {
  try {
    return groupFolders(controller, readFileSync('/proc/self/cgroup', 'utf8'));
  } catch {
    return [];
  }
}
