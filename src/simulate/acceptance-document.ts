import { mean, quantile } from '../stats/quantiles.ts';
import { bounds, falseRate, pairsOf, power, runsBeforeSentinels, shareOf, silentlyMissed } from './bounds.ts';
import { observedShare } from './observed-share.ts';
import { families } from './scenario.ts';
import type { StudyResult } from './study.ts';
import { type ControlFigures, projectSize, type ScenarioFigures, slowdowns } from './suite.ts';

/** How the document came to be. */
export interface Origin {
  readonly command: string;
  readonly pullRequests: number;
  readonly seed: string;
}

/** The acceptance figures as Markdown. The same figures give the same text. */
export function acceptanceDocument(figures: readonly ScenarioFigures[], guest: ControlFigures, origin: Origin): string {
  const parts = [
    introduction(figures, origin),
    ourRule(figures),
    sideBySide(figures),
    allCells(figures),
    control(figures, guest),
    storedOnly(figures),
    without(figures),
  ];
  return `${parts.join('\n\n')}\n`;
}

function introduction(figures: readonly ScenarioFigures[], { command, pullRequests, seed }: Origin): string {
  const { cells, baselineRuns, slowedCells } = projectSize;
  return `# Acceptance figures of the verdicts

Written by \`${command}\` (seed \`${seed}\`); the same command writes the same file. Simulated, not measured: projects of
${cells} cells with ${baselineRuns} stored runs, ${pullRequests} pull requests a machine that change nothing and
${Math.ceil(pullRequests * 0.3)} for every other row, which slow ${slowedCells} cells each. The noise model is that of
\`src/simulate/scenario.ts\`; every pull request is judged by the functions that judge real ones. "Accept" is the bound that
the command checks: it fails when one is missed. [statistics.md](statistics.md) says what the rule is.

${table(
  ['machine', 'what it is'],
  figures.map(({ scenario }) => [scenario.name, scenario.means]),
)}`;
}

function ourRule(figures: readonly ScenarioFigures[]): string {
  const rows = figures.map(({ scenario, nothing, slowed }) => {
    const bound = bounds[scenario.name];
    const [five, ten, twenty] = slowed;
    if (bound === undefined || five === undefined || ten === undefined || twenty === undefined) throw new RangeError('a study is missing');
    return [
      scenario.name,
      rate(falseRate(nothing), nothing.plan.pullRequests),
      `≤ ${percent(bound.falselyFlagged)}`,
      percent(power(five)),
      rate(power(ten), ten.changed),
      `≥ ${percent(bound.caught)}`,
      percent(power(twenty)),
      `${percent(ten.inconclusive / ten.changed)} / ${percent(silentlyMissed(ten))}`,
      `${runsBeforeSentinels(nothing).toFixed(0)}`,
      `≤ ${bound.processRuns}`,
      `${mean(nothing.processRuns).toFixed(0)}, ${quantile(nothing.processRuns, 0.95).toFixed(0)}`,
    ];
  });
  const heads = ['machine', 'nothing changed: flagged', 'accept', '+5 % caught', '+10 % caught', 'accept', '+20 % caught'];
  const more = ['+10 % inconclusive / missed in silence', 'process runs before sentinels', 'accept', 'with sentinels: mean, p95'];
  return `## The rule as shipped

"Flagged" is any cell that did not change, called a regression or an improvement; in brackets the 95 % interval of the share
(Wilson). +5 % is at the margin, where half is the most to be hoped for.

${table([...heads, ...more], rows)}`;
}

function sideBySide(figures: readonly ScenarioFigures[]): string {
  const peers = figures[0]?.nothing.peers.map(({ rule }) => rule) ?? [];
  const cell = (nothing: number, caught: readonly number[]) => `${percent(nothing)} · ${caught.map((each) => whole(each)).join(' / ')}`;
  const ours = figures.map(({ nothing, slowed }) => cell(falseRate(nothing), slowed.map(power)));
  const theirs = peers.map((rule, which) => [
    rule.name,
    rule.rule,
    ...figures.map(({ nothing, slowed }) =>
      cell(
        shareOf(nothing.peers[which]?.falselyFlagged ?? 0, nothing),
        slowed.map((study) => (study.peers[which]?.caught ?? 0) / study.changed),
      ),
    ),
  ]);
  return `## The same draws, judged by the rules of others

Each entry: pull requests flagged though nothing changed · slowed cells caught in % at ${slowdowns.map((share) => `+${whole(share)}`).join(' / ')} %. For the
others only slowdowns count as flags, for ours both directions do. They judge one more run against stored runs and start
${projectSize.cells} × 5 processes a pull request (10 on hostile machines); ours adds pairs. Rules and thresholds as their sources
have them, applied to each cell; a project may have set others.

${table(['tool', 'rule', ...figures.map(({ scenario }) => scenario.name)], [['**ours**', 'clear, then confirm in pairs', ...ours], ...theirs])}`;
}

