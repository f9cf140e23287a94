import type { Family, Tests } from './corpus.ts';

/** What one test came to. */
export interface Outcome {
  /** Path of its file, relative to the repository. */
  readonly file: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** How many cases it tried, where it said so, else it is one case itself; and where it failed, how many of them passed. */
  readonly counted: { readonly tried: number; readonly passed?: number } | null;
}

/** What one family came to. */
export interface FamilyTally {
  readonly name: string;
  readonly tried: number;
  readonly passed: number;
  /** Planted faults, and how many of them were seen. */
  readonly mutants: number;
  readonly caught: number;
  /** Why the family did not pass, in words; empty where it did. */
  readonly faults: readonly string[];
}

/** The tally of a family, from the outcomes of all tests. */
export function tallyOf(family: Family, outcomes: readonly Outcome[]): FamilyTally {
  const cases = chosen(family.cases, outcomes);
  const planted = chosen(family.mutants, outcomes);
  const tried = sum(cases, ({ counted }) => counted?.tried ?? 1);
  const passed = sum(cases, passedOf);
  const caught = planted.filter(({ state }) => state === 'passed').length;
  const tally = { name: family.name, tried, passed, mutants: planted.length, caught };
  return { ...tally, faults: faultsOf(tally, family.least) };
}

function passedOf({ state, counted }: Outcome): number {
  return state === 'passed' ? (counted?.tried ?? 1) : (counted?.passed ?? 0);
}

function faultsOf({ tried, passed, mutants, caught }: Omit<FamilyTally, 'faults'>, least: number): readonly string[] {
  return [
    ...(tried >= least ? [] : [`only ${tried} of at least ${least} cases were tried`]),
    ...(passed === tried ? [] : [`${tried - passed} of ${tried} cases did not pass`]),
    ...(mutants > 0 ? [] : ['no planted fault was tried']),
    ...(caught === mutants ? [] : [`${mutants - caught} of ${mutants} planted faults were not seen`]),
  ];
}

/** The outcomes that tests name. A skipped test that says why it cannot run here is no case. */
function chosen(tests: readonly Tests[], outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter((outcome) => outcome.state !== 'skipped' && tests.some((each) => fits(each, outcome)));
}

function fits({ file, title }: Tests, outcome: Outcome): boolean {
  return file === outcome.file && (title === undefined || title.test(outcome.title));
}

function sum<T>(all: readonly T[], figure: (each: T) => number): number {
  return all.reduce((total, each) => total + figure(each), 0);
}

/** The tallies as a table for a terminal, each fault on a line below its family. */
export function tallyText(tallies: readonly FamilyTally[]): string {
  const width = Math.max(...tallies.map(({ name }) => name.length), 'family'.length);
  const row = (name: string, ...figures: readonly (string | number)[]) =>
    [name.padEnd(width), ...figures.map((figure) => String(figure).padStart(8))].join(' ');
  return [
    row('family', 'tried', 'passed', 'mutants', 'caught'),
    ...tallies.flatMap((each) => [
      row(each.name, each.tried, each.passed, each.mutants, each.caught),
      ...each.faults.map((fault) => `  failed: ${fault}`),
    ]),
    row(
      'all',
      sum(tallies, (each) => each.tried),
      sum(tallies, (each) => each.passed),
      sum(tallies, (each) => each.mutants),
      sum(tallies, (each) => each.caught),
    ),
  ].join('\n');
}
