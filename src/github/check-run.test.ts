import { expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../test/github/server.ts';
import { concludeLeftCheckRun, startCheckRun } from './check-run.ts';
import { withinLimits } from './check-run-output.ts';
import { type ApiRepository, lazyClient } from './client.ts';
import { hastyPatience } from './patience.fixture.ts';

async function stage() {
  const github = await startGitHub();
  const commit = github.seed.commit({ branch: 'main', files: { 'a.py': '1' } });
  const client = lazyClient({ token: github.token({ checks: 'write' }), apiUrl: github.apiUrl }, hastyPatience());
  const repository: ApiRepository = { client, owner: 'octo', repo: 'project', signal: new AbortController().signal };
  const request = {
    name: 'concurrency-regressions / a',
    commit,
    externalId: '7-1-job-step-a',
    detailsUrl: 'https://github.com/octo/project/actions/runs/7',
  };
  return { github, repository, request };
}

const output = { title: 'Title', summary: 'Summary', text: 'Text' };
const only = ({ repository }: GitHub) => {
  const [run, ...others] = repository.checkRuns.all;
  expect(others).toEqual([]);
  return run;
};

it('is in progress from the start, and ends once', async () => {
  const { github, repository, request } = await stage();
  const check = await startCheckRun(repository, request);
  expect(check.begun).toMatchObject({ kind: 'posted', notes: [] });
  expect(only(github)).toMatchObject({
    name: request.name,
    headSha: request.commit,
    status: 'in_progress',
    external_id: request.externalId,
    details_url: request.detailsUrl,
  });
  await check.conclude({ ...output, conclusion: 'failure', annotations: [] });
  expect(await check.conclude({ ...output, conclusion: 'success', annotations: [] })).toMatchObject({ kind: 'updated' });
  expect(only(github)).toMatchObject({ status: 'completed', conclusion: 'failure', ...output });
  github.log.assertClean();
  await github.close();
});

it('of a step that was killed is found by its number and ended as cancelled; of another step it is left', async () => {
  const { github, repository, request } = await stage();
  const other = await startCheckRun(repository, { ...request, externalId: '7-1-job-step-b' });
  const left = await startCheckRun(repository, request);
  expect(await concludeLeftCheckRun(repository, request, output)).toMatchObject({
    kind: 'updated',
    id: 'id' in left.begun ? left.begun.id : 0,
  });
  expect(github.repository.checkRuns.all.map(({ conclusion }) => conclusion)).toEqual(['cancelled', undefined]);
  expect(await concludeLeftCheckRun(repository, request, output)).toBeNull();
  await other.conclude({ ...output, conclusion: 'success', annotations: [] });
  github.faults.add({ operation: 'checks/list-for-ref', fault: { kind: 'status', status: 403 } });
  expect(await concludeLeftCheckRun(repository, request, output)).toMatchObject({ kind: 'unavailable' });
  github.log.assertClean();
  await github.close();
});

it('keeps every annotation, fifty at a time, in order', async () => {
  const { github, repository, request } = await stage();
  const annotations = Array.from({ length: 101 }, (_, index) => ({
    path: 'a.py',
    line: index + 1,
    level: 'warning' as const,
    title: 'Slower',
    message: 'By a tenth.',
  }));
  const check = await startCheckRun(repository, request);
  await check.conclude({ ...output, conclusion: 'success', annotations });
  expect(only(github)?.annotations.map(({ start_line: line }) => line)).toEqual(annotations.map(({ line }) => line));
  expect(github.log.count('checks/update')).toBe(4);
  expect(only(github)).toMatchObject(output);
  github.log.assertClean();
  await github.close();
});

it('cuts what GitHub does not take at the end of a line, and says so', () => {
  const row = `| ${'x'.repeat(96)} |\n`;
  const cut = withinLimits({ title: `${'t'.repeat(253)}😀😀`, summary: row.repeat(700), text: 'Text' });
  expect(cut.title).toBe(`${'t'.repeat(253)}…`);
  expect(cut.summary.length).toBeLessThanOrEqual(65_535);
  const [rows, notice] = cut.summary.split('\n\nCut here');
  expect(rows?.split('\n').every((line) => `${line}\n` === row)).toBe(true);
  expect(notice).toContain('job summary');
  expect(cut.text).toBe('Text');
  expect(withinLimits({ ...output, text: 'y'.repeat(65_535) }).text).toHaveLength(65_535);
  expect(withinLimits({ ...output, text: 'y'.repeat(65_536) }).text).toMatch(/^\n\nCut here/);
});
