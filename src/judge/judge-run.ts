import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { metricOf } from '../model/metric.ts';
import type { Acceptance } from '../model/override.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import type { Run } from '../model/run.ts';
import type { GateResult } from '../model/verdict.ts';
import type { ScreenedCell } from './baseline-screen.ts';
import { calibrationRows } from './calibration-row.ts';
import { type CellIndex, indexCells, type MeasuredCell } from './cell-index.ts';
import type { CellVerdict, JudgedCell } from './cell-verdict.ts';
import { openFamilies } from './family-vouch.ts';
import { type GateCounts, type GatePolicy, judgeGate } from './gate.ts';
import { shiftsBehind } from './history-shifts.ts';
import { historyStarts } from './history-start.ts';
import { isRunDisturbed } from './machine-warnings.ts';
import { missingCells } from './missing.ts';
import { acceptanceSentence, acceptedRegressions } from './override.ts';
import { pairHint } from './pair-hint.ts';
import { type PairRules, type PairVerdict, pairVerdicts } from './pair-verdict.ts';
import type { Confirmation, RunJudgement } from './run-judgement.ts';
import { brokenVerdict, type PairFinding, verdictOfCell } from './run-verdicts.ts';
import { suspectedCells } from './screen-stored-only.ts';
import { screenSummary } from './screen-summary.ts';
import { thresholdFor } from './threshold.ts';
import { urgencyOf } from './verdict-urgency.ts';

/** What one machine measured of a run: its cells against the stored runs, and its pairs. */
export interface EvidencePart {
  readonly name: string;
  readonly screened: readonly ScreenedCell[];
  readonly pairs: PairsOfRun;
}

/** Everything that a run is judged by. */
export interface RunEvidence extends PairRules, GatePolicy {
  readonly index: CellIndex;
  /** Every measured cell, as `screenBaseline` gives it. */
  readonly screened: readonly ScreenedCell[];
  /** The stored runs that the screen looked at, oldest first. */
  readonly baselineRuns: readonly Run[];
  /** Whether stored runs were to be looked at: pairs of everything need none. */
  readonly usesBaseline: boolean;
  readonly pairs: PairsOfRun;
  /** The same by machine; left out where there was one. */
  readonly parts?: readonly EvidencePart[];
  /** Names of the shards of the plan that delivered nothing. */
  readonly missingShards: readonly string[];
  readonly nullRun: boolean;
  /** What a label accepts of this commit; nothing when left out. */
  readonly acceptance?: Acceptance | null;
  /** Accepted changes of level that lie behind what this run was made from; none when left out. */
  readonly accepted?: readonly AcceptedShift[];
  /** Places of the stored runs' commits in their history, 0 for the newest; left out where they are not known. */
  readonly places?: ReadonlyMap<string, number>;
}

/** Says one word of every cell, and what that means for the gate. */
export function judgeRun(evidence: RunEvidence): RunJudgement {
  const { index, screened, baselineRuns, pairs, threshold, nullRun, usesBaseline, missingShards } = evidence;
  const { accepted = [], places = new Map<string, number>(), acceptance = null } = evidence;
  const measured = judgedCells(evidence);
  const known = new Set(measured.map(({ id }) => id));
  const cells = [...measured, ...missing(evidence).filter(({ id }) => !known.has(id))];
  const granted = acceptedRegressions(cells, acceptance);
  return {
    cells: cells.toSorted((one, other) => urgencyOf(one.verdict.verdict) - urgencyOf(other.verdict.verdict)),
    threshold,
    screen: screenSummary(screened, baselineRuns),
    starts: historyStarts(screened),
    shifts: shiftsBehind(screened, { accepted, places }),
    confirmation: confirmationOf(evidence, pairs, index),
    nullRun,
    usesBaseline,
    missingShards,
    acceptance: granted,
    gate: withBaseWarnings(withAcceptance(judgeGate(withoutAccepted(gateCounts(cells, evidence), granted), evidence), granted), evidence),
  };
}

