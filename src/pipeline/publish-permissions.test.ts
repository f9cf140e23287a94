import { expect, it } from 'vitest';
import { permissionsBlock } from '../github/permissions-block.ts';
import { type AskedOfGitHub, permissionsOf } from './publish-permissions.ts';

const pullRequest = { number: 7, baseSha: 'b'.repeat(40), headSha: 'c'.repeat(40), fromFork: false };
const trigger = { id: 9, attempt: 1, event: 'pull_request', headSha: 'c'.repeat(40), headBranch: null, headRepository: null };
const nowhere = { pullRequest: null, trigger: null, mergeGroupPullRequest: null, storesBaseline: false };
const asked: AskedOfGitHub = { context: nowhere, comment: 'always', checkRun: true, overrideLabel: 'accept', writesBranch: false };
const onPush: AskedOfGitHub = { ...asked, context: { ...nowhere, storesBaseline: true }, writesBranch: true };
const inQueue: AskedOfGitHub = { ...asked, context: { ...nowhere, mergeGroupPullRequest: 7 } };

it.each<[string, AskedOfGitHub, readonly string[]]>([
  ['a pull request', { ...asked, context: { ...nowhere, pullRequest } }, ['checks: write', 'contents: read', 'pull-requests: write']],
  [
    'a pull request without a comment',
    { ...asked, context: { ...nowhere, pullRequest }, comment: 'off' },
    ['checks: write', 'contents: read'],
  ],
  ['a push that stores', onPush, ['checks: write', 'contents: write', 'pull-requests: read']],
  ['a push that stores in a folder', { ...onPush, writesBranch: false }, ['checks: write', 'contents: read', 'pull-requests: read']],
  ['a push without check run and label', { ...onPush, checkRun: false, overrideLabel: null }, ['contents: write']],
  ['a push to another branch', asked, ['checks: write', 'contents: read']],
  ['a merge group', inQueue, ['checks: write', 'contents: read', 'pull-requests: read']],
  [
    'another run',
    { ...asked, context: { ...nowhere, trigger } },
    ['actions: read', 'checks: write', 'contents: read', 'pull-requests: write'],
  ],
])('the permissions block of %s', (_, of, lines) => {
  expect(permissionsBlock(permissionsOf(of)).split('\n')).toEqual(['permissions:', ...lines.map((line) => `  ${line}`)]);
});
