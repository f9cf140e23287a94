import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { corpusFiles, families } from './corpus.ts';
import type {} from './counts.ts';
import { type Outcome, tallyOf, tallyText } from './tally.ts';

/** Prints what the corpus came to, and fails the run where a family is too small or not whole. */
export class CorpusReporter implements Reporter {
  readonly #whole: boolean;

  /** @param whole whether the corpus was asked for, so that a file which did not run is a failure */
  constructor(whole = false) {
    this.#whole = whole;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcomes = modules.flatMap((module) => [...module.children.allTests()].map(outcomeOf));
    const ran = new Set(outcomes.map(({ file }) => file));
    // A run of some files only, as while working on one of them, says nothing of the others.
    if (!this.#whole && !corpusFiles().every((file) => ran.has(file))) return;
    const tallies = families.map((family) => tallyOf(family, outcomes));
    process.stdout.write(`\nHostile corpus\n${tallyText(tallies)}\n`);
    if (tallies.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
  }
}

function outcomeOf(test: TestCase): Outcome {
  const { state } = test.result();
  return {
    file: relative(test.project.config.root, test.module.moduleId),
    title: test.fullName,
    state: state === 'pending' ? 'skipped' : state,
    counted: test.meta().counted ?? null,
  };
}
