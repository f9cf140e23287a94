import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Sample } from '../../src/model/sample.ts';
import { criticalValue } from '../../src/stats/critical-value.ts';

/** The memory of the program at some moment. */
export interface MemoryPoint {
  /** Processes that it had started. */
  readonly starts: number;
  /** kB in use on the heap behind a whole garbage collection. */
  readonly heap: number;
  /** kB, resident. */
  readonly resident: number;
}

/** How the heap goes with starts, kB for each hundred of them, without what the samples weigh that are kept for the results. */
export interface MemoryTrend {
  readonly slope: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** kB that a hundred samples weigh. */
  readonly samples: number;
  readonly first: MemoryPoint;
  readonly last: MemoryPoint;
}

/** Arguments of Node with which a program writes the size of its heap into a file, `starts` being the file of its starts. */
export function heapArguments(looks: string, starts: string): readonly string[] {
  const reporter = pathToFileURL(new URL('heap-reporter.ts', import.meta.url).pathname);
  reporter.search = new URLSearchParams({ looks, starts }).toString();
  return ['--expose-gc', '--import', reporter.href];
}

/** The looks at the memory of a run from its first start on. */
export function memoryLooks(looks: string): readonly MemoryPoint[] {
  const lines = readFileSync(looks, 'utf8').trimEnd().split('\n');
  return lines.map((line): MemoryPoint => JSON.parse(line)).filter(({ starts }) => starts > 0);
}

/** kB on the heap that a sample weighs on average, found by making many copies. Needs `--expose-gc`; 0 without a sample. */
export function weightOf(samples: readonly Sample[]): number {
  if (globalThis.gc === undefined) throw new Error('start this with --expose-gc');
  const texts = samples.map((sample) => JSON.stringify(sample));
  const copies = Math.ceil(copiedSamples / Math.max(1, texts.length));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: copies }, () => texts.map((text): Sample => JSON.parse(text)));
  globalThis.gc();
  const after = process.memoryUsage().heapUsed;
  return samples.length === 0 ? 0 : (after - before) / 1024 / kept.flat().length;
}

/** So many that what else the heap does in the meantime does not count. */
const copiedSamples = 20_000;

/** Starts after which the heap has found its size: the first fifth of a run. */
const settledShare = 0.2;

/** Blocks that a run is averaged over, so that neighbouring looks, which are alike, do not count as many. */
const blocks = 20;

/** The least squares line through the means of equal blocks of a run, without its beginning; null for too short a run. */
export function memoryTrend(points: readonly MemoryPoint[], sampleWeight: number): MemoryTrend | null {
  const end = points.at(-1)?.starts ?? 0;
  const begin = points[0]?.starts ?? 0;
  const settled = points.filter(({ starts }) => starts - begin >= settledShare * (end - begin));
  const size = Math.floor(settled.length / blocks);
  const first = settled[0];
  const last = settled.at(-1);
  if (size < 2 || first === undefined || last === undefined) return null;
  const means = Array.from({ length: blocks }, (_, index) => meanPoint(settled.slice(index * size, (index + 1) * size)));
  const rest = means.map(({ starts, heap }) => ({ starts, heap: heap - sampleWeight * starts }));
  return { ...line(rest), samples: sampleWeight * 100, first, last };
}

type HeapPoint = Pick<MemoryPoint, 'starts' | 'heap'>;

function meanPoint(points: readonly HeapPoint[]): HeapPoint {
  const mean = (of: (point: HeapPoint) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { starts: mean(({ starts }) => starts), heap: mean(({ heap }) => heap) };
}

function line(points: readonly HeapPoint[]): Pick<MemoryTrend, 'slope' | 'interval'> {
  const centre = meanPoint(points);
  const sum = (of: (point: HeapPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  const spread = sum(({ starts }) => (starts - centre.starts) ** 2);
  const slope = sum(({ starts, heap }) => (starts - centre.starts) * (heap - centre.heap)) / spread;
  const rest = sum(({ starts, heap }) => (heap - centre.heap - slope * (starts - centre.starts)) ** 2);
  const error = Math.sqrt(rest / (points.length - 2) / spread) * criticalValue(0.975, points.length - 2);
  return { slope: slope * 100, interval: [(slope - error) * 100, (slope + error) * 100] };
}
