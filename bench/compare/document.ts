import { differenceLevel } from '../../src/judge/two-sample.ts';
import type { Results } from '../../src/model/results.ts';
import { type Runtime, runtimeLabel } from '../../src/model/runtime.ts';
import { warningText } from '../../src/model/warning.ts';
import { cellWords } from '../../src/render/names.ts';
import { changeText, figureText } from '../../src/render/number.ts';
import type { ResultsComparison } from '../../src/tables/comparison.ts';
import { type Agreement, agreementOf, benchstatDirection, type Direction, ourDirection, pyperfDirection } from './agreement.ts';
import type { BenchstatAnswer } from './benchstat.ts';
import type { CellValues } from './cell-values.ts';
import { type Disagreement, disagreements } from './disagreement.ts';
import type { FigureCheck } from './figure-check.ts';
import { intraclassCorrelation } from './intraclass-correlation.ts';
import type { Programs } from './programs.ts';
import type { PyperfAnswer } from './pyperf.ts';
import { fitsPyperf, type ValuesOfRun } from './pyperf-suite.ts';

/** Everything the document tells. */
export interface ComparedPrograms {
  readonly command: string;
  readonly base: Results;
  readonly head: Results;
  readonly comparison: ResultsComparison;
  readonly cells: readonly CellValues[];
  readonly programs: Programs;
  readonly benchstat: BenchstatAnswer;
  readonly pyperf: Readonly<Record<ValuesOfRun, PyperfAnswer>>;
  readonly check: FigureCheck;
}

/** The comparison of the three programs as Markdown. The same figures give the same text. */
export function compareDocument(compared: ComparedPrograms): string {
  const parts = [
    introduction(compared),
    validity(compared),
    agreement(compared),
    cellTable(compared),
    reasons(compared),
    figures(compared),
  ];
  return `${[...parts, outputs(compared)].join('\n\n')}\n`;
}

const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;

function introduction({ command, base, head, comparison, cells, programs }: ComparedPrograms): string {
  const { machine } = head;
  const processes = [...new Set(cells.flatMap(({ base: before, head: now }) => [before.processes.length, now.processes.length]))].sort();
  const warnings = comparison.warnings.map((warning) => `- ${warningText(warning)}`);
  return `# Two results, compared by three programs

Written by \`${command}\` on ${machine.cpus} × ${machine.cpuModel}, ${machine.os}.

- Before: ${sideText(base)}
- Now: ${sideText(head)}
- ${cells.length} cells, processes a side: ${processes.join(' or ')}; one result after the other

The very same figures go to \`concurrency-regressions compare\`, to benchstat (${programs.benchstatVersion}, \`-alpha ${differenceLevel}\`)
and to pyperf (${programs.pyperfVersion}, \`compare_to --table\`). What \`compare\` warns of:

${warnings.join('\n')}`;
}

function sideText({ runtimes, created }: Results): string {
  return `${runtimes.map(runtimeText).join(', ')}, ${created.slice(0, 16).replace('T', ' ')} UTC`;
}

function runtimeText(runtime: Runtime): string {
  const packages = Object.entries(runtime.packages).map((each) => each.join(' '));
  return [`Python ${runtimeLabel(runtime)}`, ...packages].join(' + ');
}

