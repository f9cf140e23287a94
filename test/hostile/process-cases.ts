import type { SampleLimits } from '../../src/measure/sample-limits.ts';
import type { BrokenKind } from '../../src/model/sample.ts';

/** Something a workload does, and what must come of it. */
export interface ProcessCase {
  /** Name of the function in workloads/acts. */
  readonly name: string;
  readonly what: string;
  /** The sample: measured, or broken in this way and with these words, or else marked as disturbed by that. */
  readonly expected: 'measured' | { readonly kind: BrokenKind; readonly message: RegExp };
  /** Seconds; 20 where the case ends by itself. */
  readonly timeoutSeconds?: number;
  readonly limits?: Partial<SampleLimits>;
}

const mebibyte = 1024 * 1024;
const measured = 'measured';
const timeoutSeconds = 1.5;
const hung = { expected: { kind: 'timeout', message: /^Killed after 1\.5 s, after 0 of 1 values/ }, timeoutSeconds } as const;
const crash = (message: RegExp) => ({ kind: 'crash', message }) as const;
const error = (message: RegExp) => ({ kind: 'error', message }) as const;

const tooMany = error(/^Killed because it took more than 200 processes/);

/** Everything that is tried of processes. */
export const processCases: readonly ProcessCase[] = [
  { name: 'sleeps', what: 'never returns', ...hung },
  { name: 'ignores_signals', what: 'ignores every signal that can be ignored', ...hung },
  { name: 'stops_itself', what: 'stops itself by SIGSTOP', ...hung },
  { name: 'leaves_children', what: 'ends while five children run', expected: measured },
  { name: 'leaves_a_session', what: 'leaves a child in a session of its own', expected: measured },
  { name: 'changes_its_group', what: 'leaves a child in a process group of its own', expected: measured },
  { name: 'leaves_a_daemon', what: 'forks twice and lets go of everything but its environment', expected: measured },
  { name: 'leaves_another_program', what: 'leaves another program without its environment', expected: measured },
  { name: 'bursts_into_processes', what: 'forks 500 processes', expected: tooMany, limits: { processes: 200 }, timeoutSeconds: 10 },
  { name: 'bursts_into_threads', what: 'starts 500 threads', expected: tooMany, limits: { processes: 200 }, timeoutSeconds: 10 },
  { name: 'lingers_after_its_last_word', what: 'hangs when everything is said', expected: measured },
  { name: 'exits_with_0', what: 'exits with 0 before its end', expected: crash(/^It exited with code 0 after 0 of 1 values/) },
  { name: 'exits_with_255', what: 'exits with 255', expected: crash(/^It exited with code 255/) },
  { name: 'crashes', what: 'dies by SIGSEGV', expected: crash(/^It died by SIGSEGV/) },
  { name: 'dies_by_an_alarm', what: 'dies by SIGALRM', expected: crash(/^It died by SIGALRM/) },
  { name: 'floods_its_output', what: 'prints a gigabyte', expected: error(/printed more than 16777216 bytes/) },
  {
    name: 'floods_the_protocol',
    what: 'sends a gigabyte over the protocol',
    expected: { kind: 'protocol', message: /sent more than 4194304 bytes/ },
  },
  {
    name: 'forges_the_protocol',
    what: 'says in the name of the worker that it is done',
    expected: { kind: 'protocol', message: /ended without a single value/ },
  },
  { name: 'reads_its_input', what: 'reads its input', expected: measured },
  { name: 'sees_few_descriptors', what: 'looks for descriptors that it inherited', expected: measured },
  { name: 'closes_everything', what: 'closes all its descriptors', expected: crash(/^It exited with code \d+ after 0 of 1 values/) },
  { name: 'closes_the_protocol', what: 'closes the protocol', expected: crash(/^It exited with code \d+ after 0 of 1 values/) },
  { name: 'prints_no_text', what: 'prints NUL and bytes that are no UTF-8', expected: error(/^Its run failed with ValueError/) },
  {
    name: 'opens_10000_files',
    what: 'opens 10,000 files',
    expected: error(/OSError: \[Errno 24\] Too many open files/),
    limits: { files: 1000 },
  },
  {
    name: 'hogs_memory',
    what: 'takes 1.5 gigabytes of memory',
    expected: error(/^Killed because it took more than 209715200 bytes of memory/),
    limits: { memory: 200 * mebibyte },
  },
  {
    name: 'fills_its_folder',
    what: 'fills its folder with files',
    expected: error(/^Killed because it took more than 67108864 bytes of disk space/),
    limits: { disk: 64 * mebibyte },
  },
  {
    name: 'writes_one_huge_file',
    what: 'writes a huge file that has no name',
    expected: error(/OSError: \[Errno 27\] File too large/),
    limits: { disk: 64 * mebibyte },
  },
  { name: 'dumps_core', what: 'may not dump core', expected: measured },
  { name: 'deletes_its_folder', what: 'deletes its own folder', expected: measured },
  { name: 'deletes_its_folder_and_stays', what: 'deletes its own folder and stays', ...hung },
  { name: 'locks_its_folder', what: 'takes all rights from its folder', expected: measured },
  { name: 'nests_its_folder_deeply', what: 'makes folders deeper than a path can say', expected: measured },
  { name: 'puts_a_link_in_place_of_its_folder', what: 'puts a link to another folder where its own was', expected: measured },
  { name: 'links_to_somebody_else', what: 'links to the files of somebody else', expected: measured },
  {
    name: 'sets_the_clock',
    what: 'sets the clock',
    // To what it is: root may, and changes nothing by that.
    expected: process.getuid?.() === 0 ? measured : error(/^Its run failed with PermissionError/),
  },
];
