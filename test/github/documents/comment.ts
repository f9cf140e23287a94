import type { Call } from '../call.ts';
import type { Comment } from '../comments.ts';
import { apiAddress, instant, nodeId, siteAddress } from '../wire-format.ts';
import { appDocument, userDocument } from './user.ts';

/** A comment of a pull request. */
export function commentDocument(call: Call, { id, issue, login, body, created, updated }: Comment) {
  return {
    ...{ id, node_id: nodeId('IssueComment', id), body, user: userDocument(call, login) },
    ...{ created_at: instant(created), updated_at: instant(updated), author_association: 'NONE' },
    url: apiAddress(call, 'issues/comments', id),
    html_url: `${siteAddress(call, 'pull', issue)}#issuecomment-${id}`,
    issue_url: apiAddress(call, 'issues', issue),
    performed_via_github_app: appDocument(call, login),
  };
}