function validity({ cells }: ComparedPrograms): string {
  const known = cells.flatMap((cell) => intraclassCorrelation(cell) ?? []).sort((one, other) => one - other);
  const half = known[Math.floor(known.length / 2)] ?? 0;
  return `## Whose test is valid when

| program | what it compares | its test | valid where |
| --- | --- | --- | --- |
| compare | medians over processes; a process is its minimum, lower quartile or median | Mann-Whitney, exact, ${percent(differenceLevel)} a cell; Holm over all cells beside it | processes are independent, and nothing drifts between the two files |
| benchstat | the same medians of the same figures, one line a process | Mann-Whitney, exact to 50 values (25 with ties) | the same |
| pyperf, one value a process | their means | Student's t, pooled variance, 95 % | the same, and the figures are about normal and as many on both sides |
| pyperf as it is used | means over all values of all processes | the same t, each value counted | also values of one process are as different as those of two: see below |

Values of one process share its memory layout, hash seed and CPU. How much of the variance lies between processes (intraclass
correlation): half of the cells have ${half.toFixed(2)} or more, the highest ${(known.at(-1) ?? 0).toFixed(2)}; a pooled test is right at 0. No test of two files sees what
the machine did between them; \`pairs\` measures both sides in turns for that reason.`;
}

type Other = 'benchstat' | 'pyperf, one value a process' | 'pyperf as it is used';

const others: readonly Other[] = ['benchstat', 'pyperf, one value a process', 'pyperf as it is used'];

/** What another program says of a cell, or null where it cannot hold the cell. */
function directionBy(other: Other, cell: CellValues, { benchstat, pyperf }: ComparedPrograms): Direction | null {
  if (other === 'benchstat') {
    const row = benchstat.rows.get(cell.name);
    return row === undefined ? null : benchstatDirection(row);
  }
  const row = pyperf[other === 'pyperf as it is used' ? 'every value' : 'one a process'].rows.get(cell.name);
  return row === undefined ? null : pyperfDirection(row);
}

function agreement(compared: ComparedPrograms): string {
  const rows = others.map((other) => {
    const words = compared.cells.flatMap((cell): readonly Agreement[] => {
      const theirs = directionBy(other, cell, compared);
      return theirs === null ? [] : [agreementOf(ourDirection(cell.ours), theirs)];
    });
    const count = (word: Agreement) => String(words.filter((each) => each === word).length);
    return [other, String(words.length), count('same'), count('one sees chance'), count('opposite')];
  });
  return `## Do they agree

"One sees chance": one of the two calls the cell different and the other does not.

${table(['with', 'cells', 'same word', 'one sees chance', 'opposite directions'], rows)}`;
}

function cellTable(compared: ComparedPrograms): string {
  const rows = compared.cells.map((cell) => {
    const { ours, name } = cell;
    const perf = (values: ValuesOfRun) => pyperfText(compared.pyperf[values], name);
    const words = others.flatMap((other) => directionBy(other, cell, compared) ?? []);
    const correlation = intraclassCorrelation(cell);
    return [
      `${cellWords(ours.cell)}, ${cell.runtime}`,
      `${ours.metric.label}, ${figureText(ours.base.value, ours.metric.unit)} → ${figureText(ours.head.value, ours.metric.unit)}`,
      ourText(cell),
      benchstatText(compared.benchstat, name),
      perf('one a process'),
      perf('every value'),
      correlation === null ? '–' : correlation.toFixed(2),
      words.every((word) => word === ourDirection(ours)) ? 'yes' : 'no',
    ];
  });
  const heads = ['cell', 'figures', 'compare', 'benchstat', 'pyperf, one value a process', 'pyperf as it is used', 'alike', 'all agree'];
  return `## Cell by cell

"~": not told apart. In brackets p, and Holm's p over all tested cells; pyperf's ratio of means, with its t where it is significant.
"Alike" is the intraclass correlation.

${table(heads, rows)}`;
}

function ourText({ ours: { outcome, ratio, metric } }: CellValues): string {
  const change = ratio === null ? 'different' : changeText(ratio, metric);
  switch (outcome.kind) {
    case 'equal':
      return '=';
    case 'exact':
      return `${change} (exact)`;
    case 'different':
      return `${change} (p=${outcome.p.toFixed(3)}, ${outcome.adjustedP.toFixed(3)})`;
    case 'not told apart':
      return `~ (p=${outcome.p.toFixed(3)}, ${outcome.adjustedP.toFixed(3)})`;
    case 'too few processes':
      return `~ (p=${outcome.p.toFixed(3)}; needs ${outcome.needed} processes a side)`;
  }
}

