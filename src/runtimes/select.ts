import type { UnavailableRuntime } from '../model/runtime.ts';
import { type Discovery, INTERPRETER_SOURCES, type Interpreter, interpreterLabel } from './interpreter.ts';
import {
  comparePythonVersions,
  isDefaultChoice,
  isSupported,
  OLDEST_SUPPORTED,
  type PythonVersion,
  parsePythonVersion,
} from './python-version.ts';
import { parseRuntimeRequest, type RuntimeRequest } from './runtime-request.ts';

/** The interpreters a run uses, and the requests that cannot be met here. */
export interface Selection {
  /** Unique by real path, in the order of the requests; from old to new where a request stands for several. */
  readonly interpreters: readonly Interpreter[];
  readonly unavailable: readonly UnavailableRuntime[];
}

/** How many minor versions are used when none is asked for: a comparison of Pythons needs two, and each costs time. */
const DEFAULT_MINORS = 2;

type Answer = readonly Interpreter[] | string;
type VersionRequest = RuntimeRequest & { readonly kind: 'minor' | 'exact' };
interface Known {
  readonly interpreter: Interpreter;
  readonly version: PythonVersion;
}

/**
 * Chooses among the interpreters at hand. Each request is met as asked or listed as unavailable with the reason and the
 * remedy; none is ever met by another version, nor a free-threaded request by a build with the lock or the reverse.
 * Without a request: the two newest supported minor versions with the lock. Duplicates count once.
 */
export function selectInterpreters(requested: readonly string[], discovery: Discovery): Selection {
  const usable = bestFirst(discovery.interpreters);
  if (requested.length === 0) return toSelection([['any supported CPython', defaultChoice(usable, discovery)]]);
  return toSelection([...new Set(requested)].map((request) => [request, answer(request, usable, discovery)]));
}

function toSelection(answers: readonly (readonly [string, Answer])[]): Selection {
  const chosen = new Map<string, Interpreter>();
  const unavailable: UnavailableRuntime[] = [];
  for (const [requested, found] of answers) {
    if (typeof found === 'string') unavailable.push({ requested, reason: found });
    else for (const interpreter of found) if (!chosen.has(interpreter.realPath)) chosen.set(interpreter.realPath, interpreter);
  }
  return { interpreters: [...chosen.values()], unavailable };
}

function answer(request: string, usable: readonly Known[], discovery: Discovery): Answer {
  const parsed = parseRuntimeRequest(request);
  switch (parsed.kind) {
    case 'all':
      return allChoice(usable, discovery);
    case 'path':
      return pathChoice(request, discovery);
    case 'malformed':
      return `"${request}" is neither a version nor a path. Write 3.13 (newest patch), 3.13.0, 3.13t (free-threaded), all, or the path of an interpreter.`;
    case 'minor':
    case 'exact':
      return versionChoice(request, parsed, usable);
  }
}

/** CPython of a supported version, the newest first; of one version, the preferred source first. */
function bestFirst(interpreters: readonly Interpreter[]): readonly Known[] {
  const rank = (known: Known): number => INTERPRETER_SOURCES.indexOf(known.interpreter.source);
  return interpreters
    .filter((interpreter) => whyUnsupported(interpreter) === undefined)
    .flatMap((interpreter) => {
      const version = parsePythonVersion(interpreter.facts.version);
      return version === undefined ? [] : [{ interpreter, version }];
    })
    .sort((a, b) => comparePythonVersions(b.version, a.version) || rank(a) - rank(b));
}

function whyUnsupported({ facts }: Interpreter): string | undefined {
  const version = parsePythonVersion(facts.version);
  if (facts.implementation !== 'cpython') return `is ${facts.implementation} ${facts.version}, and only CPython is supported`;
  if (version === undefined || !isSupported(version))
    return `is Python ${facts.version}, and the oldest supported version is ${OLDEST_SUPPORTED}`;
  return undefined;
}

