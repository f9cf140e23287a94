import { type BaselineChoice, noBaseline } from '../model/baseline-choice.ts';
import type { Acceptance } from '../model/override.ts';
import type { Run } from '../model/run.ts';
import { mergedChoice } from './baseline-choice.ts';
import { indexCells } from './cell-index.ts';
import type { GatePolicy } from './gate.ts';
import { type EvidencePart, judgeRun } from './judge-run.ts';
import { mergePairs } from './merge-pairs.ts';
import { mergeParts } from './merge-parts.ts';
import type { PairRules } from './pair-verdict.ts';
import type { RunJudgement } from './run-judgement.ts';
import { type RunPart, screenPart } from './run-part.ts';

/** A part and what it is called. */
export interface NamedPart extends RunPart {
  readonly name: string;
}

/** What a run is judged by, whoever measured it and wherever. */
export interface RunRules extends PairRules, GatePolicy {
  readonly maxSuspects: number | null;
  /** Whether stored runs were to be looked at. */
  readonly usesBaseline: boolean;
  readonly nullRun: boolean;
  /** What a label accepts of the commit; nothing when left out. */
  readonly acceptance?: Acceptance | null;
}

/** The parts of a run as one, and what was decided about it. */
export interface JudgedRun {
  readonly results: Run;
  readonly judgement: RunJudgement;
}

/**
 * Judges a run by its samples alone: screens every part against its stored runs, and corrects the pairs of all parts
 * together. The same for one job that did everything and for a report on fifty.
 *
 * @param parts in the order of the plan, each with its comparison
 * @param missingShards names of the shards that delivered nothing
 * @throws UserError when the parts do not belong together
 */
export function judgeParts(parts: readonly NamedPart[], missingShards: readonly string[], rules: RunRules): JudgedRun {
  const results = mergeParts(parts.map((part) => part.results));
  const thresholds = { rules: rules.rules ?? [], fallback: rules.threshold };
  const evidence = parts.map((part): EvidencePart => {
    const pairs = part.results.comparison?.pairs ?? notCompared;
    const options = { thresholds, maxSuspects: rules.maxSuspects, sentinels: pairs.kind !== 'none' };
    return { name: part.name, pairs, screened: screenPart({ ...part, accepted: choiceOf(part).accepted }, options) };
  });
  const screened = evidence.flatMap((each) => each.screened);
  const pairs = mergePairs(evidence);
  const baselineRuns = [...new Set(parts.flatMap((part) => part.baselineRuns))];
  const judgement = judgeRun({
    ...{ ...rules, index: indexCells(results), screened, baselineRuns, pairs, parts: evidence, missingShards },
    ...behind(parts),
  });
  return { results, judgement };
}

function choiceOf({ results: { comparison } }: NamedPart): BaselineChoice {
  return comparison?.baseline ?? noBaseline;
}

/** What is known of the history of the base branch, from whoever measured. */
function behind(parts: readonly NamedPart[]) {
  const { used, accepted } = mergedChoice(parts.map(choiceOf));
  const known = used.flatMap(({ commit, distance }): readonly (readonly [string, number])[] =>
    commit === null || distance === null ? [] : [[commit, distance]],
  );
  return { accepted, places: new Map(known) };
}

const notCompared = {
  kind: 'none',
  pairs: 'unasked',
  reason: 'This run was only measured. Measure with "mode: measure" or "all" for verdicts by pairs.',
} as const;
