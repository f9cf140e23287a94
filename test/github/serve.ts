import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startGitHub } from './server.ts';
import type { Token } from './tokens.ts';

/*
 * A GitHub as a process of its own, for what cannot be started from a test: a workflow under act.
 *
 *   node test/github/serve.ts --repository octo/project --import FOLDER --head feature --grant contents=write --grant checks=write
 *
 * Prints one line of JSON when it is ready: its port, its address, a token and the number of the pull request from `--head`.
 * When it is told to end it prints another: the comments and check runs it has, and what GitHub's description forbids.
 */

const { values } = parseArgs({
  options: {
    repository: { type: 'string', default: 'octo/project' },
    import: { type: 'string' },
    head: { type: 'string' },
    grant: { type: 'string', multiple: true, default: [] },
  },
});
const [owner = '', name = ''] = values.repository.split('/');
const github = await startGitHub({ owner, name });
if (values.import !== undefined) github.seed.import(values.import);
const token = github.token(permissionsOf(values.grant));
const pullRequest = values.head === undefined ? null : github.seed.pullRequest({ head: values.head });
print({ port: Number(new URL(github.apiUrl).port), apiUrl: github.apiUrl, token, pullRequest });

await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
const { repository, log } = github;
print({ comments: repository.comments.all, checkRuns: repository.checkRuns.all, violations: log.violations });
await github.close();

function permissionsOf(grants: readonly string[]): Token['permissions'] {
  return Object.fromEntries(grants.map((grant) => grant.split('=')));
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
