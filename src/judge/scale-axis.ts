import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { CellIndex } from './cell-index.ts';

/** Where the plain cell of each model stands on an axis, as far as the results say. */
type PlainPoints<Point> = Readonly<Partial<Record<string, Point>>>;

/** A parameter of a workload that was varied, and the values of it that were measured. */
export type ScaleAxis =
  | {
      readonly kind: 'sizes';
      readonly workload: string;
      readonly axis: string;
      /** Ascending, each once, above 0; at least two. */
      readonly points: readonly number[];
      readonly plain: PlainPoints<number>;
    }
  | {
      readonly kind: 'options';
      readonly workload: string;
      readonly axis: string;
      /** Those of plain cells first, each once; at least two. */
      readonly points: readonly string[];
      readonly plain: PlainPoints<string>;
    };

/** An axis of numbers: a curve. */
export type SizeAxis = Extract<ScaleAxis, { readonly kind: 'sizes' }>;

/** An axis of texts: rows. */
export type OptionAxis = Extract<ScaleAxis, { readonly kind: 'options' }>;

interface FoundAxis {
  readonly workload: string;
  readonly axis: string;
  /** Measured values as `params` write them. */
  readonly texts: Set<string>;
  readonly models: Set<ConcurrencyModel>;
}

/** Axes by run: every figure of a claim asks for them. */
const known = new WeakMap<CellIndex, readonly ScaleAxis[]>();

/** Every axis of which some cell was run at two points or more, in the order of the workloads. */
export function scaleAxes(index: CellIndex): readonly ScaleAxis[] {
  const axes = known.get(index) ?? axesOf(index);
  known.set(index, axes);
  return axes;
}

function axesOf({ states, workloads }: CellIndex): readonly ScaleAxis[] {
  const found = new Map<string, FoundAxis>();
  for (const { cell } of states.values()) {
    const point = splitParams(cell.params);
    if (point === null) continue;
    const { workload, model } = cell;
    const key = JSON.stringify([workload, point.axis]);
    const entry = found.get(key) ?? { workload, axis: point.axis, texts: new Set(), models: new Set() };
    entry.texts.add(point.value);
    entry.models.add(model);
    found.set(key, entry);
  }
  const order = [...workloads.keys()];
  const entries = [...found.values()].sort((one, other) => order.indexOf(one.workload) - order.indexOf(other.workload));
  return entries.flatMap((entry) => axisOf(entry, workloads.get(entry.workload)?.axes?.[entry.axis] ?? {}));
}

/** The `params` of a model's cell at that point: '' where its plain cell stands. */
export function paramsOf({ axis, plain }: ScaleAxis, point: number | string, model: ConcurrencyModel): string {
  return plain[model] === point ? '' : `${axis}=${point}`;
}

function axisOf({ workload, axis, texts, models }: FoundAxis, recorded: PlainPoints<number | string>): readonly ScaleAxis[] {
  const plain = Object.entries(recorded).filter(([model]) => models.has(model as ConcurrencyModel));
  const numbers = [...texts].map(Number);
  const plainNumbers = plain.flatMap(([model, point]) => (typeof point === 'number' ? [[model, point] as const] : []));
  if (plainNumbers.length === plain.length && numbers.every((value) => value > 0 && Number.isFinite(value))) {
    const points = [...new Set([...numbers, ...plainNumbers.map(([, point]) => point)])].sort((one, other) => one - other);
    return points.length < 2 ? [] : [{ kind: 'sizes', workload, axis, points, plain: Object.fromEntries(plainNumbers) }];
  }
  const plainTexts = plain.map(([model, point]) => [model, String(point)] as const);
  const options = [...new Set([...plainTexts.map(([, point]) => point), ...[...texts].sort()])];
  return options.length < 2 ? [] : [{ kind: 'options', workload, axis, points: options, plain: Object.fromEntries(plainTexts) }];
}

function splitParams(params: string): { readonly axis: string; readonly value: string } | null {
  const equals = params.indexOf('=');
  return equals < 1 ? null : { axis: params.slice(0, equals), value: params.slice(equals + 1) };
}
