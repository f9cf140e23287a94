import type { Options } from '../config/options.ts';
import { checkDesign } from '../judge/confirm-design.ts';
import type { GatePolicy } from '../judge/gate.ts';
import type { RunRules } from '../judge/judge-parts.ts';
import type { PairRules } from '../judge/pair-verdict.ts';
import { checkThreshold, thresholdFor } from '../judge/threshold.ts';
import type { Cell } from '../model/cell.ts';
import type { RecordedWorkload } from '../model/results.ts';

/**
 * What verdicts are reached by, from the options.
 *
 * @throws UserError for rules that could flag nothing, or thresholds that contradict each other
 */
export function pairRules({ alpha, target, margin, thresholds, 'confirm-pairs': looks }: Options): PairRules {
  return {
    design: checkDesign({ alpha, looks }),
    threshold: checkThreshold({ target, margin }, 'this run'),
    rules: thresholds,
  };
}

/**
 * Looks up the threshold of every planned cell, so that rules that contradict each other for one of them are refused
 * before anything is measured and not after.
 *
 * @throws UserError that names the cell
 */
export function checkThresholds(cells: readonly Cell[], workloads: readonly RecordedWorkload[], options: Options): void {
  const { threshold: fallback, rules = [] } = pairRules(options);
  const gates = new Map(workloads.map(({ id, gates: all }) => [id, all]));
  for (const cell of cells) thresholdFor(cell, gates.get(cell.workload)?.[cell.model] ?? 'wall_per_unit', { rules, fallback });
}

/** What a whole run is judged by, from the options. */
export function runRules(options: Options): RunRules {
  return {
    ...pairRules(options),
    ...gatePolicy(options),
    maxSuspects: options['max-suspects'] ?? null,
    usesBaseline: options.compare !== 'pairs',
    nullRun: options['null-run'],
  };
}

/** What fails and what warns, from the options. */
export function gatePolicy({ 'fail-on': failOn, 'warn-on': warnOn }: Options): GatePolicy {
  return { failOn, warnOn };
}
