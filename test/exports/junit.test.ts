import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { renderJunit } from '../../src/render/junit.ts';
import { buildReport } from '../../src/tables/report.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { flagged } from '../fixtures/judgement/verdicts.ts';
import { gateScenarios } from '../golden/gate-scenarios.ts';
import type { Scenario } from '../golden/scenario.ts';
import { scenarios } from '../golden/scenarios.ts';
import { is, small } from '../golden/small-run.ts';
import { askPython } from './consumers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'junit-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const golden = (name: string, among: readonly Scenario[] = scenarios) => {
  const scenario = among.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return renderJunit(buildReport(scenario)).text;
};

/** A null run with one flag to each side. */
function nullRun(failOn: readonly 'regression'[]): string {
  const results = small({ run: 92 });
  const judgement = fixtureJudgement({
    ...{ results, nullRun: true, failOn, confirmation: {} },
    verdict: (known) =>
      is(known.cell, 'spawn', 'threads')
        ? flagged(known, { ratio: 1.09 })
        : is(known.cell, 'spawn', 'asyncio')
          ? flagged(known, { ratio: 0.9 })
          : null,
  });
  return renderJunit(buildReport({ results, baselineRuns: [], storesBaseline: false, judgement })).text;
}

const unread = {
  interrupted: golden('interrupted'),
  'unavailable-runtime': golden('unavailable-runtime'),
  'accepted-regression': golden('accepted-regression', gateScenarios),
  'null-run': nullRun([]),
};

/** How many elements of each kind there are. */
const counted = (text: string) =>
  Object.fromEntries(['failure', 'error', 'skipped'].map((element) => [element, text.split(`<${element}`).length - 1]));

describe('JUnit of a run that is more than its verdicts', () => {
  it('has an error for one that was interrupted, with what it did not reach', () => {
    expect(counted(unread.interrupted)).toEqual({ failure: 0, error: 1, skipped: 0 });
    expect(unread.interrupted).toMatch(
      /name="run interrupted">\s+<error type="interrupted" message="The run is not complete, so this is no pass\. 8 of 104 cells/,
    );
  });

  it('skips a Python that could not be had, and says why', () => {
    expect(unread['unavailable-runtime']).toMatch(/classname="runtimes" name="3\.14t">\s+<skipped>not available: No interpreter/);
  });

  it('skips a regression that somebody accepted, and names who', () => {
    expect(counted(unread['accepted-regression'])).toEqual({ failure: 0, error: 0, skipped: 1 });
    expect(unread['accepted-regression']).toMatch(
      /<skipped>accepted by ada with the label accept-regression: regression: slower by 12\.4 %/,
    );
  });

  it('takes a flag of a null run for a false alarm, which fails only where the gate does', () => {
    expect(counted(nullRun([]))).toEqual({ failure: 0, error: 0, skipped: 2 });
    expect(counted(nullRun(['regression']))).toEqual({ failure: 1, error: 0, skipped: 1 });
    expect(nullRun([])).toMatch(/<skipped>false alarm, base and head are the same: improvement: faster/);
  });

  it.each(Object.entries(unread))('%s holds to the schema of Jenkins', async (name, text) => {
    const path = join(scratch, `${name}.xml`);
    writeFileSync(path, text);
    const program = 'import json, sys, xmlschema; xmlschema.validate(sys.argv[1], sys.argv[2]); print(1)';
    expect(await askPython(program, path, join(import.meta.dirname, 'jenkins-junit.xsd'))).toBe(1);
  });
});
