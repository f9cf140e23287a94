import { realpath } from 'node:fs/promises';
import { mapInParallel } from '../model/map-in-parallel.ts';
import { type Candidate, candidateKey, explicitCandidates, searchPlaces } from './candidates.ts';
import { CHILDREN_AT_ONCE } from './child-process.ts';
import type { Discovery, Interpreter, RefusedCandidate, Surroundings } from './interpreter.ts';
import { probeInterpreter } from './probe.ts';

/** Where to look. */
export interface DiscoveryOptions extends Surroundings {
  /** Paths asked for by name, as written; see `isInterpreterPath`. */
  readonly explicit: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Candidates that are one file, the preferred one first. */
type Group = readonly [Candidate, ...Candidate[]];

/**
 * Finds and probes every interpreter at hand: explicit paths, the runner's tool cache, uv, pyenv, PATH, in this order
 * of preference. Each is named once, by its real path. What is no interpreter is refused with a reason; nothing but an abort throws.
 */
export async function discoverInterpreters(where: DiscoveryOptions): Promise<Discovery> {
  const explicit = await explicitCandidates(where.explicit, where);
  const places = await searchPlaces(where);
  const candidates = [...explicit.filter((item) => 'path' in item), ...places.flatMap((place) => place.candidates)];
  const probed = await mapInParallel(await grouped(candidates), { atOnce: CHILDREN_AT_ONCE }, (group) => examine(group, where));
  return {
    interpreters: merged(probed.filter((item) => 'facts' in item)),
    refused: [...explicit.filter((item) => 'reason' in item), ...probed.filter((item) => Array.isArray(item)).flat()],
    searched: places.map(({ source, place }) => ({ source, place })),
  };
}

async function grouped(candidates: readonly Candidate[]): Promise<readonly Group[]> {
  const groups = new Map<string, [Candidate, ...Candidate[]]>();
  for (const candidate of candidates) {
    const key = await candidateKey(candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}

async function examine(group: Group, where: DiscoveryOptions): Promise<Interpreter | RefusedCandidate[]> {
  const [first] = group;
  const result = await probeInterpreter(first.path, where);
  if (!result.ok) return group.map(({ name, source }) => ({ name, source, reason: result.reason }));
  const { facts, environment } = result;
  // The interpreter itself, not the shim or the environment that led to it.
  const real = await realpath(facts.executable).catch(() => undefined);
  if (real === undefined) return group.map(({ name, source }) => ({ name, source, reason: 'names an interpreter that does not exist' }));
  return { facts, realPath: real, source: first.source, names: group.map(({ name }) => name), environment };
}

/** Joins the ways that led to one interpreter; the first found is the preferred one and gives the source. */
function merged(interpreters: readonly Interpreter[]): readonly Interpreter[] {
  const byPath = new Map<string, Interpreter>();
  for (const interpreter of interpreters) {
    const known = byPath.get(interpreter.realPath);
    byPath.set(interpreter.realPath, known === undefined ? interpreter : { ...known, names: [...known.names, ...interpreter.names] });
  }
  return [...byPath.values()];
}
