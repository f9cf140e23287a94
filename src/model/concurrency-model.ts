/** The concurrency models, in the order every table shows them. */
export const concurrencyModels = [
  'sequential',
  'threads',
  'thread_pool',
  'asyncio',
  'uvloop',
  'executor',
  'processes',
  'interpreters',
] as const;

/** One way of running many units of work at once. */
export type ConcurrencyModel = (typeof concurrencyModels)[number];

const labels: Readonly<Record<ConcurrencyModel, string>> = {
  sequential: 'sequential',
  threads: 'threads',
  thread_pool: 'thread pool',
  asyncio: 'asyncio',
  uvloop: 'uvloop',
  executor: 'run_in_executor',
  processes: 'processes',
  interpreters: 'subinterpreters',
};

/** The name of a model as readers see it. */
export function modelLabel(model: ConcurrencyModel): string {
  return labels[model];
}

/** Whether `text` names a concurrency model exactly. */
export function isConcurrencyModel(text: string): text is ConcurrencyModel {
  return (concurrencyModels as readonly string[]).includes(text);
}

/** Whether a model keeps all its work on one thread, so that only additive noise disturbs its timings. */
export function isSingleThreaded(model: ConcurrencyModel): boolean {
  return model === 'sequential' || model === 'asyncio' || model === 'uvloop';
}
