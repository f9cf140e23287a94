import { INTERPRETER_SOURCES, type Interpreter, interpreterLabel } from './interpreter.ts';
import { comparePythonVersions, isSupported, OLDEST_SUPPORTED, type PythonVersion, parsePythonVersion } from './python-version.ts';

/** A supported interpreter and its version as numbers. */
export interface UsableInterpreter {
  readonly interpreter: Interpreter;
  readonly version: PythonVersion;
}

/** CPython of a supported version, the newest first; of one version, the preferred source first. */
export function usableInterpreters(interpreters: readonly Interpreter[]): readonly UsableInterpreter[] {
  const rank = ({ interpreter }: UsableInterpreter): number => INTERPRETER_SOURCES.indexOf(interpreter.source);
  return interpreters
    .filter((interpreter) => whyUnsupported(interpreter) === undefined)
    .flatMap((interpreter) => {
      const version = parsePythonVersion(interpreter.facts.version);
      return version === undefined ? [] : [{ interpreter, version }];
    })
    .sort((a, b) => comparePythonVersions(b.version, a.version) || rank(a) - rank(b));
}

/** Why an interpreter is not supported, as the end of a sentence whose subject it is; undefined when it is. */
export function whyUnsupported({ facts }: Interpreter): string | undefined {
  const version = parsePythonVersion(facts.version);
  if (facts.implementation !== 'cpython') return `is ${facts.implementation} ${facts.version}, and only CPython is supported`;
  if (version === undefined || !isSupported(version))
    return `is Python ${facts.version}, and the oldest supported version is ${OLDEST_SUPPORTED}`;
  return undefined;
}

/** The first interpreter of each key, in the order of the first ones. */
export function firstOfEach(
  usable: readonly UsableInterpreter[],
  key: (usable: UsableInterpreter) => string,
): readonly UsableInterpreter[] {
  const first = new Map<string, UsableInterpreter>();
  for (const item of usable) if (!first.has(key(item))) first.set(key(item), item);
  return [...first.values()];
}

/** What is at hand, in words. */
export function atHand(usable: readonly UsableInterpreter[]): string {
  const labels = [...new Set(usable.map(({ interpreter }) => interpreterLabel(interpreter)))];
  return labels.length === 0 ? 'no supported CPython was found' : `found: ${labels.join(', ')}`;
}
