import { modelLabel } from '../model/concurrency-model.ts';
import type { ModelCheck, RuntimeCheck, WorkloadCheck } from '../tables/workload-check.ts';
import { type Block, type Document, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { figureText } from './number.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** The check of a workload as text for a terminal. */
export function renderWorkloadCheck(check: WorkloadCheck, layout: TerminalLayout): string {
  return terminalOf(workloadCheckDocument(check), layout);
}

/** What every model made of the workload on every runtime, and what to do next. */
export function workloadCheckDocument(check: WorkloadCheck): Document {
  const absent = check.unavailable.map(({ requested, reason }) => paragraph(strong(`Not available: ${requested}.`), text(` ${reason}`)));
  return [heading(1, check.title), ...absent, ...check.runtimes.flatMap(runtimeBlocks), paragraph(strong(conclusion(check)))];
}

function conclusion({ faults, unavailable, unreached }: WorkloadCheck): string {
  const unknown = unavailable.length + unreached;
  if (faults === 0 && unknown === 0) return 'Ready to be measured.';
  if (faults === 0)
    return 'Not everything was checked: see what was not available or not reached, and raise time-budget where it ended the run.';
  return `${faults === 1 ? 'One fault' : `${faults} faults`}: mend what is broken, or leave a model out with SKIP and a reason.`;
}

function runtimeBlocks({ label, refused, models }: RuntimeCheck): readonly Block[] {
  const title = heading(2, `Python ${label}`);
  if (refused !== null) return [title, paragraph(strong('Refused. '), text(refused))];
  return [title, table(['Model', 'Found', 'In detail'], models.map(modelRow)), ...models.flatMap(outputBlocks)];
}

function modelRow(check: ModelCheck): readonly Line[] {
  return [[text(modelName(check))], [strong(check.status === 'broken' ? check.kind : check.status)], [text(detail(check))]];
}

function modelName(check: ModelCheck): string {
  const params = check.status === 'left out' || check.params === '' ? '' : ` ${check.params}`;
  return `${modelLabel(check.model)}${params}`;
}

function detail(check: ModelCheck): string {
  switch (check.status) {
    case 'verified': {
      const figure = check.figure === null ? 'not reported' : figureText(check.figure, check.metric.unit);
      return `${figureText(check.seconds, 's')} for ${check.units} ${check.units === 1 ? 'unit' : 'units'}; ${check.metric.label} ${figure}`;
    }
    case 'broken':
      return check.message;
    case 'left out':
      return check.reason;
  }
}

function outputBlocks(check: ModelCheck): readonly Block[] {
  if (check.status !== 'broken' || check.output.trim() === '') return [];
  return [paragraph(text(`What ${modelName(check)} printed:`)), { kind: 'verbatim', text: check.output }];
}
