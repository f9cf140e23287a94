import { runtimeId, type UnavailableRuntime } from '../model/runtime.ts';
import type { Discovery } from './interpreter.ts';
import { parseRuntimeRequest } from './runtime-request.ts';
import { selectInterpreters } from './select.ts';
import { minorLabel } from './version-range.ts';

/** Requests of which no two stand for one interpreter, as far as that can be told here. */
export interface DistinctPythons {
  /** In the order in which they were asked for. */
  readonly pythons: readonly string[];
  /** What may be one of the others. */
  readonly unavailable: readonly UnavailableRuntime[];
  /** What is one of the others, one line each. */
  readonly notes: readonly string[];
}

/** A single request and the interpreter it stands for here, null where there is none. */
interface Resolved {
  readonly python: string;
  readonly interpreter: string | null;
}

/**
 * Leaves each interpreter one request, so that no two jobs measure the same cells. Of several the one that says most about
 * it stays: a path before a full version before a minor one. A minor version that is not at hand is left out beside a full
 * one that it may turn out to be.
 *
 * @param pythons single requests, without repeats
 */
export function distinctPythons(pythons: readonly string[], discovery: Discovery): DistinctPythons {
  const resolved = pythons.map((python) => ({ python, interpreter: interpreterOf(python, discovery) }));
  const groups = [...groupsOf(resolved)].map((group) => ({ group, kept: mostSpecific(group) }));
  const kept = groups.map(({ kept: { python } }) => python);
  const unavailable = groups.flatMap(({ kept: each }) => doubt(each, kept) ?? []);
  const doubtful = new Set(unavailable.map(({ requested }) => requested));
  return {
    pythons: kept.filter((python) => !doubtful.has(python)),
    unavailable,
    notes: groups.flatMap(({ group, kept: each }) => (group.length === 1 ? [] : [note(group, each)])),
  };
}

/** What tells it from others where it is measured: two folders with one build are one. */
function interpreterOf(python: string, discovery: Discovery): string | null {
  const [found] = selectInterpreters([python], discovery).interpreters;
  if (found === undefined) return null;
  const { version, implementation, freeThreaded, build } = found.facts;
  return runtimeId({ python: version, implementation, freeThreaded, build, packages: {} });
}

type Group = readonly [Resolved, ...Resolved[]];

function groupsOf(resolved: readonly Resolved[]): Iterable<Group> {
  const groups = new Map<string | Resolved, [Resolved, ...Resolved[]]>();
  for (const each of resolved) {
    const key = each.interpreter ?? each;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups.values();
}

const specificity = ['minor', 'exact', 'path'];

function mostSpecific([first, ...others]: Group): Resolved {
  const rank = ({ python }: Resolved) => specificity.indexOf(parseRuntimeRequest(python).kind);
  return others.reduce((best, each) => (rank(each) > rank(best) ? each : best), first);
}

function doubt({ python, interpreter }: Resolved, all: readonly string[]): UnavailableRuntime | null {
  const request = parseRuntimeRequest(python);
  if (interpreter !== null || request.kind !== 'minor') return null;
  const twins = all.filter((other) => {
    const exact = parseRuntimeRequest(other);
    return exact.kind === 'exact' && minorLabel(exact) === minorLabel(request) && exact.freeThreaded === request.freeThreaded;
  });
  if (twins.length === 0) return null;
  const reason = `It may be ${twins.join(' or ')}, asked for as well: none is at hand where the plan was made, and nothing is measured twice. Ask for each by its full version.`;
  return { requested: python, reason };
}

function note(group: Group, { python }: Resolved): string {
  return `One interpreter: ${group.map((each) => each.python).join(', ')}. It is measured once, as ${python}.`;
}
