import type { BaseDescription } from '../model/pairs-of-run.ts';
import type { Warning } from '../model/warning.ts';
import type { Report } from '../tables/report.ts';
import type { VerdictTable } from '../tables/verdicts.ts';
import { baselineBlocks, packageBlocks } from './baseline-section.ts';
import { type Block, heading, type Line, paragraph, strong, text } from './document.ts';
import { counted, listed } from './names.ts';
import type { NoteBook } from './notes.ts';
import { shareText } from './number.ts';
import { measuredSentence, notReachedSentence, runWarningCodes, unavailableBlocks, warningMarks } from './run-words.ts';

/** Warnings about the comparison with stored runs that are told as notes; the others have a place of their own. */
const comparisonCodes: readonly Warning['code'][] = [
  'baseline damaged',
  'baseline unreachable',
  'not stored',
  'not written',
  'other machine',
  'calibration moved',
];

/** The conclusion with its counts, whether it may be merged, what was measured, and what the reader must know first. */
export function headlineBlocks(report: Report, notes: NoteBook): readonly Block[] {
  return [
    heading(1, 'Concurrency report'),
    paragraph(strong(conclusion(report)), ...gateLine(report)),
    ...circumstanceBlocks(report, notes),
  ];
}

/** What was measured, how it was judged, and what of it is lacking. */
export function circumstanceBlocks(report: Report, notes: NoteBook): readonly Block[] {
  const marks = [...warningMarks(report, notes, [...runWarningCodes, ...comparisonCodes]), ...furtherNotes(report).map(notes.mark)];
  const more = [judgedSentence(report), flipSentence(report), falseAlarmSentence(report)].filter(Boolean);
  return [
    paragraph(text(measuredSentence(report)), ...more.map((sentence) => text(` ${sentence}`)), ...marks),
    ...baselineBlocks(report),
    ...missingShardBlocks(report),
    ...packageBlocks(report, notes),
    ...unavailableBlocks(report),
  ];
}

/** Shards of the plan that delivered nothing. Loud: what was not measured must not look like what did not change. */
function missingShardBlocks({ missingShards }: Report): readonly Block[] {
  if (missingShards.length === 0) return [];
  const subject = missingShards.length === 1 ? 'A shard is missing:' : `${missingShards.length} shards are missing:`;
  return [
    paragraph(
      strong(subject),
      text(` ${listed(missingShards)} delivered no results, so nothing is said of what was to be measured there.`),
    ),
  ];
}

/** What was found, in counts of cells: "2 regressions among 43 cells; 41 unchanged (…)." */
export function conclusion(report: Report): string {
  const { partial, nullRun, counts } = report;
  const rest = counts.notReached === 0 ? '' : `${notReachedSentence(counts)} `;
  const interrupted = partial ? `Interrupted: this is what was measured until then. ${rest}` : '';
  const purpose = nullRun ? 'Null run: base and head are the same; every flag here is a false alarm. ' : '';
  const faults = [
    flagWords(report),
    ...(counts.broken === 0 ? [] : [`${counts.broken} of ${counted(counts.cells, 'cell')} broken`]),
    ...(counts.refused === 0 ? [] : [`${counted(counts.refused, 'workload')} refused`]),
  ];
  const others = otherWords(report);
  return `${purpose}${interrupted}${faults.join(', ')}${others.length === 0 ? '' : `; ${others.join(', ')}`}.`;
}

/** "2 regressions among 43 cells"; the number of cells is told with the broken ones where there are any. */
function flagWords({ nullRun, counts }: Report): string {
  const { cells, regressions, improvements, broken } = counts;
  if (cells === 0) return 'No cell was measured';
  const among = broken > 0 ? '' : ` among ${counted(cells, 'cell')}`;
  const flags = regressions + improvements;
  if (nullRun) return `${flags === 0 ? 'No false alarm' : counted(flags, 'false alarm')}${among}`;
  if (regressions > 0) return `${counted(regressions, 'regression')}${among}`;
  if (counts.noChange + improvements === 0)
    return broken > 0 ? 'No cell could be judged' : `None of ${counted(cells, 'cell')} could be judged`;
  return `${counts.noChange + improvements === cells ? 'No regression' : 'No confirmed regression'}${among}`;
}

function otherWords({ counts, verdicts }: Report): readonly string[] {
  const words: readonly (readonly [number, string])[] = [
    [counts.improvements, counts.improvements === 1 ? 'improvement' : 'improvements'],
    [counts.noChange, `unchanged${excludedWords(verdicts)}`],
    [counts.inconclusive, `inconclusive${suspectedWords(verdicts)}`],
    [counts.notComparable, 'not comparable'],
    [counts.new, 'new'],
    [counts.missing, 'missing'],
  ];
  return words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
}