function judgedCells(evidence: RunEvidence): readonly JudgedCell[] {
  const { index, screened } = evidence;
  const byId = new Map(screened.map((each) => [each.id, each]));
  const findings = findingsOfPairs(evidence);
  const suspected = suspectedIds(evidence);
  const open = new Map(partsOf(evidence).flatMap((part) => openCells(part, findings)));
  return [...index.states].map(([id, state]): JudgedCell => {
    if (state.status === 'broken') return lonelyCell(state.cell, brokenVerdict(state), evidence);
    const known = byId.get(id);
    if (known === undefined) throw new Error(`cell ${id} was measured and not screened`);
    const verdict = verdictOfCell(known, findings.get(id) ?? null, { suspected: suspected.has(id), open: open.get(id) ?? none });
    const suspect = suspectOf(evidence, id);
    const { cell, metric, threshold } = known;
    return {
      id,
      cell,
      metric,
      threshold,
      sourceDiffers: suspect?.sourceDiffers ?? false,
      verdict,
      hint: hintFor(state, verdict, evidence),
    };
  });
}

const none: ReadonlySet<string> = new Set();

function partsOf({ parts, screened, pairs }: RunEvidence): readonly EvidencePart[] {
  return parts ?? [{ name: 'this run', screened, pairs }];
}

/**
 * The families of which no sentinel was decided, for each cell of a machine: a sentinel vouches for its own machine alone.
 * Without any pairs the report says that a slowdown of all cells would not be seen; here it is said cell by cell.
 */
function openCells(
  { screened, pairs }: EvidencePart,
  findings: ReadonlyMap<string, PairFinding>,
): readonly (readonly [id: string, open: ReadonlySet<string>])[] {
  if (pairs.kind !== 'pairs') return [];
  const open = openFamilies(screened, (id) => {
    const finding = findings.get(id);
    return finding?.kind === 'verdict' ? finding.verdict.verdict : undefined;
  });
  return screened.map(({ id }) => [id, open]);
}

function suspectOf({ pairs }: RunEvidence, id: string): PairSuspect | undefined {
  return pairs.kind === 'pairs' ? pairs.run.plan.suspects.find((suspect) => suspect.id === id) : undefined;
}

function hintFor(state: MeasuredCell, { verdict }: CellVerdict, { pairs }: RunEvidence): JudgedCell['hint'] {
  if (verdict !== 'regression' || pairs.kind !== 'pairs') return null;
  const measured = pairs.run.series.flatMap(({ outcome }) => outcome.pairs.get(cellId(state.cell)) ?? []);
  return measured.length === 0 ? null : pairHint(state, measured);
}

/** A cell that was not screened: broken, or missing. */
function lonelyCell(cell: Cell, verdict: CellVerdict, { threshold, rules = [] }: PairRules): JudgedCell {
  const metric = null;
  const held = thresholdFor(cell, metricOf('wall_per_unit').id, { rules, fallback: threshold });
  return { id: cellId(cell), cell, metric, threshold: held, sourceDiffers: false, verdict, hint: null };
}

/** What the pairs say, by id of the cell; a later series overrides an earlier one, which had no suspect in common. */
function findingsOfPairs({ pairs, ...rules }: RunEvidence): ReadonlyMap<string, PairFinding> {
  if (pairs.kind !== 'pairs') return new Map();
  const { plan, series } = pairs.run;
  const firstLook = rules.design.looks[0] ?? 0;
  return new Map<string, PairFinding>([
    ...plan.lone.filter(({ lacks }) => lacks === 'base').map((lone) => [cellId(lone.cell), { kind: 'lone', lone }] as const),
    ...plan.notComparable.map(({ cell, reason }) => [cellId(cell), { kind: 'not comparable', reason }] as const),
    ...series.flatMap(({ suspects, outcome }) =>
      [...pairVerdicts({ ...rules, suspects, outcome })].map(
        ([id, verdict]) => [id, { kind: 'verdict', verdict, firstLook, endedBy: outcome.endedBy }] as const,
      ),
    ),
  ]);
}

/** The cells that stored runs alone would flag, on machines whose pairs do not say more; none where the machine was disturbed. */
function suspectedIds(evidence: RunEvidence): ReadonlySet<string> {
  if (isRunDisturbed(evidence.index.results.warnings)) return none;
  const unpaired = partsOf(evidence).filter(({ pairs }) => pairs.kind !== 'pairs');
  return new Set(unpaired.flatMap(({ screened }) => suspectedCells(screened, evidence.design.alpha)));
}

