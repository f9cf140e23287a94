import { Refusal } from './answer.ts';

type Level = 'read' | 'write';

/** What a workflow may grant under `permissions:`, as the API names it. */
export type Scope = 'actions' | 'checks' | 'contents' | 'issues' | 'pull_requests';

/** Who a secret stands for and what it may do. */
export interface Token {
  readonly secret: string;
  /** "github-actions[bot]" for the token of a job; a person for a personal access token. */
  readonly login: string;
  readonly permissions: Readonly<Partial<Record<Scope, Level>>>;
}

/** The account that a job's own token writes as. */
export const actionsBot = 'github-actions[bot]';

/**
 * What each operation asks for, as GitHub says it in x-accepted-github-permissions: alternatives divided by ";", what is needed
 * together by ",". An operation that is not here is open to every token.
 */
const operationsByPermission: Readonly<Record<string, readonly string[]>> = {
  'contents=read': [
    ...['repos/get-content', 'repos/list-commits', 'repos/get-commit', 'repos/compare-commits-with-basehead'],
    ...['repos/download-tarball-archive', 'git/get-blob', 'git/get-tree', 'git/get-commit', 'git/get-ref', 'git/list-matching-refs'],
  ],
  'contents=write': ['git/create-blob', 'git/create-tree', 'git/create-commit', 'git/create-ref', 'git/update-ref', 'git/delete-ref'],
  'issues=read; pull_requests=read': [
    ...['issues/list-comments', 'issues/get-comment', 'issues/list-labels-on-issue', 'issues/list-events'],
    'issues/list-events-for-timeline',
  ],
  'issues=write; pull_requests=write': [
    ...['issues/create-comment', 'issues/update-comment', 'issues/delete-comment', 'issues/remove-label'],
  ],
  'pull_requests=read; contents=read': ['pulls/get'],
  'pull_requests=read': ['pulls/list'],
  'contents=read,pull_requests=read': ['repos/list-pull-requests-associated-with-commit'],
  'checks=read': ['checks/get', 'checks/list-for-ref', 'checks/list-annotations'],
  'checks=write': ['checks/create', 'checks/update'],
  'actions=read': ['actions/get-workflow-run', 'actions/list-workflow-run-artifacts', 'actions/get-artifact', 'actions/download-artifact'],
};

const needed: ReadonlyMap<string, string> = new Map(
  Object.entries(operationsByPermission).flatMap(([permission, operations]) => operations.map((id) => [id, permission] as const)),
);

/** @throws Refusal when the token, or its absence, does not allow the operation on a repository */
export function authorize(token: Token | null, operation: string, isPublic: boolean): void {
  const permissions = needed.get(operation);
  if (token === null) authorizeAnonymous(operation, permissions, isPublic);
  else if (permissions !== undefined && !permissions.split('; ').some((group) => grants(token, group)))
    throw new Refusal(403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': permissions });
}

/** Without a token the world may read what is public; it is not told of anything else. */
function authorizeAnonymous(operation: string, permissions: string | undefined, isPublic: boolean): void {
  if (operation === 'rate-limit/get') return;
  if (operation === 'users/get-authenticated' || permissions?.endsWith('write')) throw new Refusal(401, 'Requires authentication');
  if (!isPublic) throw new Refusal(404, 'Not Found');
}

function grants({ permissions }: Token, group: string): boolean {
  return group.split(',').every((wanted) => {
    const [scope = '', level] = wanted.split('=');
    const granted = new Map<string, Level>(Object.entries(permissions)).get(scope);
    return granted === 'write' || granted === level;
  });
}
