import { beforeEach, describe, expect, test } from 'vitest';
import { at, clientOf } from './client.fixture.ts';
import { type GitHub, startGitHub } from './server.ts';

/** A pull request of a branch. */
function pullRequestOf(github: GitHub): number {
  const base = github.seed.commit({ branch: 'main', files: { 'a.txt': 'a' } });
  github.seed.commit({ branch: 'feature', parents: [base], files: { 'a.txt': 'b' } });
  return github.seed.pullRequest({ head: 'feature' });
}

describe('comments', () => {
  test('are written, read, changed and deleted under the account of the token', async () => {
    await using github = await startGitHub();
    const issue = { ...at, issue_number: pullRequestOf(github) };
    const { rest } = clientOf(github);
    const foreign = github.seed.comment(1, 'someone', '<!-- marker --> mine');
    const { id, user } = (await rest.issues.createComment({ ...issue, body: 'first' })).data;
    expect(user).toMatchObject({ login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' });
    await rest.issues.updateComment({ ...at, comment_id: id, body: 'second' });
    const bodies = async () => (await rest.issues.listComments(issue)).data.map((comment) => [comment.user?.login, comment.body]);
    expect(await bodies()).toEqual([
      ['someone', '<!-- marker --> mine'],
      ['github-actions[bot]', 'second'],
    ]);
    await rest.issues.deleteComment({ ...at, comment_id: foreign });
    await expect(rest.issues.getComment({ ...at, comment_id: foreign })).rejects.toMatchObject({ status: 404 });
    await expect(rest.issues.updateComment({ ...at, comment_id: foreign, body: 'x' })).rejects.toMatchObject({ status: 404 });
    expect(await bodies()).toEqual([['github-actions[bot]', 'second']]);
    github.log.assertClean();
  });

  test('come in pages that are linked', async () => {
    await using github = await startGitHub();
    const issue = { ...at, issue_number: pullRequestOf(github) };
    for (let index = 0; index < 205; index += 1) github.seed.comment(1, 'someone', `${index}`);
    const client = clientOf(github);
    const all = await client.paginate(client.rest.issues.listComments, { ...issue, per_page: 100 });
    expect(all.map(({ body }) => Number(body))).toEqual(Array.from({ length: 205 }, (_, index) => index));
    expect(github.log.count('issues/list-comments')).toBe(3);
    const { data, headers } = await client.rest.issues.listComments({ ...issue, page: 2 });
    expect(data).toHaveLength(30);
    expect(headers.link?.match(/page=(\d+)>; rel="(\w+)"/g)).toEqual([
      'page=1>; rel="prev"',
      'page=1>; rel="first"',
      'page=3>; rel="next"',
      'page=7>; rel="last"',
    ]);
    github.log.assertClean();
  });

  test('hold 65,536 characters and not one more, and something', async () => {
    await using github = await startGitHub();
    const issue = { ...at, issue_number: pullRequestOf(github) };
    const { rest } = clientOf(github);
    const { id } = (await rest.issues.createComment({ ...issue, body: 'x'.repeat(65_536) })).data;
    const body = 'x'.repeat(65_537);
    const refused = { status: 422, message: expect.stringContaining('Body is too long (maximum is 65536 characters)') };
    await expect(rest.issues.createComment({ ...issue, body })).rejects.toMatchObject(refused);
    await expect(rest.issues.updateComment({ ...at, comment_id: id, body })).rejects.toMatchObject(refused);
    await expect(rest.issues.createComment({ ...issue, body: ' ' })).rejects.toMatchObject({ status: 422 });
    await expect(rest.issues.createComment({ ...at, issue_number: 9, body: 'x' })).rejects.toMatchObject({ status: 404 });
    github.log.assertClean();
  });

  test('are refused where the conversation is locked', async () => {
    await using github = await startGitHub();
    const sha = github.seed.commit({ branch: 'main' });
    github.seed.branch('feature', sha);
    const number = github.seed.pullRequest({ head: 'feature', locked: true });
    const refused = clientOf(github).rest.issues.createComment({ ...at, issue_number: number, body: 'x' });
    await expect(refused).rejects.toMatchObject({ status: 403, message: expect.stringContaining('locked') });
  });
});

test('labels have their history: who, when, and between which commits', async () => {
  await using github = await startGitHub({ now: () => new Date('2026-01-02T03:04:05.678Z') });
  const number = pullRequestOf(github);
  const first = github.repository.references.current('refs/heads/feature');
  github.seed.label(number, 'accept', 'keeper');
  const second = github.seed.commit({ branch: 'feature' });
  github.seed.label(number, 'other', 'keeper');
  github.seed.unlabel(number, 'other', 'github-actions[bot]');
  const { rest } = clientOf(github, { issues: 'read' });
  const issue = { ...at, issue_number: number };
  expect((await rest.issues.listLabelsOnIssue(issue)).data.map(({ name }) => name)).toEqual(['accept']);
  const events = (await rest.issues.listEvents(issue)).data;
  expect(events).toMatchObject([
    { event: 'labeled', actor: { login: 'keeper' }, label: { name: 'accept' }, created_at: '2026-01-02T03:04:05Z' },
    { event: 'labeled', label: { name: 'other' } },
    { event: 'unlabeled', label: { name: 'other' }, performed_via_github_app: { slug: 'github-actions' } },
  ]);
  const timeline = (await rest.issues.listEventsForTimeline(issue)).data;
  expect(timeline.map((event) => ('sha' in event ? event.sha : event.event))).toEqual([first, 'labeled', second, 'labeled', 'unlabeled']);
  github.log.assertClean();
});

describe('check runs', () => {
  const annotations = Array.from({ length: 50 }, (_, index) => ({
    ...{ path: 'a.py', start_line: index + 1, end_line: index + 1, annotation_level: 'warning' as const, message: 'slower' },
  }));
  let github: GitHub;
  let run: { owner: string; repo: string; check_run_id: number };
  beforeEach(async () => {
    github = await startGitHub();
    const sha = github.seed.commit({ branch: 'main' });
    const { id } = (await clientOf(github).rest.checks.create({ ...at, name: 'Concurrency', head_sha: sha, status: 'in_progress' })).data;
    run = { ...at, check_run_id: id };
    return () => github.close();
  });

  test('are begun and concluded, and gather annotations', async () => {
    const { rest, paginate } = clientOf(github);
    const output = { title: 't', summary: 's', annotations };
    await rest.checks.update({ ...run, output });
    const { data } = await rest.checks.update({
      ...run,
      conclusion: 'failure',
      output: { ...output, annotations: annotations.slice(0, 5) },
    });
    expect(data).toMatchObject({ status: 'completed', conclusion: 'failure', output: { annotations_count: 55 } });
    expect(data.completed_at).toEqual(expect.stringMatching(/^\d{4}-.*Z$/));
    expect(await paginate(rest.checks.listAnnotations, run)).toHaveLength(55);
    github.log.assertClean();
  });

  test('are listed by commit: the latest of a name, or all', async () => {
    const { rest } = clientOf(github);
    const sha = github.repository.references.current('refs/heads/main') ?? '';
    const { id } = (await rest.checks.create({ ...at, name: 'Concurrency', head_sha: sha })).data;
    await rest.checks.create({ ...at, name: 'other', head_sha: sha });
    const ids = async (query: object) =>
      (await rest.checks.listForRef({ ...at, ref: 'main', ...query })).data.check_runs.map((each) => each.id);
    expect(await ids({ check_name: 'Concurrency' })).toEqual([id]);
    expect(await ids({ check_name: 'Concurrency', filter: 'all' })).toEqual([id, run.check_run_id]);
    expect(await ids({ status: 'completed' })).toEqual([]);
    github.log.assertClean();
  });

  test.for<[string, object]>([
    ['51 annotations', { title: 't', summary: 's', annotations: [...annotations, annotations[0]] }],
    ['a summary of 65,536', { title: 't', summary: 'x'.repeat(65_536) }],
    ['a text of 65,536', { title: 't', summary: 's', text: 'x'.repeat(65_536) }],
    ['a title of 256', { title: 'x'.repeat(256), summary: 's' }],
    ['a message over 64 KB', { title: 't', summary: 's', annotations: [{ ...annotations[0], message: 'ü'.repeat(32_769) }] }],
    ['columns of many lines', { title: 't', summary: 's', annotations: [{ ...annotations[0], end_line: 9, start_column: 1 }] }],
  ])('take no %s', async ([, output]) => {
    const client = clientOf(github);
    const refused = client.request(`PATCH /repos/octo/project/check-runs/${run.check_run_id}`, { output });
    await expect(refused).rejects.toMatchObject({ status: 422 });
    expect((await client.rest.checks.get(run)).data.output).toMatchObject({ title: null, annotations_count: 0 });
  });

  test('belong to a commit that is there', async () => {
    const lost = clientOf(github).rest.checks.create({ ...at, name: 'x', head_sha: 'a'.repeat(40) });
    await expect(lost).rejects.toMatchObject({ status: 422, message: expect.stringContaining('No commit found') });
  });
});
