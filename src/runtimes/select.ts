import type { UnavailableRuntime } from '../model/runtime.ts';
import { type Discovery, type Interpreter, interpreterLabel, lookedAt } from './interpreter.ts';
import { isDefaultChoice, OLDEST_SUPPORTED } from './python-version.ts';
import { parseRuntimeRequest } from './runtime-request.ts';
import { firstOfEach, type UsableInterpreter, usableInterpreters, whyUnsupported } from './usable-interpreters.ts';
import { chooseVersions, type VersionAnswer } from './version-choice.ts';
import { minorLabel } from './version-range.ts';

/** The interpreters a run uses, and the requests that cannot be met here. */
export interface Selection {
  /** Unique by real path, in the order of the requests; from old to new where a request stands for several. */
  readonly interpreters: readonly Interpreter[];
  readonly unavailable: readonly UnavailableRuntime[];
  /** What ranges were met without, one line each. */
  readonly notes: readonly string[];
}

/** How many minor versions are used when none is asked for: a comparison of Pythons needs two, and each costs time. */
const DEFAULT_MINORS = 2;

/**
 * Chooses among the interpreters at hand. Each request is met as asked or listed as unavailable with the reason and the
 * remedy; none is ever met by another version, nor a free-threaded request by a build with the lock or the reverse.
 * Without a request: the two newest supported minor versions with the lock. Duplicates count once.
 */
export function selectInterpreters(requested: readonly string[], discovery: Discovery): Selection {
  const usable = usableInterpreters(discovery.interpreters);
  if (requested.length === 0) return toSelection([['any supported CPython', defaultChoice(usable, discovery)]]);
  return toSelection([...new Set(requested)].map((request) => [request, answer(request, usable, discovery)]));
}

function toSelection(answers: readonly (readonly [string, VersionAnswer])[]): Selection {
  const chosen = answers.flatMap(([, found]) => ('reason' in found ? [] : found.interpreters));
  return {
    interpreters: chosen.filter(({ realPath }, index) => chosen.findIndex((other) => other.realPath === realPath) === index),
    unavailable: answers.flatMap(([requested, found]) => ('reason' in found ? [{ requested, reason: found.reason }] : [])),
    notes: answers.flatMap(([, found]) => ('note' in found && found.note !== undefined ? [found.note] : [])),
  };
}

function answer(text: string, usable: readonly UsableInterpreter[], discovery: Discovery): VersionAnswer {
  const request = parseRuntimeRequest(text);
  switch (request.kind) {
    case 'all':
      return allChoice(usable, discovery);
    case 'path':
      return pathChoice(text, discovery);
    case 'malformed':
      return { reason: malformed(text) };
    default:
      return chooseVersions({ text, request }, usable, discovery.searched);
  }
}

function malformed(text: string): string {
  const specifier = /^[<>=!~]/.test(text) ? ' Lists are split at commas, so that a range is written without one: 3.10-3.13.' : '';
  return `"${text}" is neither a version nor a path. Write 3.13 (newest patch), 3.13.0, 3.13t (free-threaded), 3.10-3.13 or >=3.11 (a range), latest, all, or the path of an interpreter.${specifier}`;
}

function pathChoice(request: string, discovery: Discovery): VersionAnswer {
  const remedy = `Name the path of a CPython ${OLDEST_SUPPORTED} or newer, or a version such as 3.13.`;
  const found = discovery.interpreters.find(({ names }) => names.includes(request));
  const refused = discovery.refused.find(({ name }) => name === request);
  const reason = found === undefined ? (refused?.reason ?? 'was not looked at') : whyUnsupported(found);
  if (found !== undefined && reason === undefined) return { interpreters: [found] };
  return { reason: `The interpreter "${request}" ${reason}. ${remedy}` };
}

/** One interpreter of each version and threading build, from old to new. */
function allChoice(usable: readonly UsableInterpreter[], discovery: Discovery): VersionAnswer {
  return fromOldToNew(
    firstOfEach(usable, ({ interpreter }) => interpreterLabel(interpreter)),
    discovery,
  );
}

/** Pre-releases and versions newer than tested are used only when asked for, or when there is nothing else. */
function defaultChoice(usable: readonly UsableInterpreter[], discovery: Discovery): VersionAnswer {
  const withLock = usable.filter(({ interpreter }) => !interpreter.facts.freeThreaded);
  const tested = withLock.filter(({ version }) => isDefaultChoice(version));
  const choice = firstOfEach(tested.length > 0 ? tested : withLock, ({ version }) => minorLabel(version));
  return fromOldToNew(choice.slice(0, DEFAULT_MINORS), discovery);
}

function fromOldToNew(choice: readonly UsableInterpreter[], discovery: Discovery): VersionAnswer {
  if (choice.length === 0) return { reason: nothingAtHand(discovery) };
  return { interpreters: choice.map(({ interpreter }) => interpreter).toReversed() };
}

function nothingAtHand({ interpreters, searched }: Discovery): string {
  const seen = interpreters.map((interpreter) => `${interpreter.facts.implementation} ${interpreterLabel(interpreter)}`);
  const found = seen.length === 0 ? 'no Python was found' : `found: ${[...new Set(seen)].join(', ')}`;
  return `No supported CPython (${OLDEST_SUPPORTED} or newer, with the global interpreter lock) is at hand (${found}).${lookedAt(searched)} Install one with actions/setup-python, uv or pyenv, or name the path of an interpreter.`;
}
