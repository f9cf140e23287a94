import type { Confirmation, ConfirmationSummary, ScreenSummary } from '../judge/run-judgement.ts';
import type { Report } from '../tables/report.ts';
import type { ShiftTable } from '../tables/shifts.ts';
import { type Block, type Line, table, text } from './document.ts';
import { counted, listed } from './names.ts';
import { controlSentences, effectSentences, falseFlagSentence, figureSentences, interpreterSentences } from './pair-sentences.ts';
import { historySentence } from './shifts.ts';

type Fact = readonly [string, string];

/** The most commits and CPU models that are named. */
const named = 5;

/** How the verdicts were measured: stored runs, screen, pairs, what they could have seen, the chance of a false flag, and the seed. Folded. */
export function measurementFold(report: Report): Block {
  const { screen, shifts, confirmation, seed, verdicts } = report;
  const facts: readonly Fact[] = [
    ['Stored runs', storedWords(report)],
    ['Screen', screenWords(screen)],
    ...historyFacts(shifts),
    ...confirmationFacts(confirmation, report),
    ...doubtFacts(verdicts.doubts),
    ['Seed', `${seed}; it and the stopping rule were fixed before the first process`],
  ];
  const rows = facts.map(([fact, value]): readonly Line[] => [[text(fact)], [text(value)]]);
  return { kind: 'fold', summary: 'How it was measured', blocks: [table(['Fact', 'Value'], rows)] };
}

function storedWords({ screen: { runs, cpuModels }, machines }: Report): string {
  const here = `this run is on ${someOf([...new Set(machines.map(({ cpuModel }) => cpuModel))])}`;
  if (runs === 0) return `none; ${here}`;
  const models = [...new Set(cpuModels)];
  const on = models.length === 0 ? '' : ` on ${someOf(models)}`;
  return `${counted(runs, 'run')}${on}; ${here}`;
}

function historyFacts(shifts: ShiftTable): readonly Fact[] {
  return shifts.histories + shifts.tooShort === 0 ? [] : [['History', historySentence(shifts)]];
}

function someOf(names: readonly string[]): string {
  const rest = names.length - named;
  return rest > 0 ? `${names.slice(0, named).join(', ')} and ${rest} more` : listed(names);
}

function screenWords({ cleared, suspects, sentinels, withoutBaseline, leftOut, ...cut }: ScreenSummary): string {
  const parts = [
    ...(sentinels === 0 ? [] : [`${sentinels} of them ${sentinels === 1 ? 'a sentinel of its family' : 'sentinels of their families'}`]),
    ...(withoutBaseline === 0 ? [] : [`${withoutBaseline} for lack of stored runs`]),
  ];
  const kinds = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  const left = leftOut === 0 ? '' : `, ${leftOut} left out by max-suspects`;
  return `${counted(cleared, 'cell')} cleared, ${suspects} suspect${kinds}${left}${cutWords(cut)}`;
}

function cutWords({ cutByStep, cutByAccepted }: Pick<ScreenSummary, 'cutByStep' | 'cutByAccepted'>): string {
  const because = [
    [cutByStep, 'their level shifted for good since'],
    [cutByAccepted, 'another level was accepted since'],
  ] as const;
  return because
    .map(([cells, why]) => (cells === 0 ? '' : `; of ${counted(cells, 'cell')} older stored runs were left out, because ${why}`))
    .join('');
}

function doubtFacts(doubts: Report['verdicts']['doubts']): readonly Fact[] {
  const parts = Object.entries(doubts).flatMap(([doubt, cells]) => (cells === 0 ? [] : [`${cells} ${doubt}`]));
  return parts.length === 0 ? [] : [['Inconclusive', parts.join(', ')]];
}

function confirmationFacts(confirmation: Confirmation, report: Report): readonly Fact[] {
  switch (confirmation.kind) {
    case 'pairs':
      return pairFacts(confirmation.summary, report);
    case 'not needed':
      return [['Pairs', 'none were needed']];
    case 'none':
      return [['Pairs', `none. ${confirmation.reason}`]];
  }
}

function pairFacts(summary: ConfirmationSummary, { verdicts, columns, threshold, nullRun }: Report): readonly Fact[] {
  const { base, design, suspects, processes, seconds, movedFamilies, interpreters } = summary;
  const evidence = verdicts.rows.flatMap(({ verdict }) => ('pairs' in verdict && verdict.pairs !== null ? [verdict.pairs] : []));
  const sentences: readonly Fact[] = [
    ...effectSentences(evidence).map((sentence): Fact => ['What could be seen', sentence]),
    ...figureSentences(evidence).map((sentence): Fact => ['Figures', sentence]),
    ['False flags', falseFlagSentence({ design, threshold, scope: nullRun ? 'in this run' : 'in this pull request' })],
    ...controlSentences(evidence).map((sentence): Fact => ['Control variate', sentence]),
    ...interpreterSentences(interpreters, columns).map((sentence): Fact => ['Interpreter', sentence]),
    ...movedFamilies.map((family): Fact => ['Family', `${family}: a sentinel moved, so the whole family was measured in pairs`]),
  ];
  return [
    ['Base', base.commit === null ? base.origin : `${base.commit}, ${base.origin}`],
    ...base.notes.map((note): Fact => ['Note on base', note]),
    [
      'Pairs',
      `${counted(suspects, 'cell')} of base and head in turns, ${counted(processes, 'process', 'processes')} in ${minutesText(seconds)}${endWords(summary)}`,
    ],
    ...sentences,
  ];
}

function minutesText(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} minutes`;
}

function endWords({ endedBy }: ConfirmationSummary): string {
  switch (endedBy) {
    case 'schedule':
      return '';
    case 'budget':
      return '; the time budget ended it';
    case 'interrupt':
      return '; it was interrupted';
  }
}
