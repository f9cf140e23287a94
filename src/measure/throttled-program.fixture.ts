// Joins the control groups that are named, runs for a while, and prints what the machine counted before and after.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMachineCounters } from './machine-counters.ts';

for (const folder of process.argv.slice(2)) writeFileSync(join(folder, 'cgroup.procs'), String(process.pid));
const before = readMachineCounters();
const until = performance.now() + 400;
while (performance.now() < until);
process.stdout.write(JSON.stringify([before, readMachineCounters()]));
