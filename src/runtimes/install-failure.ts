import type { ChildOutcome } from './child-process.ts';
import { lastLine, printable } from './printable.ts';

/** What may be at fault when a package cannot be installed. */
export const INSTALL_FAILURE_CAUSES = ['no version', 'conflict', 'network', 'other'] as const;

/** Why a package is not in an environment. */
export interface InstallFailure {
  /**
   * What is at fault. `no version`: the index was read and has nothing for this interpreter. `conflict`: it contradicts
   * what goes before it. `network`: the index was not reached. `other`: anything else, such as a full disk, or a
   * complaint that may mean either.
   */
  readonly cause: (typeof INSTALL_FAILURE_CAUSES)[number];
  /** What the installer said, one line. */
  readonly complaint: string;
}

/** Said by pip or uv when the index was not reached, whatever they conclude from it ("from versions: none"). */
const NETWORK_SIGNS = [
  /connection broken|Retrying \(|Connection(?:Error| refused| reset)|NewConnectionError|ProxyError|SSLError|HTTP error/i,
  /Failed to fetch|error sending request|client error|dns error|network was disabled/i,
  /timed out|did not answer within|Temporary failure|Name or service not known/i,
];

// "from versions: none" is left out: without retries, pip says the same of an index it could not reach.
const NO_VERSION_SIGNS = /\(from versions: (?!none\))|^error: No solution found/m;

const PIP_CONFLICT = /^ERROR: (?:Cannot install .*conflicting dependencies|ResolutionImpossible|Double requirement given)/m;
// uv explains both in one form, and a contradiction is what needs no word on what there is.
const UV_NO_SOLUTION = /^error: No solution found/m;
const UV_MISSING = /there (?:is|are) no versions? of|no (?:usable )?wheels|was not found|\bonly\b[\s\S]*? available/i;

/** Reads the complaint of pip or uv. */
export function installFailure(outcome: ChildOutcome & { readonly ok: false }): InstallFailure {
  return { cause: cause(`${outcome.output}\n${outcome.fault}`), complaint: complaint(withoutHints(outcome.output)) || outcome.fault };
}

function cause(text: string): InstallFailure['cause'] {
  if (sayNoNetwork(text)) return 'network';
  if (PIP_CONFLICT.test(text) || (UV_NO_SOLUTION.test(text) && !UV_MISSING.test(withoutHints(text)))) return 'conflict';
  return NO_VERSION_SIGNS.test(text) ? 'no version' : 'other';
}

/** What to do about a package that a Python of that label cannot have, one sentence. */
export function failureRemedy({ cause }: InstallFailure, label: string): string {
  switch (cause) {
    case 'no version':
      return `Ask for a version that has a wheel for Python ${label}, or leave it out.`;
    case 'conflict':
      return 'Make the requirements of the workloads agree, or measure those that do not in a run of their own.';
    case 'network':
      return 'Check the network and the index settings (PIP_INDEX_URL, HTTPS_PROXY), and run again.';
    case 'other':
      return `Check that it has a wheel for Python ${label}, and the index settings (PIP_INDEX_URL), and run again.`;
  }
}

/** Whether pip or uv could not reach an index, which both may survive with what they have. */
export function sayNoNetwork(text: string): boolean {
  return NETWORK_SIGNS.some((sign) => sign.test(text));
}

function complaint(output: string): string {
  // pip: the first error names the versions there are, the last one only repeats it.
  const pip = /^ERROR: (.+)$/m.exec(output)?.[1];
  if (pip !== undefined) return withoutFullStop(printable(pip));
  // uv: a chain of reasons over many lines, of which the last that is not our own request says what is missing here.
  const reasons = [...output.matchAll(/\bbecause [\s\S]*?(?=,\s+we can conclude that|\n\s*and because|\n\n|$)/gi)].map(withoutOthers);
  const uv =
    reasons.findLast((reason) => UV_MISSING.test(reason)) ?? reasons.at(-1) ?? /^error: ([\s\S]+?)(?:\n\n|$(?![\s\S]))/m.exec(output)?.[1];
  return withoutFullStop(uv === undefined ? lastLine(output) : printable(uv));
}

/** uv lists what else there is as bounds, which say less than the version that was asked for. */
function withoutOthers([reason]: RegExpExecArray): string {
  return reason.replace(/\s+and only the following versions of [\s\S]*$/, '');
}

/** uv's hints speak of its options, which nobody here has typed. */
function withoutHints(output: string): string {
  return output.replace(/^hint: [\s\S]*/m, '');
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}
