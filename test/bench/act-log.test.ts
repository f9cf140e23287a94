import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanLog } from '../../bench/act/clean-log.ts';
import { type Trial, unexpectedJobs, unexpectedState } from '../../bench/act/expectation.ts';
import { readJobLog } from '../../bench/act/job-log.ts';
import { permissionsOf } from '../../bench/act/loopback-github.ts';
import { readRecipes } from '../../scripts/recipes.ts';

const pullRequest: Trial = { recipe: 'matrix.yml', event: 'pull_request', slower: false };

const said = [
  { job: 'Concurrency/Plan', jobID: 'plan', msg: '⭐ Run Main a/b@c' },
  { job: 'Concurrency/Plan', jobID: 'plan', msg: '🏁  Job succeeded', jobResult: 'success' },
  { job: 'Concurrency/Python 3.13 (2 of 2)-2', jobID: 'measure', msg: 'first\nsecond\n', raw_output: true },
  { job: 'Concurrency/Python 3.9 (1 of 2)-1', jobID: 'measure', msg: 'third\n', raw_output: true },
  { job: 'Concurrency/Python 3.13 (2 of 2)-2', jobID: 'measure', msg: '🏁  Job succeeded', jobResult: 'success' },
  { job: 'Concurrency/Python 3.9 (1 of 2)-1', jobID: 'measure', msg: '🏁  Job failed', jobResult: 'failure' },
];

describe('the log of act', () => {
  const log = readJobLog(['Start server', ...said.map((each) => JSON.stringify(each)), '{"msg":5}', ''].join('\n'));

  it('says how every job ended, those of a matrix by name', () => {
    expect(log.jobs).toEqual([
      { id: 'plan', name: 'Plan', result: 'success' },
      { id: 'measure', name: 'Python 3.9 (1 of 2)', result: 'failure' },
      { id: 'measure', name: 'Python 3.13 (2 of 2)', result: 'success' },
    ]);
  });

  it('is kept job by job, and what is of no job or no event comes first', () => {
    expect(log.lines).toEqual([
      'Start server',
      '{"msg":5}',
      '[Plan] ⭐ Run Main a/b@c',
      '[Plan] 🏁  Job succeeded',
      '[Python 3.13 (2 of 2)]   | first',
      '[Python 3.13 (2 of 2)]   | second',
      '[Python 3.13 (2 of 2)] 🏁  Job succeeded',
      '[Python 3.9 (1 of 2)]   | third',
      '[Python 3.9 (1 of 2)] 🏁  Job failed',
    ]);
  });

  it('loses paths, ports, durations, colours and signatures, and keeps the rest', () => {
    const places = [
      ['/tmp/act-1/cache/act', '<cache>'],
      ['/tmp/act-1', '<scratch>'],
    ] as const;
    const lines = [
      '[a] LocalRepositoryCache read cachedir x',
      '[a]   ⚙  ::stop-commands::6ab6199b-ff6e-4a79-8fb2-e26d50f64e24',
      '[a]   ⚙  ::6ab6199b-ff6e-4a79-8fb2-e26d50f64e24::',
      '[a]   ✅  Success - Main x@y [12.3ms]',
      '[a]   | \u001b[32m/tmp/act-1/cache/act/0123456789abcdef/hostexecutor/results.json\u001b[39m',
      '[a]   | /tmp/act-1/action took 12.3 ms [12.3ms]',
      '[a]   | http://127.0.0.1:1234/x?sig=abc%3D&expires=2026&name=y',
    ];
    expect(cleanLog(lines, places)).toEqual([
      '[a]   ✅  Success - Main x@y',
      '[a]   | <workspace>/results.json',
      '[a]   | <scratch>/action took 12.3 ms [12.3ms]',
      '[a]   | http://127.0.0.1:<port>/x?sig=<signature>&expires=<signature>&name=y',
    ]);
  });
});

