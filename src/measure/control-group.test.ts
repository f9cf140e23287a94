import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { groupFolders, ownGroupFolders } from './control-group.ts';

const hasGroups = existsSync('/sys/fs/cgroup');

test.runIf(hasGroups)('a group that another namespace shows is the root that is mounted here', () => {
  expect(groupFolders('cpu', '0::/../../elsewhere\n')).toEqual(['/sys/fs/cgroup']);
});

test.runIf(hasGroups)('a group that is not mounted here leaves those above it', () => {
  expect(groupFolders('cpu', '0::/docker/0123456789ab/nested\n')).toEqual(['/sys/fs/cgroup']);
});

test.each(['', 'nonsense', '12:cpuset:/\n'])('%j names no group', (membership) => {
  expect(groupFolders('pids', membership)).toEqual([]);
});

test('every folder of the own group exists', () => {
  expect(ownGroupFolders('cpu').every((folder) => existsSync(folder))).toBe(true);
});
