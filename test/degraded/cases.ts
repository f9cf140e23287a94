import type { Results } from '../../src/model/results.ts';
import type { Lack } from './machine.ts';

/** What a run on a machine that lacks something comes to. */
export type Outcome =
  /** It ends with a sentence that says what happened and what to do. */
  | { readonly kind: 'refused'; readonly says: RegExp }
  /** It measures what can be measured, and says of the rest what is wrong. */
  | { readonly kind: 'measured'; readonly says: RegExp | null; readonly check: (results: Results) => readonly string[] };

/** A machine that lacks something, and what the program must make of it. */
export interface DegradedCase {
  readonly name: string;
  readonly lack: Lack;
  readonly given: Readonly<Record<string, string>>;
  /** Whether environments have to be made, as in a first run; else those of other tests are there. */
  readonly fresh?: boolean;
  readonly outcome: Outcome;
}

const plain: Lack = { namespaces: [], prepare: [], through: [] };
const mounts = (...prepare: readonly string[]): Lack => ({ ...plain, namespaces: ['mount'], prepare });
const through = (...command: readonly string[]): Lack => ({ ...plain, through: command });

/** Cells by model and how they ended: "sequential measured", "processes error: No space left". */
function endings({ samples }: Results): readonly string[] {
  const texts = samples.map((sample) =>
    sample.status === 'measured' ? `${sample.cell.model} measured` : `${sample.cell.model} ${sample.kind}: ${sample.message}`,
  );
  return [...new Set(texts)].toSorted();
}

const isMeasured =
  (...models: readonly string[]) =>
  (results: Results) => {
    const wanted = models.map((model) => `${model} measured`);
    const found = endings(results);
    return found.join() === wanted.join() ? [] : [`expected ${wanted.join(', ')}: ${found.join(', ')}`];
  };

/** The whole table: one row for each lack. */
export const degradedCases: readonly DegradedCase[] = [
  {
    name: 'a disk that is full where the results go',
    lack: mounts(
      'mkdir -p "$PROJECT/full"',
      'mount -t tmpfs -o size=4k tmpfs "$PROJECT/full"',
      'head -c 4096 /dev/zero >"$PROJECT/full/filler"',
    ),
    given: { results: 'full/results.json', models: 'sequential' },
    outcome: { kind: 'refused', says: /full\/results\.json\.journal cannot be written: ENOSPC.*Free some space there/s },
  },
  {
    name: 'a disk that fills up while the run measures',
    lack: mounts('mkdir -p "$PROJECT/full"', 'mount -t tmpfs -o size=8k tmpfs "$PROJECT/full"'),
    given: { results: 'full/results.json', models: 'sequential', processes: '12' },
    outcome: {
      kind: 'refused',
      says: /cannot be written any more.*What was measured is in .*full\/results\.json cannot be written: ENOSPC.*Free some space there/s,
    },
  },
  {
    name: 'a disk that is full where samples work',
    lack: mounts('mount -t tmpfs -o nr_inodes=2 tmpfs "$TEMPORARY"'),
    given: { models: 'sequential' },
    outcome: { kind: 'refused', says: /cannot be (?:measured|made|written): ENOSPC.*Free some space there/s },
  },
  {
    name: 'a workspace that cannot be written to',
    lack: mounts('mount --bind "$PROJECT" "$PROJECT"', 'mount -o remount,bind,ro "$PROJECT"'),
    given: { models: 'sequential' },
    outcome: { kind: 'refused', says: /\.concurrency-regressions.* cannot be written: EROFS.*Choose a place that can be written to/s },
  },
  {
    name: 'results below a file',
    lack: plain,
    given: { results: 'bench/nap.py/results.json', models: 'sequential' },
    outcome: { kind: 'refused', says: /nap\.py.* cannot be written: (?:ENOTDIR|EEXIST).*Choose a path whose folders are folders/s },
  },
  {
    name: 'no /dev/shm, which semaphores between processes need',
    lack: mounts('mount -t tmpfs -o ro tmpfs /dev/shm'),
    given: { models: 'sequential,processes' },
    outcome: {
      kind: 'measured',
      says: null,
      check: (results) => {
        const [processes = '', sequential = ''] = endings(results);
        const isTold = /^processes error: .*(?:Read-only file system|Errno 30|semaphore|shm)/s.test(processes);
        return isTold && sequential === 'sequential measured' ? [] : endings(results);
      },
    },
  },
  {
    name: '256 open files',
    lack: through('prlimit', '--nofile=256:256'),
    given: { models: 'sequential,threads,asyncio' },
    outcome: { kind: 'measured', says: null, check: isMeasured('asyncio', 'sequential', 'threads') },
  },
  {
    name: '256 open files, and a workload that needs more',
    lack: through('prlimit', '--nofile=256:256'),
    given: { workloads: './bench/many_files.py', models: 'sequential' },
    outcome: {
      kind: 'measured',
      says: null,
      check: (results) => (/^sequential error: .*Too many open files/s.test(endings(results).join()) ? [] : endings(results)),
    },
  },
  {
    name: 'one processor',
    lack: through('taskset', '--cpu-list', '0'),
    given: { models: 'sequential,threads,processes' },
    outcome: {
      kind: 'measured',
      says: null,
      check: (results) => [
        ...isMeasured('processes', 'sequential', 'threads')(results),
        ...(results.machine.cpus === 1 ? [] : [`${results.machine.cpus} processors are recorded`]),
      ],
    },
  },
  {
    name: 'no network, and packages that are not there yet',
    lack: { ...plain, namespaces: ['network'] },
    given: { workloads: './bench/needs_package.py', models: 'sequential' },
    fresh: true,
    outcome: { kind: 'refused', says: /index|network|connect|reach/i },
  },
];
