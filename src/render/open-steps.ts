import type { Doubt } from '../judge/cell-verdict.ts';
import type { Report } from '../tables/report.ts';
import { isSuspected, type OpenCell, type VerdictTable } from '../tables/verdicts.ts';
import { code, type Line, strong, text } from './document.ts';
import { worseningText } from './evidence.ts';
import { cellList, counted } from './names.ts';

/** What to do about inconclusive cells, by the reason of the doubt. */
export function openSteps(report: Report): readonly Line[] {
  const { verdicts } = report;
  return [
    ...suspectedSteps(report),
    ...unpairedSteps(report),
    ...notMeasuredSteps(verdicts),
    ...noisySteps(verdicts),
    ...varyingSteps(verdicts),
    ...familySteps(verdicts),
  ];
}

function suspectedSteps({ verdicts: { open }, columns }: Report): readonly Line[] {
  const suspected = open.filter(isSuspected);
  if (suspected.length === 0) return [];
  const names = cellList(
    suspected.map(({ cell }) => cell),
    columns,
  );
  const look = `${suspected.length === 1 ? 'looks' : 'look'} slower than the stored runs`;
  return [
    [
      strong('Suspected, not confirmed:'),
      text(
        ` ${counted(suspected.length, 'cell')} ${look}, and nothing was measured a second time. Where machines differ, about one pull request in ten shows such a suspect by chance, so this fails nothing.`,
      ),
      text(` ${names}`),
    ],
  ];
}

/** Why there are no pairs, where some would have helped; the reason says what to do about it. */
function unpairedSteps({ confirmation, verdicts }: Report): readonly Line[] {
  const left = verdicts.doubts['not confirmed'] - verdicts.suspected;
  if (confirmation.kind !== 'none' || left + verdicts.suspected + verdicts.counts.new === 0) return [];
  const open = left === 0 ? '' : ` ${counted(left, 'cell')} could not be judged without pairs.`;
  return [[strong('No pairs were measured:'), text(` ${confirmation.reason}${open}`)]];
}

type Why = Extract<Doubt, { readonly kind: 'not re-measured' }>['why'];

function notMeasuredSteps({ open }: VerdictTable): readonly Line[] {
  const whys: readonly Why[] = ['max-suspects', 'time budget', 'interrupted'];
  return whys.flatMap((why) => {
    const cells = open.filter(({ verdict: { doubt } }) => doubt.kind === 'not re-measured' && doubt.why === why).length;
    return cells === 0 ? [] : [[text(`${counted(cells, 'cell')} ${cells === 1 ? 'was' : 'were'} not measured again, `), ...whyLine(why)]];
  });
}

function whyLine(why: Why): Line {
  switch (why) {
    case 'max-suspects':
      return [text('because more were suspect than '), code('max-suspects'), text(' lets through: raise it.')];
    case 'time budget':
      return [text('because the time ended: raise '), code('time-budget'), text(', or measure fewer workloads or models.')];
    case 'interrupted':
      return [text('because the run was interrupted: run it again.')];
  }
}

function noisySteps({ open }: VerdictTable): readonly Line[] {
  const noisy = open.filter(({ verdict: { doubt } }) => doubt.kind === 'too noisy');
  if (noisy.length === 0) return [];
  const subject = `${counted(noisy.length, 'cell')} ${noisy.length === 1 ? 'is' : 'are'} too noisy here: `;
  return [
    [
      text(`${subject}${seenWords(noisy)}More pairs (`),
      code('confirm-pairs'),
      text('), a quieter machine or a longer workload would see more; or leave it: it fails nothing unless '),
      code('fail-on'),
      text(' names inconclusive.'),
    ],
  ];
}

function seenWords(noisy: readonly OpenCell[]): string {
  const seen = noisy.flatMap(({ verdict: { pairs } }) => (pairs === null || pairs.smallestEffect === null ? [] : [pairs.smallestEffect]));
  if (seen.length === 0) return '';
  const [least, most] = [Math.min(...seen), Math.max(...seen)].map((share) => worseningText(null, share));
  return `this run could have seen ${least === most ? least : `${least} in the quietest and ${most} in the noisiest`}. `;
}

function varyingSteps({ doubts }: VerdictTable): readonly Line[] {
  const cells = doubts['not deterministic'];
  if (cells === 0) return [];
  return [
    [
      text(
        `${counted(cells, 'cell')} ${cells === 1 ? 'is' : 'are'} judged by a count or size that should not vary and does: find what differs between the processes.`,
      ),
    ],
  ];
}

function familySteps({ doubts }: VerdictTable): readonly Line[] {
  const cells = doubts['family open'];
  if (cells === 0) return [];
  const subject = `${counted(cells, 'cell')} ${cells === 1 ? 'is' : 'are'} unchanged only if the movement common to the family is the machine’s, and no sentinel of the family was decided: `;
  return [[text(subject), text('raise '), code('time-budget'), text(' or '), code('confirm-pairs'), text('.')]];
}
