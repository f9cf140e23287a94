import type { Report } from '../tables/report.ts';
import { baselineSteps } from './baseline-section.ts';
import { type Block, code, heading, type Line, text } from './document.ts';
import { cellList, counted, listed } from './names.ts';
import { shareText } from './number.ts';
import { openSteps } from './open-steps.ts';
import { regressionSteps, reproduceBlocks } from './regression-steps.ts';
import { notReachedSentence } from './run-words.ts';

/** What to do next, in words, the most urgent first; nothing where nothing is to be done. */
export function nextStepBlocks(report: Report): readonly Block[] {
  const items = [
    ...(report.nullRun ? falseAlarmSteps(report) : regressionSteps(report)),
    ...brokenSteps(report),
    ...unfinishedSteps(report),
    ...missingSteps(report),
    ...openSteps(report),
    ...baselineSteps(report),
  ];
  return items.length === 0 ? [] : [heading(2, 'What to do next'), { kind: 'list', items }, ...reproduceBlocks(report)];
}

function falseAlarmSteps({ counts, confirmation }: Report): readonly Line[] {
  const flags = counts.regressions + counts.improvements;
  if (flags === 0 || confirmation.kind !== 'pairs') return [];
  const { alpha } = confirmation.summary.design;
  return [
    [
      text(
        `Nothing changed, and ${counted(flags, 'cell')} ${flags === 1 ? 'was' : 'were'} flagged. That is to happen in ${shareText(alpha)} of null runs at most; if it happens more often, raise `,
      ),
      code('margin'),
      text(' and look for what differs between the two sides.'),
    ],
  ];
}

function brokenSteps({ broken, refused }: Report): readonly Line[] {
  const onBase = broken.filter((row) => row.where === 'pair' && row.side === 'base').length;
  const onHead = broken.length - onBase;
  return [
    ...(onHead === 0
      ? []
      : [[text(`${areBroken(onHead)} and ${onHead === 1 ? 'has' : 'have'} no figure: read under Broken what happened.`)]]),
    ...(onBase === 0
      ? []
      : [
          [
            text(
              `${areBroken(onBase)} on base only, before this change: there is nothing to compare ${onBase === 1 ? 'it' : 'them'} with until base works.`,
            ),
          ],
        ]),
    ...refusedSteps(refused.length),
  ];
}

function areBroken(cells: number): string {
  return `${counted(cells, 'cell')} ${cells === 1 ? 'is' : 'are'} broken`;
}

function refusedSteps(groups: number): readonly Line[] {
  return groups === 0 ? [] : [[text('A workload that was refused is not measured at all: correct its file as Broken says.')]];
}

/** A run that ended too early is measured again as a whole, and only what failed of one in shards. */
function unfinishedSteps({ partial, missingShards, counts, warnings }: Report): readonly Line[] {
  const why = counts.notReached > 0 ? notReachedSentence(counts) : 'it ended before every cell had as many processes as were planned.';
  const inTime = warnings.some(({ code }) => code === 'fewer rounds');
  return [
    ...(partial
      ? [[text(`Run the job again: ${why}`), ...(inTime ? [text(' Raise '), code('time-budget'), text(' for that.')] : [])]]
      : []),
    ...(missingShards.length === 0
      ? []
      : [[text(`See the job log of ${listed(missingShards)}, and run the failed jobs again: without them this is no whole report.`)]]),
  ];
}

function missingSteps({ counts: { missing }, verdicts, columns }: Report): readonly Line[] {
  if (missing === 0) return [];
  const [verb, pronoun] = missing === 1 ? ['was', 'it'] : ['were', 'them'];
  const subject = `${counted(missing, 'cell')} ${verb} there before and ${missing === 1 ? 'is' : 'are'} missing now`;
  const names = cellList(
    verdicts.missing.flatMap(({ cells }) => cells),
    columns,
  );
  return [[text(`${subject}: see under “Not compared” why, and bring ${pronoun} back unless that is meant.`), text(` ${names}`)]];
}
