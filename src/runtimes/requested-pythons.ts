import type { UnavailableRuntime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import { type Discovery, interpreterLabel } from './interpreter.ts';
import type { PythonInstallPolicy } from './prepare.ts';
import { isSupported } from './python-version.ts';
import { type AskedRange, planRange } from './requested-range.ts';
import { distinctPythons } from './requested-twice.ts';
import { parseRuntimeRequest, type RuntimeRequest } from './runtime-request.ts';
import { selectInterpreters } from './select.ts';

/** The Pythons that jobs on other machines are to measure on. */
export interface RequestedPythons {
  /** Single versions and paths, as requests: "3.13", "3.13.0", "3.14t". No two are one interpreter, as far as can be told here. */
  readonly pythons: readonly string[];
  /** What of the requests no job will have. */
  readonly unavailable: readonly UnavailableRuntime[];
  /** What else is planned otherwise than it was asked for, one line each. */
  readonly notes: readonly string[];
}

/** What the planning machine has, and whether the measuring ones may install what they lack. */
export interface PlanningMachine {
  /** With every path among the requests looked at. */
  readonly discovery: Discovery;
  readonly install: PythonInstallPolicy;
}

/**
 * Turns requests into single ones, each to be met where it is measured: a version, a path or each version of a range with
 * an end stays as it was asked for, even where this machine lacks it; what else stands for several is what this machine
 * has of them, as minor versions.
 *
 * @param requested empty for the two newest minor versions at hand
 * @throws UserError for a request that cannot be read, and for a range that is too long
 */
export function planPythons(requested: readonly string[], machine: PlanningMachine): RequestedPythons {
  const { discovery } = machine;
  const requests = [...new Set(requested)];
  refuseMalformed(requests, discovery);
  const answers = requests.length === 0 ? [atHand([], discovery)] : requests.map((request) => answer(request, machine));
  const distinct = distinctPythons([...new Set(answers.flatMap(({ pythons }) => pythons))], discovery);
  return {
    pythons: distinct.pythons,
    unavailable: [...answers.flatMap(({ unavailable }) => unavailable), ...distinct.unavailable],
    notes: [...answers.flatMap(({ notes }) => notes), ...distinct.notes],
  };
}

function refuseMalformed(requests: readonly string[], discovery: Discovery): void {
  const [first, ...others] = requests.filter((request) => parseRuntimeRequest(request).kind === 'malformed');
  if (first === undefined) return;
  const reason = selectInterpreters([first], discovery).unavailable[0]?.reason ?? '';
  const more = others.length === 0 ? '' : ` The same holds for ${others.map((other) => `"${other}"`).join(', ')}.`;
  throw new UserError(`${reason}${more}`, 'Correct the option "python-version"; nothing was planned.');
}

function answer(text: string, { discovery, install }: PlanningMachine): RequestedPythons {
  const request = parseRuntimeRequest(text);
  const named = request.kind === 'path' || ((request.kind === 'minor' || request.kind === 'exact') && isSupported(request));
  if (named) return { pythons: [text], unavailable: [], notes: [] };
  const found = atHand([text], discovery);
  const range = request.kind === 'range' ? rangeAnswer({ text, ...request }, found) : null;
  return range ?? (install === 'missing' ? withAdvice(text, request, found) : found);
}

function rangeAnswer(asked: AskedRange, found: RequestedPythons): RequestedPythons | null {
  const planned = planRange(asked, new Set(found.pythons));
  if (planned === null) return null;
  const { pythons, missing } = planned;
  return { pythons, unavailable: missing === null ? [] : [{ requested: asked.text, reason: missing }], notes: [] };
}

/** What this machine has of it, as minor versions: the jobs may have other patch releases. */
function atHand(request: readonly string[], discovery: Discovery): RequestedPythons {
  const { interpreters, unavailable, notes } = selectInterpreters(request, discovery);
  return { pythons: [...new Set(interpreters.map((each) => minorOf(interpreterLabel(each))))], unavailable, notes };
}

/** "3.13.0t" is "3.13t". */
function minorOf(label: string): string {
  return label.replace(/^(\d+\.\d+)\.\d+(?:(?:a|b|rc)\d+)?(t?)$/, '$1$2');
}

/** A job of its own would have uv install what is not at hand; which versions that are, only the job could ask. */
function withAdvice(text: string, request: RuntimeRequest, found: RequestedPythons): RequestedPythons {
  const { pythons, unavailable } = found;
  const remedy = remedyOf(request, pythons);
  if (remedy === null) return found;
  const planned = pythons.length === 0 ? '' : ` Planned of it is what is at hand there: ${pythons.join(', ')}.`;
  const advice = `What uv could install for it is not known where the plan was made.${planned} ${remedy}: each job installs what it lacks.`;
  return { ...found, unavailable: [{ requested: text, reason: [...unavailable.map(({ reason }) => reason), advice].join(' ') }] };
}

/** What to ask for instead, where the jobs could have more than is at hand here; null where they could not. */
function remedyOf(request: RuntimeRequest, found: readonly string[]): string | null {
  if (request.kind === 'latest') return found.length > 0 ? null : 'Ask for a version, such as 3.13';
  const isOpen = request.kind === 'range' && (request.range.to?.major ?? Number.POSITIVE_INFINITY) > 3;
  return isOpen ? 'Write a range with an end within Python 3, such as 3.10-3.13' : null;
}
