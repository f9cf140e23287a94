import type { JudgedCell } from '../judge/cell-verdict.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { Report } from '../tables/report.ts';
import type { Exported } from './exported.ts';
import { labelOf } from './names.ts';
import { notReachedSentence } from './run-words.ts';
import { verdictLine } from './verdict-words.ts';

/** What a test case came to; the elements of the format have the same names. */
interface Outcome {
  readonly element: 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  /** What was printed, or nothing. */
  readonly output: string;
}

interface TestCase {
  readonly suite: string;
  readonly name: string;
  /** Null for one that passed. */
  readonly outcome: Outcome | null;
}

/**
 * JUnit XML as Jenkins reads it: a suite for each workload, a test case for each cell. A regression is a failure unless
 * somebody accepted it; what is broken, refused or never delivered is an error, and so is a run that was interrupted. Only a
 * cell that is known not to be worse passes: an inconclusive, new, missing or not comparable one is skipped, and says why, as
 * does a Python that could not be had.
 */
export function renderJunit(report: Report): Exported {
  const accepted = new Set(report.acceptance?.cells);
  const cases = [
    ...report.verdicts.rows.map((row) => cellCase(row, { report, isAccepted: accepted.has(row.id) })),
    ...refusedCases(report),
    ...shardCases(report),
    ...unavailableCases(report),
    ...interruptedCases(report),
  ];
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)].flatMap(([suite, members]) => suiteLines(suite, members, report));
  const { tests, failures, errors } = counts(cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'concurrency-regressions', tests, failures, errors })}>`,
    ...suites,
    '</testsuites>',
  ];
  return { text: lines.map((line) => `${line}\n`).join(''), omitted: [] };
}

/** What the outcome of a cell depends on besides its verdict. */
interface CellContext {
  readonly report: Report;
  readonly isAccepted: boolean;
}

function cellCase(row: JudgedCell, context: CellContext): TestCase {
  const { workload, params, model } = row.cell;
  const scale = params === '' ? '' : ` ${params}`;
  const name = `${modelLabel(model)}${scale} on ${labelOf(row.cell, context.report.columns)}`;
  return { suite: workload, name, outcome: outcomeOf(row, context) };
}

function outcomeOf(row: JudgedCell, context: CellContext): Outcome | null {
  const { verdict } = row;
  const words = verdictLine(row)
    .map((inline) => ('text' in inline ? inline.text : ' '))
    .join('');
  switch (verdict.verdict) {
    case 'no change':
      return null;
    case 'improvement':
      return context.report.nullRun ? { element: 'skipped', ...falseAlarm(words) } : null;
    case 'regression':
      return regressionOutcome(words, context);
    case 'broken':
      return { element: 'error', type: verdict.kind, message: `${words}: ${verdict.kind}, ${verdict.message}`, output: verdict.output };
    case 'inconclusive':
      return { element: 'skipped', type: verdict.verdict, message: words, output: '' };
    case 'not comparable':
    case 'new':
    case 'missing':
      return { element: 'skipped', type: verdict.verdict, message: `${words}: ${verdict.reason}`, output: '' };
  }
}

/** What somebody accepted fails nothing, and passes as nothing either. A false alarm is no slower code, and fails where the gate does. */
function regressionOutcome(words: string, { report: { acceptance, nullRun, gate }, isAccepted }: CellContext): Outcome {
  if (nullRun) return { element: gate.conclusion === 'failure' ? 'failure' : 'skipped', ...falseAlarm(words) };
  if (acceptance === null || !isAccepted) return { element: 'failure', type: 'regression', message: words, output: '' };
  const { by, label } = acceptance;
  return { element: 'skipped', type: 'accepted', message: `accepted by ${by} with the label ${label}: ${words}`, output: '' };
}

function falseAlarm(words: string): Omit<Outcome, 'element'> {
  return { type: 'false alarm', message: `false alarm, base and head are the same: ${words}`, output: '' };
}

function refusedCases({ refused }: Report): readonly TestCase[] {
  return refused.map(({ workload, phase, reason, runtimes }) => ({
    suite: workload,
    name: `${phase} on ${runtimes.join(', ')}`,
    outcome: { element: 'error', type: 'refused', message: `refused: ${reason}`, output: '' },
  }));
}

function shardCases({ missingShards }: Report): readonly TestCase[] {
  const message = 'This shard delivered no results: see the log of its job.';
  return missingShards.map((name) => ({
    suite: 'shards',
    name,
    outcome: { element: 'error', type: 'missing shard', message, output: '' },
  }));
}

function unavailableCases({ unavailable }: Report): readonly TestCase[] {
  return unavailable.map(({ requested, reason }) => ({
    suite: 'runtimes',
    name: requested,
    outcome: { element: 'skipped', type: 'not available', message: `not available: ${reason}`, output: '' },
  }));
}

/** Cells that were not reached have no test case of their own, so that without this one the others would look like all. */
function interruptedCases({ partial, counts }: Report): readonly TestCase[] {
  if (!partial) return [];
  const rest = counts.notReached === 0 ? '' : ` ${notReachedSentence(counts)}`;
  const message = `The run is not complete, so this is no pass.${rest}`;
  return [{ suite: 'run', name: 'run interrupted', outcome: { element: 'error', type: 'interrupted', message, output: '' } }];
}

function suiteLines(suite: string, cases: readonly TestCase[], { created }: Report): readonly string[] {
  const timestamp = created.replace(/(\.\d+)?Z$/, '');
  const opening = `  <testsuite${attributes({ name: suite, ...counts(cases), timestamp })}>`;
  return [opening, ...cases.flatMap(caseLines), '  </testsuite>'];
}

function counts(cases: readonly TestCase[]) {
  const count = (element: Outcome['element']) => cases.filter(({ outcome }) => outcome?.element === element).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function caseLines({ suite, name, outcome }: TestCase): readonly string[] {
  const opening = `    <testcase${attributes({ classname: suite, name })}`;
  if (outcome === null) return [`${opening}/>`];
  const printed = outcome.output === '' ? [] : [`      <system-out>${escaped(outcome.output)}</system-out>`];
  return [`${opening}>`, `      ${outcomeElement(outcome)}`, ...printed, '    </testcase>'];
}

/** The schema gives `skipped` no attributes, so that it says in its text what the others say in one. */
function outcomeElement({ element, type, message }: Outcome): string {
  if (element === 'skipped') return `<skipped>${escaped(message)}</skipped>`;
  return `<${element}${attributes({ type, message })}>${escaped(message)}</${element}>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escaped(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
}

/** What XML 1.0 has no way to write, not even as a reference: control characters, halves of surrogate pairs, and two more. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(content: string): string {
  return content
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(unwritable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
