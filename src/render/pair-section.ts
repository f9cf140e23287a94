import { isRefusalOf, type JudgedSuspect, type PairReport } from '../judge/pair-report.ts';
import type { PairVerdict } from '../judge/pair-verdict.ts';
import { type RuntimeColumn, runtimeColumns } from '../tables/columns.ts';
import { type Block, code, type Document, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { excludedText, figuresLine, noFigure, pText, ratioLine } from './evidence.ts';
import { cellName, cellWords, counted, labelOf, listed } from './names.ts';
import { percentText } from './number.ts';
import { pairBackgroundBlocks } from './pair-background.ts';
import { shortened } from './plain-text.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** The longest message of a broken process that is quoted. */
const longestMessage = 300;

/** A comparison by pairs as text for a terminal. */
export function renderPairsTerminal(report: PairReport, layout: TerminalLayout): string {
  return terminalOf(pairDocument(report), layout);
}

/** The answer, every suspect with its verdict, what could not be compared, then how it was measured. */
export function pairDocument(report: PairReport): Document {
  const columns = runtimeColumns(report.runtimes);
  return [
    heading(1, 'Base and head in pairs'),
    paragraph(strong(conclusion(report)), text(` ${comparedSentence(report)}`)),
    ...gateBlocks(report),
    ...report.unavailable.map(({ requested, reason }) => paragraph(strong(`Not available: ${requested}.`), text(` ${reason}`))),
    ...suspectBlocks(report, columns),
    ...brokenBlocks(report, columns),
    ...uncomparedBlocks(report, columns),
    ...pairBackgroundBlocks(report, columns),
  ];
}

function conclusion({ rows, refused, endedBy }: PairReport): string {
  const count = (word: PairVerdict['verdict']) => rows.filter(({ verdict }) => verdict.verdict === word).length;
  const regressions = count('regression');
  const broken = count('broken');
  const workloads = new Set(refused.map(({ id }) => id)).size;
  const faults = [
    ...(regressions === 0 ? [] : [counted(regressions, 'regression')]),
    ...(broken === 0 ? [] : [`${counted(broken, 'cell')} broken`]),
    ...(workloads === 0 ? [] : [`${counted(workloads, 'workload')} refused`]),
  ];
  const state = faults.length > 0 ? listed(faults) : rows.length === 0 ? 'No cell could be compared' : 'No regression';
  return `${endedBy === 'interrupt' ? 'Interrupted: this is what was measured until then. ' : ''}${state}.`;
}

/** What the exit code says, and what is only warned of. */
function gateBlocks({ gate: { reasons, warnings } }: PairReport): readonly Block[] {
  const sentences = [
    ...(reasons.length === 0 ? [] : ['The gate fails:', ...reasons]),
    ...(warnings.length === 0 ? [] : ['It warns:', ...warnings]),
  ];
  return sentences.length === 0 ? [] : [paragraph(text(sentences.join(' ')))];
}

function comparedSentence({ rows, processes, trees }: PairReport): string {
  const words: readonly PairVerdict['verdict'][] = ['improvement', 'no change', 'inconclusive', 'not comparable'];
  const counts = words.flatMap((word) => {
    const cells = rows.filter(({ verdict }) => verdict.verdict === word).length;
    return cells === 0 ? [] : [`${cells} ${word}`];
  });
  const others = counts.length === 0 ? '' : ` Of the others: ${listed(counts)}.`;
  const trial = `${counted(rows.length, 'cell')} of ${trees.base} (base) and ${trees.head} (head), ${counted(processes, 'process', 'processes')} in turns on this machine.`;
  return `${trial}${others}`;
}

function suspectBlocks({ rows, design }: PairReport, columns: readonly RuntimeColumn[]): readonly Block[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row): readonly Line[] => {
    const evidence = evidenceOf(row.verdict);
    return [
      stacked(cellName(row.suspect.cell), [text(labelOf(row.suspect.cell, columns))]),
      figuresLine(row.suspect, evidence?.figures ?? null),
      evidence === null ? [text(noFigure)] : ratioLine(row.suspect.metric, evidence.ratio),
      [text(pairsText(row.verdict))],
      [text(adjustedText(row.verdict))],
      verdictLine(row, design.looks[0] ?? 0),
    ];
  });
  return [table(['Cell', 'Base → head', 'Change (95 % interval)', 'Pairs', 'Adjusted p', 'Verdict'], lines)];
}