function versionChoice(request: string, wanted: VersionRequest, usable: readonly Known[]): Answer {
  if (!isSupported(wanted)) return tooOld(request, wanted);
  const found = usable.find(({ interpreter, version }) => {
    if (interpreter.facts.freeThreaded !== wanted.freeThreaded) return false;
    if (wanted.kind === 'exact') return interpreter.facts.version === wanted.version;
    return version.major === wanted.major && version.minor === wanted.minor;
  });
  return found === undefined ? notAtHand(request, wanted, usable) : [found.interpreter];
}

function tooOld(request: string, wanted: VersionRequest): string {
  const quoting = wanted.major === 3 && wanted.minor === 1 ? ' YAML reads an unquoted 3.10 as 3.1: quote it.' : '';
  return `Python ${request} is not supported: the oldest supported version is ${OLDEST_SUPPORTED}.${quoting || ` Ask for ${OLDEST_SUPPORTED} or newer.`}`;
}

function notAtHand(request: string, wanted: VersionRequest, usable: readonly Known[]): string {
  const what = wanted.freeThreaded ? `free-threaded CPython ${request}` : `CPython ${request}`;
  return `No ${what} is at hand (${atHand(usable)}). Install it with actions/setup-python (python-version: '${request}') or "pyenv install ${request}", or name the path of an interpreter.`;
}

function atHand(usable: readonly Known[]): string {
  const labels = [...new Set(usable.map(({ interpreter }) => interpreterLabel(interpreter)))];
  return labels.length === 0 ? 'no supported CPython was found' : `found: ${labels.join(', ')}`;
}

function pathChoice(request: string, discovery: Discovery): Answer {
  const remedy = `Name the path of a CPython ${OLDEST_SUPPORTED} or newer, or a version such as 3.13.`;
  const found = discovery.interpreters.find(({ names }) => names.includes(request));
  const refused = discovery.refused.find(({ name }) => name === request);
  const reason = found === undefined ? (refused?.reason ?? 'was not looked at') : whyUnsupported(found);
  if (found !== undefined && reason === undefined) return [found];
  return `The interpreter "${request}" ${reason}. ${remedy}`;
}

/** One interpreter of each version and threading build, from old to new. */
function allChoice(usable: readonly Known[], discovery: Discovery): Answer {
  const choice = firstOfEach(usable, interpreterLabel);
  return choice.length === 0 ? nothingAtHand(discovery) : choice.toReversed();
}

/** Pre-releases and versions newer than tested are used only when asked for, or when there is nothing else. */
function defaultChoice(usable: readonly Known[], discovery: Discovery): Answer {
  const withLock = usable.filter(({ interpreter }) => !interpreter.facts.freeThreaded);
  const tested = withLock.filter(({ version }) => isDefaultChoice(version));
  const choice = firstOfEach(tested.length > 0 ? tested : withLock, ({ facts }) => facts.version.split('.', 2).join('.'));
  return choice.length === 0 ? nothingAtHand(discovery) : choice.slice(0, DEFAULT_MINORS).toReversed();
}

function firstOfEach(usable: readonly Known[], key: (interpreter: Interpreter) => string): readonly Interpreter[] {
  const first = new Map<string, Interpreter>();
  for (const { interpreter } of usable) if (!first.has(key(interpreter))) first.set(key(interpreter), interpreter);
  return [...first.values()];
}

function nothingAtHand(discovery: Discovery): string {
  const seen = discovery.interpreters.map((interpreter) => `${interpreter.facts.implementation} ${interpreterLabel(interpreter)}`);
  const found = seen.length === 0 ? 'no Python was found' : `found: ${[...new Set(seen)].join(', ')}`;
  return `No supported CPython (${OLDEST_SUPPORTED} or newer, with the global interpreter lock) is at hand in the tool cache, in pyenv or on PATH (${found}). Install one with actions/setup-python or pyenv, or name the path of an interpreter.`;
}