/** What the newest stored runs or the base side have and this run has not. */
function missing(evidence: RunEvidence): readonly JudgedCell[] {
  const { index, baselineRuns, pairs } = evidence;
  const stored = missingCells(index, baselineRuns.map(indexCells)).flatMap((change) =>
    change.status === 'missing' ? [{ cell: change.cell, reason: change.reason }] : [],
  );
  const lone = pairs.kind === 'pairs' ? pairs.run.plan.lone.filter(({ lacks }) => lacks === 'head') : [];
  const all = new Map([...stored, ...lone].map(({ cell, reason }) => [cellId(cell), { cell, reason }]));
  return [...all.values()].map(({ cell, reason }) => lonelyCell(cell, { verdict: 'missing', reason }, evidence));
}

function confirmationOf({ design }: RunEvidence, pairs: PairsOfRun, { results }: CellIndex): Confirmation {
  if (pairs.kind !== 'pairs') return pairs;
  const { base, series, movedFamilies, seconds } = pairs.run;
  const suspects = series.flatMap((each) => each.suspects);
  const measured = new Map(series.flatMap(({ outcome }) => [...outcome.pairs]));
  const endedBy = series.map(({ outcome }) => outcome.endedBy).find((end) => end !== 'schedule') ?? 'schedule';
  return {
    kind: 'pairs',
    summary: {
      ...{ base, design, movedFamilies, seconds, endedBy },
      suspects: suspects.length,
      processes: series.reduce((sum, { outcome }) => sum + outcome.processes, 0),
      interpreters: calibrationRows(suspects, { pairs: measured }, results.runtimes),
    },
  };
}

function gateCounts(cells: readonly JudgedCell[], { index, baselineRuns, usesBaseline, missingShards }: RunEvidence): GateCounts {
  const count = (word: PairVerdict['verdict'] | CellVerdict['verdict']) => cells.filter(({ verdict }) => verdict.verdict === word).length;
  // A pull request that repairs what is broken on its base must not fail for it.
  const onBaseOnly = cells.filter(({ verdict }) => verdict.verdict === 'broken' && verdict.side === 'base').length;
  const known = new Set(baselineRuns.flatMap(({ runtimes }) => runtimes.map(({ id }) => id)));
  return {
    regression: count('regression'),
    broken: count('broken') - onBaseOnly,
    inconclusive: count('inconclusive'),
    'not-comparable': count('not comparable') + onBaseOnly,
    missing: count('missing'),
    'missing-baseline': usesBaseline ? index.results.runtimes.filter(({ id }) => !known.has(id)).length : 0,
    'missing-shard': missingShards.length,
    new: count('new'),
    refused: new Set(index.results.refused.map(({ id }) => id)).size,
  };
}

/** Accepted cells keep their verdict and fail nothing. */
function withoutAccepted(counts: GateCounts, acceptance: Acceptance | null): GateCounts {
  return acceptance === null ? counts : { ...counts, regression: counts.regression - acceptance.cells.length };
}

function withAcceptance(gate: GateResult, acceptance: Acceptance | null): GateResult {
  return acceptance === null ? gate : warned(gate, acceptanceSentence(acceptance));
}

/** A base that was wanted and could not be measured must not look like one that showed nothing. */
export function withBaseWarning(gate: GateResult, pairs: PairsOfRun | Confirmation): GateResult {
  return pairs.kind === 'none' && pairs.pairs === 'asked' ? warned(gate, `Base was not measured: ${pairs.reason}`) : gate;
}

/** The same of the machines of a run, some of which may have had theirs. */
function withBaseWarnings(gate: GateResult, evidence: RunEvidence): GateResult {
  if (evidence.pairs.kind !== 'pairs') return withBaseWarning(gate, evidence.pairs);
  const without = partsOf(evidence).flatMap(({ name, pairs }) =>
    pairs.kind === 'none' && pairs.pairs === 'asked' ? [{ name, pairs }] : [],
  );
  return without.reduce((all, { name, pairs }) => warned(all, `Base was not measured by ${name}: ${pairs.reason}`), gate);
}

function warned(gate: GateResult, sentence: string): GateResult {
  return { ...gate, warnings: [...gate.warnings, sentence] };
}