function evidenceOf(verdict: PairVerdict) {
  return 'evidence' in verdict ? verdict.evidence : null;
}

function pairsText(verdict: PairVerdict): string {
  const evidence = evidenceOf(verdict);
  if (evidence !== null) return String(evidence.pairs);
  return verdict.verdict === 'inconclusive' ? String(verdict.pairs) : noFigure;
}

function adjustedText(verdict: PairVerdict): string {
  return verdict.verdict === 'regression' || verdict.verdict === 'improvement' ? pText(verdict.p) : noFigure;
}

/** The word, and what it rests on where the figures do not say it. */
function verdictLine({ suspect: { metric }, verdict, threshold }: JudgedSuspect, firstLook: number): Line {
  switch (verdict.verdict) {
    case 'regression':
    case 'improvement':
      return [strong(verdict.verdict)];
    case 'no change':
      return stacked([text('no change')], [text(excludedText(metric, threshold.target))]);
    case 'inconclusive':
      return inconclusiveLine(verdict, firstLook);
    case 'not comparable':
      return stacked([text('not comparable')], [text(verdict.reason)]);
    case 'broken':
      return stacked([strong('broken')], [text(`on ${verdict.side}: ${verdict.kind}`)]);
  }
}

function inconclusiveLine(verdict: Extract<PairVerdict, { readonly verdict: 'inconclusive' }>, firstLook: number): Line {
  const { evidence, pairs, reason } = verdict;
  if (evidence === null && pairs < firstLook) return [text('inconclusive (not re-measured)')];
  const smallest = evidence?.smallestEffect ?? null;
  const seen = smallest === null ? reason : `too noisy here; could have seen ${percentText(1 + smallest)}`;
  return stacked([text('inconclusive')], [text(seen)]);
}

function brokenBlocks({ rows, refused }: PairReport, columns: readonly RuntimeColumn[]): readonly Block[] {
  const cells = rows.flatMap(({ suspect: { cell }, verdict }): readonly Line[] =>
    verdict.verdict === 'broken'
      ? [
          [
            ...cellName(cell),
            text(` on ${labelOf(cell, columns)}, `),
            strong(verdict.side),
            text(`: ${shortened(verdict.message, longestMessage)}`),
          ],
        ]
      : [],
  );
  const items = [...refusedItems(refused, columns), ...cells];
  return items.length === 0 ? [] : [heading(2, 'Broken'), { kind: 'list', items }];
}

/** One item for each side and reason, however many runtimes share it. */
function refusedItems(refused: PairReport['refused'], columns: readonly RuntimeColumn[]): readonly Line[] {
  const groups = Map.groupBy(refused, ({ id, side, phase, reason }) => JSON.stringify([id, side, phase, reason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { id, side, phase, reason } = first;
    const where = listed(group.map((each) => labelOf(each, columns)));
    return [
      [code(id), text(' was refused by '), strong(side), text(` on ${where} (${phase}): ${shortened(reason, longestMessage)}`)],
    ] satisfies Line[];
  });
}

function uncomparedBlocks({ lone, notComparable, refused }: PairReport, columns: readonly RuntimeColumn[]): readonly Block[] {
  const told = lone.filter((each) => !isRefusalOf(each, refused));
  const groups = Map.groupBy(told, ({ lacks, reason }) => `${lacks === 'base' ? 'New' : 'Missing'}: ${reason}.`);
  const unlike = Map.groupBy(notComparable, ({ reason }) => `Not comparable: ${reason}.`);
  return [...groups, ...unlike].map(([sentence, cells]) => {
    const names = cells.map(({ cell }) => `${cellWords(cell)} (${labelOf(cell, columns)})`);
    return paragraph(strong(sentence), text(` ${listed(names)}.`));
  });
}
