import { cpus } from 'node:os';
import { faultShares } from './faulty-project.ts';
import type { MemoryTrend } from './memory.ts';

/** What a soak came to. */
export interface Soak {
  readonly seed: number;
  readonly seconds: number;
  /** Processes of the workload that were started in all. */
  readonly starts: number;
  readonly kills: number;
  /** Runs that were killed while their processes measured, and those that went on with what was measured. */
  readonly killedMeasuring: number;
  readonly resumed: number;
  /** Of all runs that were killed. */
  readonly survivors: number;
  readonly torn: readonly string[];
  /** Samples in the journals of killed runs, those of them that are of pairs, and those of them that are in no results. */
  readonly journaled: number;
  readonly journaledInPairs: number;
  readonly lost: number;
  /** Drafts and temporary folders that were there after a kill, and after the last run. */
  readonly leftovers: { readonly seen: number; readonly left: readonly string[] };
  readonly storedTwice: number;
  readonly memory: MemoryTrend | null;
  readonly memoryStarts: number;
}

/** Most that the heap may grow, kB for each hundred starts, beside the samples that are kept. */
const memoryBound = 100;

/** Whether it is not shown to grow by more than the bound. */
function isFlat({ interval: [low] }: MemoryTrend): boolean {
  return low <= memoryBound;
}

/** What of it is not as it must be, a sentence each. */
export function soakFaults(soak: Soak): readonly string[] {
  const { survivors, torn, lost, leftovers, storedTwice, memory } = soak;
  return [
    ...(survivors === 0 ? [] : [`${survivors} processes survived.`]),
    ...(torn.length === 0 ? [] : [`Torn: ${torn.join(', ')}.`]),
    ...(lost === 0 ? [] : [`${lost} samples that were in a journal are in no results.`]),
    ...(leftovers.left.length === 0 ? [] : [`Left over: ${leftovers.left.join(', ')}.`]),
    ...(storedTwice === 0 ? [] : [`${storedTwice} runs are stored twice.`]),
    ...(memory === null ? ['Too few looks at the memory.'] : []),
    ...(memory !== null && !isFlat(memory) ? [`The heap grows by ${memory.slope.toFixed(0)} kB for each 100 starts.`] : []),
  ];
}

/** docs/soak.md. */
export function soakDocument(soak: Soak): string {
  const { memory, leftovers } = soak;
  const faults = soakFaults(soak);
  const rows = [
    ['processes started', soak.starts],
    ['runs that were killed with SIGKILL at a random moment', soak.kills],
    ['of them while processes measured', soak.killedMeasuring],
    ['runs that went on with what was measured', soak.resumed],
    ['processes that survived', soak.survivors],
    ['torn files', soak.torn.length],
    ['samples in the journals of killed runs (of a pair in which a process broke, that one)', soak.journaled],
    ['of them in pairs', soak.journaledInPairs],
    ['of them in no results', soak.lost],
    ['drafts and temporary folders seen after a kill', leftovers.seen],
    ['of them left after the next run', leftovers.left.length],
    ['runs stored twice', soak.storedTwice],
  ] as const;
  return [
    '# Soak',
    '',
    `Made by \`npm run bench:soak\` on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'} in ${(soak.seconds / 60).toFixed(1)} min, seed ${soak.seed}. A workload misbehaves at random (${faultShares}), and the bundled program is killed at random moments while it measures, judges and stores. The next run is started as before: it goes on where the killed one stood.`,
    '',
    '| what | count |',
    '| --- | ---: |',
    ...rows.map(([what, count]) => `| ${what} | ${count} |`),
    '',
    memory === null
      ? 'The memory of the program was looked at too rarely to say how it goes.'
      : `One run of ${soak.memoryStarts} starts is not killed. Behind a whole garbage collection, and after the first fifth of the run, its heap goes by ${memory.slope.toFixed(0)} kB for each 100 starts (95 % interval ${memory.interval[0].toFixed(0)} to ${memory.interval[1].toFixed(0)}; the bound is ${memoryBound}) beside the ${memory.samples.toFixed(0)} kB that 100 samples weigh, which are kept for the results: from ${memory.first.heap.toFixed(0)} kB at ${memory.first.starts} starts to ${memory.last.heap.toFixed(0)} kB at ${memory.last.starts}. Resident were ${memory.first.resident.toFixed(0)} and ${memory.last.resident.toFixed(0)} kB.`,
    '',
    faults.length === 0 ? 'Nothing was lost, torn or left behind.' : `**Not as it must be:** ${faults.join(' ')}`,
    '',
  ].join('\n');
}
