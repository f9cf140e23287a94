import { familyOf } from '../judge/cell-family.ts';
import { cellId } from '../model/cell.ts';
import type { FamilyMove } from '../tables/family-moves.ts';
import type { Report } from '../tables/report.ts';
import type { ChangedCell } from '../tables/verdicts.ts';
import { causeWords } from './cause.ts';
import { type Block, code, type Line, paragraph, strong, text } from './document.ts';
import { cellName, cellWords, counted, labelOf, listed } from './names.ts';
import { changeText, percentText, shareText } from './number.ts';

/** The most workloads and models that are named one by one; all regressions are in the table. */
const namedPlaces = 3;

/** Where to look, and how to let a slowdown through that is meant; nothing where nothing got worse. */
export function regressionSteps(report: Report): readonly Line[] {
  const { verdicts, families } = report;
  const regressions = verdicts.changed.filter(({ verdict }) => verdict.verdict === 'regression');
  const moved = families.map((family) => familyStep(family, report));
  if (regressions.length === 0) return moved;
  const single = regressions.filter((row) => !isOfFamily(row, families));
  const places = [...Map.groupBy(single, ({ cell }) => cellWords(cell)).values()];
  const rest = places.slice(namedPlaces).flat().length;
  return [
    ...moved,
    ...places.slice(0, namedPlaces).map((rows) => lookStep(rows, report)),
    ...(rest === 0 ? [] : [[text(`And at ${counted(rest, 'more regression')}: see under Changes.`)]]),
    meantStep(regressions, report),
  ];
}

/** A label accepts what was listed when it was put on: what is listed since is accepted by putting it on once more. */
function meantStep(regressions: readonly ChangedCell[], { acceptance, overrideLabel }: Report): Line {
  const rule = [text('A slowdown that is meant is let through by a rule under '), code('thresholds')];
  const accepted = new Set(acceptance?.cells);
  if (overrideLabel === null || regressions.every(({ cell }) => accepted.has(cellId(cell)))) return [...rule, text('.')];
  const how =
    acceptance === null
      ? ': put it on and run the failed job again.'
      : ': take the label off and put it on again to accept these too, and run the failed job again.';
  return [...rule, text(', or, for this commit alone, by the label '), code(overrideLabel), text(` on the pull request${how}`)];
}

function familyStep({ family, direction, moved, cells, least, most }: FamilyMove, report: Report): Line {
  const went = direction === 'regression' ? 'got slower or heavier' : 'got faster or lighter';
  const [low, high] = [shareText(least), shareText(most)];
  const span = low === high ? low : `${low} to ${high}`;
  const who =
    moved === cells
      ? `Every ${family} cell ${went}, by ${span}: the whole family moved.`
      : `${moved} of ${cells} ${family} cells ${went}, by ${span}: much of the family moved.`;
  const loops = movedLoops(report);
  const loop = loops === '' ? '' : ` The fixed calibration loop itself moved (${loops}), so look at the interpreter first.`;
  return [
    strong(who),
    text(` Look for one cause that they share, such as the interpreter, a package, or code that every workload runs.${loop}`),
  ];
}

/** The runtimes on which the calibration loop moved by what would be flagged of a cell: pairs share the machine, so that is the interpreter. */
function movedLoops({ confirmation, columns, threshold }: Report): string {
  if (confirmation.kind !== 'pairs') return '';
  const beyond = confirmation.summary.interpreters.filter(({ ratio: { value, bounds } }) => {
    const certain = bounds.kind === 'interval' && (bounds.low > 1 || bounds.high < 1);
    return certain && Math.abs(Math.log(value)) >= Math.log1p(threshold.margin);
  });
  return listed(beyond.map(({ runtime, ratio }) => `${percentText(ratio.value)} on ${labelOf({ runtime: runtime.id }, columns)}`));
}

function isOfFamily({ metric, cell }: ChangedCell, families: readonly FamilyMove[]): boolean {
  return metric !== null && families.some(({ family }) => family === familyOf(metric, cell.model));
}

/** One workload under one model, on all runtimes where it got worse. */
function lookStep(rows: readonly ChangedCell[], { columns }: Report): Line {
  const [first] = rows;
  if (first === undefined) return [];
  const changes = rows.map(({ cell, metric, verdict }) => {
    const where = `on ${labelOf(cell, columns)}`;
    return metric === null ? where : `${changeText(verdict.pairs.ratio.value, metric)} ${where}`;
  });
  const causes = [...new Set(rows.flatMap(({ hint }) => (hint === null ? [] : [causeWords(hint)])))];
  if (rows.some(({ sourceDiffers }) => sourceDiffers))
    causes.push('Its workload file differs from that of base: the benchmark itself may be what changed.');
  const by = first.metric === null ? '' : `, ${first.metric.label}`;
  return [text('Look at '), ...cellName(first.cell), text(`${by}: ${listed(changes)}.`), ...causes.map((cause) => text(` ${cause}`))];
}

/** The most workloads that the command to measure again names; it would not be pasted with all of a thousand. */
const namedInCommand = 10;

/** Names that a shell takes for nothing else: others, from a hostile pull request, are not offered for pasting. */
const plainName = /^\w[\w.-]*$/;

const fullCommit = /^[0-9a-f]{40}$/;

/** How to see the regressions at a terminal; nothing where there are none, or base is no commit that can be checked out. */
export function reproduceBlocks({ verdicts, confirmation, nullRun }: Report): readonly Block[] {
  const regressions = verdicts.changed.filter(({ verdict }) => verdict.verdict === 'regression');
  const commit = confirmation.kind === 'pairs' ? confirmation.summary.base.commit : null;
  const all = [...new Set(regressions.map(({ cell }) => cell.workload))];
  const plain = all.filter((name) => plainName.test(name));
  const workloads = plain.slice(0, namedInCommand);
  if (nullRun || commit === null || !fullCommit.test(commit) || workloads.length === 0) return [];
  const models = [...new Set(regressions.map(({ cell }) => cell.model))];
  const commands = [
    `git worktree add ../base ${commit}`,
    `node path/to/concurrency-regressions/dist/cli.mjs pairs --base ../base --head . --workloads ${workloads.join(',')} --models ${models.join(',')}`,
  ];
  const odd = plain.length === all.length ? '' : '; one whose name a shell could misread is left out';
  const left = plain.length > workloads.length ? `, here the worst ${namedInCommand} workloads of ${plain.length}${odd}` : odd;
  return [
    paragraph(text(`To measure this again, with the options of this run and a workload of your own by its path${left}:`)),
    { kind: 'verbatim', text: commands.join('\n') },
  ];
}
