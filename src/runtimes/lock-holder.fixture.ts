import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './environment-lock.ts';

/**
 * A process that takes a lock several times, and each time writes down that it has it, waits, and that it gives it back.
 *
 *   node lock-holder.fixture.ts LOCK LOG TURNS SECONDS
 */
const [lock = '', log = '', turns = '1', seconds = '0'] = process.argv.slice(2);
for (let turn = 0; turn < Number(turns); turn += 1) {
  await withLock(lock, {}, async () => {
    await appendFile(log, `take ${process.pid}\n`);
    await sleep(Number(seconds) * 1000);
    await appendFile(log, `give ${process.pid}\n`);
  });
}
