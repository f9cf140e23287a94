import { formats } from '../fuzz/formats.ts';

/** Tests of one file whose full title fits; each is one case, unless it reports how many it tried. */
export interface Tests {
  /** Path of the file, relative to the repository. */
  readonly file: string;
  /** What the full title holds; every test of the file when left out. */
  readonly title?: RegExp;
}

/** One kind of harm, what is tried of it, and proof that the trying would see a program that does not stand it. */
export interface Family {
  readonly name: string;
  /** Fewest cases; a corpus that shrank is a failure. */
  readonly least: number;
  readonly cases: readonly Tests[];
  /** Tests that plant a fault, and pass where the cases see it. */
  readonly mutants: readonly Tests[];
}

/** All that is done to the program on every change. */
export const families: readonly Family[] = [
  ...formats.map(
    ({ name }): Family => ({
      name: `Damaged: ${name}`,
      least: 1000,
      cases: [{ file: 'test/fuzz/formats.test.ts', title: new RegExp(`^${name} > a thousand`) }],
      mutants: [{ file: 'test/fuzz/formats.test.ts', title: /the check fires/ }],
    }),
  ),
  {
    name: 'Hostile processes',
    least: 20,
    cases: [{ file: 'test/hostile/processes.test.ts', title: /ends in time and leaves nothing/ }],
    mutants: [{ file: 'test/hostile/processes.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Workflow commands',
    least: 24,
    cases: [{ file: 'test/hostile/workflow-commands.test.ts', title: /commands nothing/ }],
    mutants: [{ file: 'test/hostile/workflow-commands.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Command files',
    least: 6,
    cases: [{ file: 'test/hostile/command-files.test.ts', title: /changes nothing/ }],
    mutants: [{ file: 'test/hostile/command-files.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Markdown injections',
    least: 200,
    cases: [
      { file: 'test/markdown/comment-injection.test.ts', title: /is nothing but text/ },
      { file: 'test/markdown/report-injection.test.ts', title: /is nothing but text/ },
      { file: 'test/markdown/annotation-injection.test.ts', title: /is text on one line/ },
    ],
    mutants: [
      { file: 'test/markdown/comment-injection.test.ts', title: /the check fires/ },
      { file: 'test/markdown/report-injection.test.ts', title: /the check fires/ },
      { file: 'test/markdown/annotation-injection.test.ts', title: /is caught where it is left/ },
    ],
  },
  {
    name: 'Argument and path tricks',
    least: 30,
    cases: [{ file: 'test/hostile/arguments.test.ts', title: /nothing else is started|are refused in one|is no package/ }],
    mutants: [{ file: 'test/hostile/arguments.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Damaged results files',
    least: 1000,
    cases: [{ file: 'test/fuzz/results.test.ts', title: /a thousand/ }],
    mutants: [{ file: 'test/fuzz/results.test.ts', title: /the harness sees/ }],
  },
  {
    name: 'Damaged baseline files',
    least: 1000,
    cases: [{ file: 'test/fuzz/baseline.test.ts', title: /a thousand/ }],
    mutants: [{ file: 'test/fuzz/baseline.test.ts', title: /the harness sees/ }],
  },
  {
    name: 'Archive attacks',
    least: 12,
    cases: [{ file: 'src/sides/archive.test.ts', title: /is refused/ }],
    mutants: [{ file: 'src/sides/archive.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Oversize',
    least: 15,
    cases: [
      { file: 'test/hostile/oversize.test.ts', title: /^(?!the check fires)/ },
      { file: 'test/fuzz/results.test.ts', title: /is refused before it is read|because it is no file/ },
      { file: 'src/sides/archive.test.ts', title: /more than the limit/ },
    ],
    mutants: [{ file: 'test/hostile/oversize.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Cancellations',
    least: 8,
    cases: [{ file: 'test/e2e/cancellation.test.ts', title: /a job that is cancelled/ }],
    mutants: [{ file: 'test/e2e/cancellation.test.ts', title: /the look at what is left behind/ }],
  },
  {
    name: 'API faults',
    least: 30,
    cases: [{ file: 'test/e2e/publish-faults.test.ts', title: /publishing while/ }],
    mutants: [{ file: 'test/e2e/publish-faults.test.ts', title: /the check fires/ }],
  },
  {
    name: 'Races for the baseline',
    least: 400,
    cases: [{ file: 'test/e2e/branch-store-race.test.ts', title: /fifty rounds/ }],
    mutants: [{ file: 'test/e2e/branch-store-race.test.ts', title: /loses runs/ }],
  },
];

/** The files of every family, each once. */
export function corpusFiles(): readonly string[] {
  return [...new Set(families.flatMap(({ cases, mutants }) => [...cases, ...mutants].map(({ file }) => file)))];
}
