import type { Discovery, Interpreter } from './interpreter.ts';
import { comparePythonVersions, isSupported, parsePythonVersion } from './python-version.ts';

/** The interpreter of the system: it does not move when a workflow installs more Pythons. */
const systemPython = '/usr/bin/python3';

/**
 * The fixed interpreter that peers run on: the system's when it is supported, else the oldest supported one with the
 * global lock at hand; undefined when there is none. Whatever the runtimes under test are, it stays the same.
 */
export function peerInterpreter(discovery: Discovery): Interpreter | undefined {
  const supported = discovery.interpreters.filter(isPeerCandidate);
  return supported.find(({ names }) => names.includes(systemPython)) ?? supported.toSorted(oldestFirst)[0];
}

function isPeerCandidate({ facts }: Interpreter): boolean {
  const version = parsePythonVersion(facts.version);
  return facts.implementation === 'cpython' && !facts.freeThreaded && version !== undefined && isSupported(version);
}

function oldestFirst(a: Interpreter, b: Interpreter): number {
  const [left, right] = [parsePythonVersion(a.facts.version), parsePythonVersion(b.facts.version)];
  return left === undefined || right === undefined ? 0 : comparePythonVersions(left, right);
}