function allCells(figures: readonly ScenarioFigures[]): string {
  const rows = figures.map(({ scenario, allCells: study }) => [
    scenario.name,
    rate(shareOf(study.flagged, study), study.plan.pullRequests),
    scenario.name === 'hostile' ? 'none' : '≥ 99 %',
  ]);
  return `## A slowdown of all cells by 10 %

The screen takes out what a family has in common, so only the sentinels can see this. Pull requests with any flag:

${table(['machine', 'flagged', 'accept'], rows)}`;
}

function control(figures: readonly ScenarioFigures[], guest: ControlFigures): string {
  const all: readonly ControlFigures[] = [...figures.map((each) => ({ ...each, slowed: tenPercent(each.slowed) })), guest];
  const rows = all.map(({ scenario, nothing, slowed, controlled }) => [
    scenario.name,
    `${percent(falseRate(nothing))} → ${percent(falseRate(controlled.nothing))}`,
    `${percent(power(slowed))} → ${percent(power(controlled.slowed))}`,
    ...families.map(({ name }) => `${pairs(nothing, name)} → ${pairs(controlled.nothing, name)}`),
    `${mean(nothing.processRuns).toFixed(0)} → ${mean(controlled.nothing.processRuns).toFixed(0)}`,
  ]);
  const heads = ['machine', 'nothing changed: flagged', '+10 % caught', ...families.map(({ name }) => `pairs a suspect, ${name}`)];
  return `## The control variate

Off → on. The calibration loop is simulated to see 97 % (correlation) of what slows a process of a CPU-like cell, 80 % of a
mixed and nothing of a sleep-dominated one, for which it is pure noise of full size. The least a suspect can take is 10 pairs.
The last row is ${guest.scenario.means}.

${table([...heads, 'process runs'], rows)}`;
}

function storedOnly(figures: readonly ScenarioFigures[]): string {
  const rows = figures.map(({ scenario, nothing, slowed }) => [
    scenario.name,
    percent(shareOf(nothing.falselySuspected, nothing)),
    ...slowed.map((study) => percent(study.suspectedOnly / study.changed)),
    ...[0.5, 0.8, 0.95].map((share) => percent(quantile(nothing.excluded, share))),
  ]);
  return `## Stored runs alone

What the screen would suspect without pairs to confirm it (Holm at 1 %): why such a finding says "suspected, not confirmed" and fails nothing.
The last columns: the smallest slowdown that the stored runs exclude, at 97.5 %, in half, 80 % and 95 % of the cells.

${table(['machine', 'nothing changed: suspected', ...slowdowns.map((slowdown) => `+${whole(slowdown)} % suspected`), 'excluded: half', '80 %', '95 %'], rows)}`;
}

function without(figures: readonly ScenarioFigures[]): string {
  const rows = figures.map(({ scenario, withoutBaseline: { nothing, slowed } }) => [
    scenario.name,
    percent(falseRate(nothing)),
    percent(power(slowed)),
    `${percent(slowed.inconclusive / slowed.changed)}`,
    mean(nothing.processRuns).toFixed(0),
  ]);
  return `## No stored runs yet

Every cell is a suspect and measured in pairs, without a cap or a time budget.

${table(['machine', 'nothing changed: flagged', '+10 % caught', '+10 % inconclusive', 'process runs'], rows)}`;
}

function tenPercent(slowed: readonly StudyResult[]): StudyResult {
  const study = slowed[slowdowns.indexOf(0.1)];
  if (study === undefined) throw new RangeError('the study of 10 % is missing');
  return study;
}

function pairs(study: StudyResult, family: string): string {
  const count = pairsOf(study, family);
  return Number.isNaN(count) ? '–' : count.toFixed(1);
}

/** A share with its 95 % interval. */
function rate(share: number, trials: number): string {
  const { low, high } = observedShare(share * trials, trials);
  return `${percent(share)} [${(low * 100).toFixed(1)}, ${(high * 100).toFixed(1)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

function whole(share: number): string {
  return (share * 100).toFixed(0);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
