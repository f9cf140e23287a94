import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeResults } from '../../src/baseline/codec.ts';
import type { Results } from '../../src/model/results.ts';
import { type CrashingProject, crashingProject, type Line } from './crashing-project.fixture.ts';

let project: CrashingProject;

beforeEach(() => {
  project = crashingProject();
});
afterEach(() => project[Symbol.dispose]());

const journalFile = () => project.state('results.json.journal');
const pairs = { compare: 'pairs', 'null-run': 'true', processes: '2' };

function results(): Results {
  const decoded = decodeResults(readFileSync(project.state('results.json'), 'utf8'));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.results;
}

/** What was measured according to the lines of a journal. */
function measuredIn(lines: readonly Line[]) {
  const samples = lines.flatMap((line) => (line['kind'] === 'sample' ? [line['sample']] : []));
  const paired = lines.flatMap((line) => (line['kind'] === 'pair' ? [line] : []));
  return { samples, paired };
}

/** Every sample of a pair that is in the results. */
function pairedSamples({ comparison }: Results) {
  if (comparison?.pairs.kind !== 'pairs') return [];
  return comparison.pairs.run.series.flatMap(({ outcome }) => [...outcome.pairs.values()].flat().flatMap(({ base, head }) => [base, head]));
}

describe('a run that is killed in its rounds', () => {
  it('can be reported on as partial, and goes on where it stood', async () => {
    await project.killedAt('sample', 3);
    const before = project.journal();
    const { samples } = measuredIn(before);
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(existsSync(project.state('results.json'))).toBe(false);
    const report = await project.report();
    expect(report.stderr).toBe('');
    expect(report.stdout).toContain(`The run was interrupted after ${samples.length} of 8 processes`);

    const second = await project.measure();
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toMatch(
      new RegExp(`Going on with ${samples.length} processes of a run that was killed .* ago; remove .*journal`),
    );
    const whole = results();
    expect(whole).toMatchObject({ partial: false, runId: runIdOf(before), created: createdOf(before) });
    expect(whole.samples).toHaveLength(8);
    expect(whole.samples).toEqual(expect.arrayContaining(samples));
    expect(whole.warnings).toContainEqual({ code: 'resumed', done: samples.length, pauseSeconds: expect.any(Number) });
    expect(existsSync(journalFile())).toBe(false);
    expect((await project.report()).stdout).toContain('The run was killed after');
  });

  it('loses a torn last line alone', async () => {
    await project.killedAt('sample', 2);
    const kept = measuredIn(project.journal()).samples;
    const whole = readFileSync(journalFile(), 'utf8').trimEnd().split('\n').at(-1) ?? '';
    appendFileSync(journalFile(), whole.slice(0, whole.length / 2));
    const second = await project.measure();
    expect(second.code, second.stderr).toBe(0);
    expect(results().samples).toHaveLength(8);
    expect(results().samples).toEqual(expect.arrayContaining(kept));
  });

  it('begins anew when the code is another one, and keeps what there was for a report', async () => {
    await project.killedAt('sample', 2);
    const { samples } = measuredIn(project.journal());
    project.write('bench/other.py', 'CHANGED = True\n');
    const second = await project.measure({ workloads: './bench/nap.py' });
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain(`Not going on with ${samples.length} processes`);
    expect(results().warnings.map(({ code }) => code)).not.toContain('resumed');
    const aside = await project.report({ results: project.state('results.json.journal.old') });
    expect(aside.stdout, aside.stderr).toContain(`The run was interrupted after ${samples.length} of 8 processes`);
  });

  it('reports on the journal where the results beside it are of an earlier run', async () => {
    expect((await project.measure()).code).toBe(0);
    await project.killedAt('sample', 1, { processes: '6' });
    expect((await project.report()).stdout).toContain('of 12 processes');
  });
});

function runIdOf(lines: readonly Line[]): unknown {
  return field(lines, 'runId');
}

function createdOf(lines: readonly Line[]): unknown {
  return field(lines, 'created');
}

function field([header]: readonly Line[], name: string): unknown {
  const before = header?.['results'];
  return typeof before === 'object' && before !== null ? Reflect.get(before, name) : undefined;
}

describe('a run that is killed in its pairs', () => {
  it('can be reported on as partial, and goes on with every whole pair', async () => {
    await project.killedAt('pair', 5, pairs);
    const { samples, paired } = measuredIn(project.journal());
    const report = await project.report(pairs);
    expect(report.stdout, report.stderr).toContain('this is what was measured until then');
    // Killed again before it came to the pairs that it has.
    await project.killedAt('comparison', 2, pairs);
    expect((await project.report(pairs)).stdout).toContain('2 were measured in pairs with the same tree');

    const second = await project.measure(pairs);
    expect(second.code, second.stderr).toBe(0);
    const whole = results();
    expect(whole.partial).toBe(false);
    expect(whole.samples).toEqual(samples);
    const kept = paired.flatMap((line) => (Array.isArray(line['samples']) ? line['samples'] : []).map(({ sample }) => sample));
    expect(pairedSamples(whole)).toEqual(expect.arrayContaining(kept));
    expect(pairedSamples(whole).length).toBeGreaterThanOrEqual(2 * 2 * 10);
    expect(existsSync(journalFile())).toBe(false);
  }, 120_000);
});

describe('a run that is still going on', () => {
  it('is not taken for one that was killed', async () => {
    const first = project.killedAt('sample', 60, { processes: '40' });
    while (project.journal().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await project.measure({ processes: '40' });
    expect(second).toMatchObject({ code: 2, stderr: expect.stringMatching(/Process \d+ on .* holds .*results\.json\.journal\.lock/) });
    await first;
  });

  it('writes no results when it slept for so long that another one took its place', async () => {
    const slept = project.measure();
    while (project.journal().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync(project.state('results.json.journal.lock'), JSON.stringify({ token: 'other', pid: 1, host: 'other' }));
    expect(await slept).toMatchObject({ code: 2, stderr: expect.stringMatching(/another one took .*results\.json\.journal/) });
    expect(existsSync(project.state('results.json'))).toBe(false);
  });
});
