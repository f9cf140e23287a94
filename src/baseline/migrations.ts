import { resultsSchema } from '../model/results.ts';

/** A JSON object whose content is not checked yet. */
export type UncheckedObject = Readonly<Record<string, unknown>>;

/** One step from a version of the results document to the next one. */
interface Migration {
  /** The version that it reads; it gives the one after it. */
  readonly from: number;
  /** Adds what the next version asks for. What the document has already wins, so that the schema refuses what it should not have. */
  readonly migrate: (document: UncheckedObject) => UncheckedObject;
}

/** Every step, oldest first. A new version adds its schema, one step here, and a fixture of the version before. */
const migrations: readonly Migration[] = [
  // 2: shards and what a run was compared with. Whether a run of version 1 was compared is not in it.
  { from: 1, migrate: (document) => ({ shard: null, comparison: null, ...document }) },
];

/** A document of any version so far in the form of the newest one, unchecked; one of no known version stays as it is. */
export function migrated(document: UncheckedObject): UncheckedObject {
  return migrations.reduce(
    (current, { from, migrate }) => (current['schema'] === from ? { ...migrate(current), schema: from + 1 } : current),
    document,
  );
}

/** Why a document of this version cannot be read, or null when it may be tried. */
export function newerVersion({ schema }: UncheckedObject): string | null {
  if (typeof schema !== 'number' || schema <= resultsSchema) return null;
  return `It has schema version ${schema}; this program reads up to ${resultsSchema}. Update concurrency-regressions.`;
}
