import { spawn } from 'node:child_process';
import { hasProcessTable } from './process-table.ts';
import { ownerTag } from './program-process.ts';

/**
 * Waits until its input ends, which is when this program does, however that happens; then kills whatever has the tag in
 * its environment. On an orderly end there is nothing left, and one look says so.
 */
const script = `
while read -r _; do :; done
tries=0
while [ "$tries" -lt 50 ]; do
  found=$(grep -lsF -- "$1" /proc/[0-9]*/environ)
  [ -n "$found" ] || exit 0
  for file in $found; do id=\${file#/proc/}; kill -9 "\${id%/environ}" 2>/dev/null; done
  tries=$((tries + 1))
  sleep 0.1
done`;

let isOnGuard = false;

/**
 * Has the processes of samples end with this one, also when it is killed: they would measure on beside whatever comes next.
 * One shell for the whole run, which sleeps until then; a signal of the parent's death would cost every start something and
 * reach no grandchild. Where there is no shell or no /proc, the next run ends them.
 */
export function standGuard(): void {
  if (isOnGuard || !hasProcessTable()) return;
  isOnGuard = true;
  const path = process.env['PATH'];
  const guard = spawn('/bin/sh', ['-c', script, 'concurrency-regressions-guard', ownerTag()], {
    ...{ cwd: '/', env: path === undefined ? {} : { PATH: path }, stdio: ['pipe', 'ignore', 'ignore'] },
    // Of a session of its own: what ends a process group, as Ctrl-C does, is not meant for it.
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
}
