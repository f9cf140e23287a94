import { appendFileSync, statSync } from 'node:fs';
import { getHeapSpaceStatistics } from 'node:v8';

// Loaded into the program before it starts: says twice a second what the objects on its heap take behind a whole garbage
// collection. Compiled code is in spaces of its own and does not count: V8 makes it as it goes, for minutes.
//
//   node --expose-gc --import 'heap-reporter.ts?looks=LOOKS&starts=STARTS' cli.mjs …

const place = new URL(import.meta.url).searchParams;
const [looks, starts] = [place.get('looks') ?? '', place.get('starts') ?? ''];
const spaces: ReadonlySet<string> = new Set(['old_space', 'new_space', 'large_object_space', 'new_large_object_space']);

const report = () => {
  globalThis.gc?.();
  const own = getHeapSpaceStatistics().filter(({ space_name: name }) => spaces.has(name));
  const heap = own.reduce((sum, { space_used_size: used }) => sum + used, 0) / 1024;
  const started = statSync(starts, { throwIfNoEntry: false })?.size ?? 0;
  appendFileSync(looks, `${JSON.stringify({ starts: started, heap, resident: process.memoryUsage().rss / 1024 })}\n`);
};
setInterval(report, 500).unref();
