import { Octokit } from '@octokit/rest';
import type { PublishedReport } from '../../src/pipeline/publish.ts';
import { actionsBot } from '../github/tokens.ts';
import { granted, type Stage } from './publish.fixture.ts';

/**
 * A publisher as it is often written: it takes the first page of comments for all of them, any comment with the marker
 * for its own, and an answer for certain. Rejects where anything fails.
 */
export async function publishNaively({ github, number }: Stage, { comment: { body } }: PublishedReport): Promise<void> {
  const client = new Octokit({
    auth: github.token(granted, actionsBot),
    baseUrl: github.apiUrl,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: { signal: AbortSignal.timeout(400) },
  });
  const place = { owner: 'octo', repo: 'project' };
  const { data: page } = await client.rest.issues.listComments({ ...place, issue_number: number });
  const [marker = ''] = body.split('\n');
  const old = page.find((each) => each.body?.startsWith(marker.slice(0, 20)));
  if (old === undefined) await client.rest.issues.createComment({ ...place, issue_number: number, body });
  else await client.rest.issues.updateComment({ ...place, comment_id: old.id, body });
}