function excludedWords({ targets }: VerdictTable): string {
  if (targets === null) return '';
  const { least, most } = targets;
  if (least === most) return ` (a slowdown of ${shareText(least)} or more is excluded)`;
  return ` (a slowdown of the cell’s target, ${shareText(least)} to ${shareText(most)}, is excluded)`;
}

function suspectedWords({ suspected }: VerdictTable): string {
  return suspected === 0 ? '' : ` (${suspected} suspected, not confirmed)`;
}

/** The gate's conclusion, and what it rests on. */
export interface GateAnswer {
  /** May I merge? One sentence, or the beginning of one. */
  readonly lead: string;
  /** Further sentences, or the rest of that one; none when the lead says all. */
  readonly rest: readonly string[];
}

/** May I merge? A pass that rests on nothing says so. */
export function gateAnswer(report: Report): GateAnswer {
  const { gate, nullRun, partial } = report;
  const warnings = gate.warnings.length === 0 ? [] : ['It warns:', ...gate.warnings];
  if (gate.conclusion === 'failure') {
    const lead = nullRun ? 'The gate fails:' : 'The gate fails, so do not merge this yet:';
    return { lead, rest: [...gate.reasons, ...warnings] };
  }
  const { lead, rest } = partial ? notComplete : nullRun ? plainPass : passAnswer(report);
  return { lead, rest: [...rest, ...warnings] };
}

function gateLine(report: Report): Line {
  const { lead, rest } = gateAnswer(report);
  return [lead, ...rest].map((sentence) => text(` ${sentence}`));
}

const notComplete: GateAnswer = { lead: 'The run is not complete, so this is no pass.', rest: [] };

const plainPass: GateAnswer = { lead: 'The gate passes.', rest: [] };

function passAnswer(report: Report): GateAnswer {
  const { counts, acceptance } = report;
  const { improvements, noChange, inconclusive, broken, refused } = counts;
  const regressions = counts.regressions - (acceptance?.cells.length ?? 0);
  if (regressions + broken + refused > 0) return { lead: 'The gate passes all the same:', rest: ['fail-on leaves this out.'] };
  if (acceptance !== null) return { lead: 'The gate passes: what got slower or heavier was accepted.', rest: [] };
  if (improvements + noChange === 0)
    return { lead: 'The gate passes because there is nothing to fail on;', rest: ['this says nothing about the change.'] };
  if (inconclusive > 0)
    return {
      lead: 'The gate passes: nothing was confirmed to be slower.',
      rest: ['What is inconclusive was neither cleared nor convicted, so a slowdown there would be merged unseen.'],
    };
  if (isIncomplete(report))
    return {
      lead: 'The gate passes: nothing that was measured speaks against merging.',
      rest: ['Not everything was measured: see below.'],
    };
  return { lead: 'The gate passes: nothing here speaks against merging.', rest: [] };
}

/** Whether a slowdown could hide in what was not measured. */
function isIncomplete({ counts, missingShards, unavailable }: Report): boolean {
  return counts.missing + missingShards.length + unavailable.length > 0;
}

/** How the verdicts came about: what stored runs cleared, and what pairs were measured with. */
function judgedSentence({ confirmation, verdicts: { cleared } }: Report): string {
  const stored = cleared.stored === 0 ? '' : `Stored runs cleared ${cleared.stored}`;
  switch (confirmation.kind) {
    case 'pairs': {
      const { suspects, base } = confirmation.summary;
      const measured = `${suspects} ${suspects === 1 ? 'was' : 'were'} measured in pairs with ${baseWords(base)}.`;
      return stored === '' ? measured : `${stored}; ${measured}`;
    }
    case 'not needed':
      return `${stored === '' ? 'Nothing was suspect' : stored}; no pairs were needed.`;
    case 'none':
      return stored === ''
        ? 'No pairs were measured.'
        : `${stored}. No pairs were measured, so a slowdown that all cells share would not be seen.`;
  }
}

/** How base was made, and what became of a label. */
function furtherNotes({ confirmation, remarks }: Report): readonly string[] {
  return [...(confirmation.kind === 'pairs' ? confirmation.summary.base.notes : []), ...remarks];
}

function baseWords({ commit, origin }: BaseDescription): string {
  return commit === null ? origin : `${commit.slice(0, 12)}, ${origin}`;
}

function flipSentence({ counts: { flips } }: Report): string {
  return flips === 0 ? '' : `${counted(flips, 'ranking')} of models reversed.`;
}

/** The rate of false alarms on this machine, with what so few runs leave possible. */
function falseAlarmSentence({ falseAlarms }: Report): string {
  if (falseAlarms === null) return '';
  const { runs, flagged, atMost } = falseAlarms;
  return `Of ${counted(runs, 'null run')} remembered here ${flagged} showed a false alarm, which leaves a rate of at most ${shareText(atMost)} possible (95 %).`;
}
