import { type Line, runWorker } from '../worker-process.ts';
import type { Description } from './workload-description.ts';

/** Workers that run at the same time: the smallest machine has two cores. */
const lanes = 2;

/** What is measured of a workload: a model, and the parameters that differ from its own. */
export interface TestCell {
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What was wrong with one verified value of the workload under `model`, or undefined when nothing was. */
export async function failureOf(
  python: string,
  workload: string,
  { model, params }: TestCell,
  description: Description,
): Promise<string | undefined> {
  const args = ['run', '--model', model, '--values', '1', '--warmups', '0', '--params', JSON.stringify(params)];
  const { lines, stderr, exitCode } = await runWorker(python, workload, args);
  const value = lines.find(({ event }) => event === 'value');
  const gate = description.models[model]?.gate ?? '';
  const right = exitCode === 0 && lines.map(({ event }) => event).join() === 'start,value,end' && isWhole(value, gate, model);
  return right
    ? undefined
    : `${model} ${JSON.stringify(params)}: exit ${exitCode}, ${JSON.stringify(lines.slice(-1))} ${stderr.slice(-500)}`;
}

function isWhole(value: Line | undefined, gate: string, model: string): boolean {
  const metrics = (value?.['metrics'] ?? {}) as Record<string, number>;
  const rightLoop = model === 'uvloop' ? String(value?.['loop']).startsWith('uvloop.') : !String(value?.['loop']).startsWith('uvloop');
  return value?.['verified'] === true && rightLoop && typeof metrics[gate] === 'number' && (metrics['wall_per_unit'] ?? 0) > 0;
}

/** What was wrong with any of the cells; as many are tried at a time as there are lanes. */
export async function failures(cells: readonly TestCell[], failure: (cell: TestCell) => Promise<string | undefined>): Promise<string[]> {
  const waiting = [...cells];
  const found: string[] = [];
  const lane = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      const wrong = await failure(cell);
      if (wrong !== undefined) found.push(wrong);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}
