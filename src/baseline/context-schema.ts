import { z } from 'zod';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { mostShards, shardCount } from '../model/shard.ts';
import { cellName, count, identifier, names, oneLine, place, prose, repositoryPath, text } from './schema-scalars.ts';

/** A concurrency model by its name. */
export const model = z.enum(concurrencyModels).meta({ id: 'model', description: 'A concurrency model.' });

const declared = z.strictObject({ unit: z.enum(['s', 'B', 'ratio', 'count']), better: z.enum(['lower', 'higher']) });

/** An interpreter, what is installed, and how it was built where that was recorded. */
export const runtime = z
  .strictObject({
    id: cellName,
    python: identifier,
    implementation: identifier,
    freeThreaded: z.boolean(),
    build: identifier,
    source: identifier,
    packages: names(identifier),
    provenance: z.strictObject({ distribution: identifier, compiler: text(200), configArgs: text(4000) }).exactOptional(),
    wheels: z
      .array(z.strictObject({ name: identifier, version: identifier, sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256') }))
      .max(1000)
      .exactOptional(),
  })
  .meta({ id: 'runtime', description: 'An interpreter and what is installed in its environment.' });

/** The machine a run was measured on. */
export const machine = z
  .strictObject({
    runnerClass: identifier,
    os: identifier,
    kernel: identifier,
    arch: identifier,
    cpuModel: identifier,
    cpus: place,
    memoryBytes: place,
    peerPython: identifier,
  })
  .meta({ id: 'machine', description: 'The machine a run was measured on.' });

/** A workload as results remember it. */
export const workload = z
  .strictObject({
    id: cellName,
    title: prose,
    source: identifier,
    metrics: names(declared),
    gates: names(identifier),
    axes: names(names(z.union([z.number(), identifier]))).exactOptional(),
    file: repositoryPath.exactOptional().describe('Below the root of the checkout.'),
  })
  .meta({ id: 'workload', description: 'A workload: the digest of its source, its own metrics, and the metric each model is judged by.' });

/** The part of a plan that a run is. */
export const shard = z
  .strictObject({
    run: identifier.min(1),
    index: place.max(mostShards),
    pythons: z
      .array(z.tuple([oneLine(400).min(1), place.max(mostShards)]))
      .min(1)
      .max(mostShards),
    workloads: z.array(cellName.min(1)).min(1).max(20_000),
    cells: place,
  })
  .refine((each) => shardCount(each) <= mostShards, { message: 'is of a plan with more shards than a workflow has jobs' })
  .refine((each) => each.index <= shardCount(each), { message: 'lies outside its plan' })
  .meta({ id: 'shard', description: 'The part of a plan that was measured; index counts from 1.' });

/** Workloads that could not be measured on a runtime. */
export const refused = z
  .array(z.strictObject({ id: identifier, phase: identifier, reason: prose, runtime: cellName }))
  .max(20_000)
  .describe('Workloads that could not be measured on a runtime, and why.');

/** Cells that were not measured on purpose. */
export const leftOut = z
  .array(z.strictObject({ workload: cellName, model, runtime: cellName, reason: prose }))
  .max(200_000)
  .describe('Cells that were left out on purpose, and why.');

/** Which cell; `params` is empty for one that is not scaled. */
export const cell = z
  .strictObject({ workload: cellName, model, runtime: cellName, params: cellName })
  .meta({ id: 'cell', description: 'One workload under one model on one runtime; params is empty where it is not scaled.' });

/** A metric by its id; unit and direction count for those that are not the program's own. */
export const metric = z.strictObject({ id: identifier, unit: declared.shape.unit, better: declared.shape.better });

/** Seconds, values or counts per process; more than a process ever takes is refused. */
export const innerValues = count.min(1).max(1000);
