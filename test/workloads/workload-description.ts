import { expect } from 'vitest';
import { type ConcurrencyModel, concurrencyModels } from '../../src/model/concurrency-model.ts';
import { runWorker } from '../worker-process.ts';

/** What the worker says of a workload, as it says it. */
export interface Description {
  readonly core: readonly string[] | null;
  readonly scale: Readonly<Record<string, readonly (number | string)[]>>;
  readonly scale_models: Readonly<Record<string, readonly string[]>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly models: Readonly<Record<string, { readonly supported: boolean; readonly reason?: string; readonly gate?: string }>>;
}

/** Runs the worker's `describe`, and expects nothing but a description. */
export async function descriptionOf(python: string, workload: string): Promise<Description> {
  const { lines, stderr } = await runWorker(python, workload, ['describe']);
  expect(
    lines.map(({ event }) => event),
    JSON.stringify(lines) + stderr,
  ).toEqual(['workload', 'end']);
  return lines[0] as unknown as Description;
}

/** The models that the interpreter can run it under. */
export function supportedModels({ models }: Description): readonly ConcurrencyModel[] {
  return concurrencyModels.filter((model) => models[model]?.supported);
}

/** The points of a model's axes whose values are of the kind. */
export function pointsOf(
  { scale, scale_models: scaleModels }: Description,
  model: string,
  kind: 'number' | 'string',
): Record<string, unknown>[] {
  const axes = Object.entries(scale).filter(([axis]) => scaleModels[axis]?.includes(model) ?? true);
  return axes.flatMap(([axis, points]) => points.filter((point) => typeof point === kind).map((point) => ({ [axis]: point })));
}

/** The rows of a model besides the plain one. */
export function rowsOf(description: Description, model: string): Record<string, unknown>[] {
  return pointsOf(description, model, 'string').filter((row) =>
    Object.entries(row).some(([axis, value]) => description.params[axis] !== value),
  );
}
