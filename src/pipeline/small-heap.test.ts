import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const policy = join(import.meta.dirname, 'small-heap.ts');

/** Largest resident memory in kilobytes of a process that makes hundreds of megabytes of objects, of which a few megabytes are alive at a time. */
function peakOf(before: string): number {
  const program = `${before}
    const alive = [];
    for (let round = 0; round < 600_000; round += 1) alive[round % 20_000] = { values: Array.from({ length: 20 }, (_, at) => at + 0.5) };
    console.log(process.resourceUsage().maxRSS);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

it('frees what is dead before the heap grows', () => {
  const kept = peakOf(`import { keepHeapSmall } from ${JSON.stringify(policy)}; keepHeapSmall();`);
  expect(kept).toBeLessThan(0.8 * peakOf(''));
});