describe('a run under act', () => {
  const jobs = ['plan', 'measure', 'measure', 'report'].map((id) => ({ id, name: id, result: 'success' }));

  it('is as expected when each job ran as often as it should and ended as it should', () => {
    expect(unexpectedJobs(pullRequest, jobs)).toEqual([]);
    const failed = jobs.map((job) => (job.id === 'report' ? { ...job, result: 'failure' } : job));
    expect(unexpectedJobs({ ...pullRequest, slower: true }, failed)).toEqual([]);
  });

  it.each([
    ['one is missing', jobs.slice(1), ['job "plan" ran 0 times, not 1']],
    ['a shard is missing', jobs.slice(0, 2), ['job "measure" ran 1 times, not 2', 'job "report" ran 0 times, not 1']],
    ['one is too many', [...jobs, { id: 'store', name: 'store', result: 'success' }], ['job "store" ran 1 times, not 0']],
    ['one failed', [{ id: 'plan', name: 'Plan', result: 'failure' }, ...jobs.slice(1)], ['"Plan" ended with failure, not success']],
  ])('is not as expected when %s', (_, ran, faults) => {
    expect(unexpectedJobs(pullRequest, ran)).toEqual(faults);
  });

  it('is not as expected when a slower pull request passes', () => {
    expect(unexpectedJobs({ ...pullRequest, slower: true }, jobs)).toEqual(['"report" ended with success, not failure']);
  });

  const commented = { comments: ['**No change**'], checkRuns: ['concurrency: success, No change'], baselines: {}, violations: [] };
  const stored = { comments: [], checkRuns: [], baselines: { 'a.jsonl': 1, 'b.jsonl': 1 }, violations: [] };

  it('leaves one comment and one check run of a pull request, and the runs of a push', () => {
    expect(unexpectedState(pullRequest, commented)).toEqual([]);
    expect(unexpectedState({ ...pullRequest, event: 'push' }, stored)).toEqual([]);
  });

  it('is told of everything else', () => {
    expect(unexpectedState(pullRequest, { ...stored, violations: ['answer of GET /'] })).toEqual([
      'there are 0 comments, not one',
      'there is not one check run that ended with success: []',
      'a pull request stored a baseline',
      'GitHub forbids: answer of GET /',
    ]);
    expect(unexpectedState({ ...pullRequest, slower: true }, commented)).toHaveLength(1);
    expect(unexpectedState({ ...pullRequest, event: 'push' }, commented)).toHaveLength(2);
  });
});

describe('the token of a run', () => {
  const matrix = readRecipes().find(({ file }) => file === 'matrix.yml')?.text ?? '';

  it('may do what its jobs may do, and no more', () => {
    expect(permissionsOf(matrix, ['plan', 'measure'])).toEqual({ contents: 'read' });
    expect(permissionsOf('permissions: { checks: write }\njobs: { one: {}, two: { permissions: {} } }', ['one'])).toEqual({
      checks: 'write',
    });
    expect(permissionsOf(matrix, ['plan', 'report'])).toEqual({ contents: 'read', checks: 'write', pull_requests: 'write' });
    expect(permissionsOf(matrix, ['measure', 'store'])).toEqual({ contents: 'write', pull_requests: 'read' });
  });
});

describe('the kept logs', () => {
  const folder = join(import.meta.dirname, '..', '..', 'docs', 'act');
  const logs = existsSync(folder) ? readdirSync(folder) : [];

  it('name no place of a machine and no host but GitHub and this one', () => {
    expect(logs.length).toBeGreaterThan(0);
    const text = logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(text).not.toMatch(/(?<![\w>])\/(?:root|home|tmp|work|usr|opt|var)\//);
    const hosts = new Set([...text.matchAll(/https?:\/\/([^/\s:"')]+)/g)].map(([, host]) => host));
    expect([...hosts].filter((host) => !['127.0.0.1', 'github.com', 'docs.github.com'].includes(host ?? ''))).toEqual([]);
  });
});
