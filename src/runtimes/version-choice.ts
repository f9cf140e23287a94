import { type Interpreter, lookedAt, type SearchedPlace } from './interpreter.ts';
import { isFinal, isSupported, OLDEST_SUPPORTED } from './python-version.ts';
import type { VersionRequest } from './runtime-request.ts';
import { atHand, firstOfEach, type UsableInterpreter } from './usable-interpreters.ts';
import { isWithin, type MinorVersion, minorLabel, type VersionRange } from './version-range.ts';

/** What meets a request for versions, or why nothing does. */
export type VersionAnswer = { readonly interpreters: readonly Interpreter[]; readonly note?: string } | { readonly reason: string };

/** A request for versions as it was written and as it was read. */
export interface AskedVersion {
  readonly text: string;
  readonly request: VersionRequest;
}

/** Absent minor versions that a note names one by one. */
const NAMED_ABSENT = 10;

/**
 * The interpreters that a request stands for, from old to new; none when it cannot be met. Pre-releases are taken for
 * requests that name their minor version, never for a range or "latest", as PEP 440 has it.
 *
 * @param usable the newest first, of one version the preferred source first
 */
export function matchingInterpreters(request: VersionRequest, usable: readonly UsableInterpreter[]): readonly UsableInterpreter[] {
  const sameThreading = usable.filter(({ interpreter }) => interpreter.facts.freeThreaded === request.freeThreaded);
  const final = sameThreading.filter(({ version }) => isFinal(version));
  switch (request.kind) {
    case 'latest':
      return final.slice(0, 1);
    case 'exact':
      return sameThreading.filter(({ interpreter }) => interpreter.facts.version === request.version).slice(0, 1);
    case 'minor':
      return sameThreading.filter(({ version }) => isWithin(version, { from: request, to: request })).slice(0, 1);
    case 'range': {
      const within = final.filter(({ version }) => isWithin(version, request.range));
      return firstOfEach(within, ({ version }) => minorLabel(version)).toReversed();
    }
  }
}

/** Answers a request for versions among the interpreters at hand. */
export function chooseVersions(
  asked: AskedVersion,
  usable: readonly UsableInterpreter[],
  searched: readonly SearchedPlace[],
): VersionAnswer {
  const impossible = whyImpossible(asked);
  if (impossible !== undefined) return { reason: impossible };
  const chosen = matchingInterpreters(asked.request, usable);
  if (chosen.length === 0) return { reason: notAtHand(asked, usable, searched) };
  const interpreters = chosen.map(({ interpreter }) => interpreter);
  const absent = asked.request.kind === 'range' ? absentMinors(asked.request.range, chosen) : [];
  return absent.length === 0 ? { interpreters } : { interpreters, note: absentNote(asked.text, absent) };
}

function whyImpossible({ text, request }: AskedVersion): string | undefined {
  if (request.kind === 'latest') return undefined;
  if (request.kind !== 'range') return isSupported(request) ? undefined : tooOld(text, request);
  const { to, from } = request.range;
  if (to === undefined) return undefined;
  if (!isWithin(to, { from, to: undefined })) return `Nothing lies in the range ${text}. Write the older version first: ${turned(text)}.`;
  return isSupported(to) || to.major > 3 ? undefined : tooOld(text, to);
}

function turned(text: string): string {
  const threading = text.endsWith('t') ? 't' : '';
  return `${text.replaceAll('t', '').split('-').toReversed().join('-')}${threading}`;
}

function tooOld(text: string, { major, minor }: MinorVersion): string {
  const quoting = major === 3 && minor === 1 ? ' YAML reads an unquoted 3.10 as 3.1: quote it.' : '';
  return `Python ${text} is not supported: the oldest supported version is ${OLDEST_SUPPORTED}.${quoting || ` Ask for ${OLDEST_SUPPORTED} or newer.`}`;
}

function notAtHand({ text, request }: AskedVersion, usable: readonly UsableInterpreter[], searched: readonly SearchedPlace[]): string {
  const named = request.kind === 'minor' || request.kind === 'exact';
  const what = `${request.freeThreaded ? 'free-threaded ' : ''}CPython ${text}`;
  const how = named
    ? `Install it with actions/setup-python (python-version: '${text}'), "uv python install ${text}" or "pyenv install ${text}"`
    : 'Install one with actions/setup-python, uv or pyenv';
  const kind = named ? '' : ' as a final release';
  return `No ${what} is at hand${kind} (${atHand(usable)}).${lookedAt(searched)} ${how}, let uv do it with python-install: missing, or name the path of an interpreter.`;
}

/** Minor versions of the range that nothing was chosen for; of an open range, up to the newest that was. */
function absentMinors({ from, to }: VersionRange, chosen: readonly UsableInterpreter[]): readonly string[] {
  const there = new Set(chosen.map(({ version }) => minorLabel(version)));
  const last = Math.max(...chosen.map(({ version }) => version.minor), to?.major === 3 ? to.minor : 0);
  const first = from.major === 3 ? from.minor : 0;
  const all = Array.from({ length: last - first + 1 }, (_, index) => minorLabel({ major: 3, minor: first + index }));
  return all.filter((label) => !there.has(label));
}

function absentNote(text: string, absent: readonly string[]): string {
  const more = absent.length - NAMED_ABSENT;
  const named = `${absent.slice(0, NAMED_ABSENT).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `Python ${text}: left out, because not at hand as a supported final release: ${named}`;
}