function benchstatText({ rows }: BenchstatAnswer, name: string): string {
  const row = rows.get(name);
  return row === undefined ? 'no row' : `${row.delta} (p=${row.p.toFixed(3)})`;
}

function pyperfText({ rows }: PyperfAnswer, name: string): string {
  const row = rows.get(name);
  if (row === undefined) return 'takes no zero';
  if (row.verdict === 'not significant') return `~ (${row.ratio})`;
  return row.t === 'failed' ? `${row.ratio} (its test failed)` : `${row.ratio} (t=${row.t})`;
}

function reasons(compared: ComparedPrograms): string {
  const found = [...compared.cells.flatMap((cell) => benchstatReason(cell, compared)), ...pyperfReasons(compared).map(reasonLine)];
  const left = compared.cells.filter((cell) => !fitsPyperf(cell)).map(({ name }) => `- ${name}: pyperf takes no value of zero or below.`);
  const lines = [...found, ...left];
  return `## Where they differ, and why

${lines.length === 0 ? 'Nowhere.' : lines.join('\n')}`;
}

function pyperfReasons({ cells, pyperf }: ComparedPrograms): readonly Disagreement[] {
  return cells.flatMap((cell) => {
    const [single, every] = [pyperf['one a process'].rows.get(cell.name), pyperf['every value'].rows.get(cell.name)];
    return single === undefined || every === undefined ? [] : disagreements(cell, { 'one a process': single, 'every value': every });
  });
}

function reasonLine({ name, values, agreement: word, reason }: Disagreement): string {
  const who = values === 'every value' ? 'pyperf as it is used' : 'pyperf, one value a process';
  return `- ${name}, ${who} (${word}): ${reason}`;
}

/** benchstat makes our very test: what is left is a figure without spread, and ties among many values. */
function benchstatReason(cell: CellValues, compared: ComparedPrograms): readonly string[] {
  const theirs = directionBy('benchstat', cell, compared);
  if (theirs === null || theirs === ourDirection(cell.ours)) return [];
  const why =
    cell.ours.outcome.kind === 'exact'
      ? 'we compare a figure without spread without a test; so few processes cannot reach its level by ranks'
      : 'benchstat leaves the exact distribution above 25 values with ties, we above 50';
  return [`- ${cell.name}, benchstat (one sees chance): ${why}.`];
}

function figures({ check }: ComparedPrograms): string {
  const { medians, identical, farthest, pValues, approximated, faults } = check;
  const rest =
    identical === medians ? '' : `; the others differ by ${farthest.toExponential(1)} of themselves, the rounding of an interpolation`;
  const apart = approximated === 0 ? '' : ` Of ${approximated} more it approximates p, because more than 25 values a side tie.`;
  const outcome =
    faults.length === 0
      ? `All ${pValues} p-values are benchstat's to its three decimals, and so are the changes and geometric means to its two.${apart}`
      : `**Not the same:**\n\n${faults.map((fault) => `- ${fault}`).join('\n')}`;
  return `## The same figures

${identical} of ${medians} medians are the same to the last of their digits here, in benchstat, and in pyperf given one value a process${rest}.
${outcome}

The command fails where one is not. Intervals are not compared: for some counts benchstat leaves one outer value out of its interval of the median
and keeps 95 % by the other tail; ours is the same on both sides, and with too few processes for one we show their range and say so.`;
}

function outputs({ benchstat, pyperf }: ComparedPrograms): string {
  return `## What the other two print

${verbatim('benchstat', benchstat.text)}

${verbatim('pyperf, one value a process', pyperf['one a process'].text)}

${verbatim('pyperf as it is used', pyperf['every value'].text)}`;
}

function verbatim(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n\`\`\`\n${content.trimEnd()}\n\`\`\`\n\n</details>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
