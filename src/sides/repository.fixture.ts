import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Nothing of this machine's settings, and one identity for every commit. */
const env = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/** Runs git and returns what it printed, without the last line break. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

/** A server with a pull request, and checkouts of it. All commits are 40 hex digits. */
export interface RepositoryGround {
  readonly root: string;
  /** Absolute path of the bare repository that checkouts have as `origin`. */
  readonly server: string;
  /** Where the pull request began. */
  readonly fork: string;
  /** The base branch when the pull request was merged for its test: after `fork`. */
  readonly base: string;
  /** The base branch as it is now: after `base`. */
  readonly main: string;
  /** The tip of the pull request. */
  readonly head: string;
  /** The merge commit of `base` and `head`. */
  readonly merge: string;
  /** A commit of the server that no branch leads to, and none of a checkout's history. */
  readonly lost: string;
  /** A fresh folder with the whole history, at `commit`. */
  full(commit: string): string;
  /** A fresh folder with one commit and without history, as actions/checkout makes it. */
  shallow(commit: string): string;
  remove(): void;
}

/** Writes files and commits them. */
export function commitFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

type History = Pick<RepositoryGround, 'fork' | 'base' | 'main' | 'head' | 'merge' | 'lost'>;

/** Makes the commits in `work` and pushes them to `server`. */
function makeHistory(work: string, server: string): History {
  commitFiles(work, { 'what.txt': 'first' });
  const fork = commitFiles(work, { 'what.txt': 'fork', 'sub/old/what.txt': 'fork' });
  git(work, 'tag', '--annotate', '--message', 'x', 'v1');
  const base = commitFiles(work, { 'base.txt': 'base' });
  git(work, 'checkout', '--quiet', '-b', 'feature', fork);
  commitFiles(work, { 'sub/new/what.txt': 'head' });
  const head = commitFiles(work, { 'sub/old/what.txt': 'head' });
  git(work, 'checkout', '--quiet', '--detach', base);
  git(work, 'merge', '--quiet', '--no-ff', '--message', 'x', head);
  const merge = git(work, 'rev-parse', 'HEAD');
  git(work, 'checkout', '--quiet', '--orphan', 'elsewhere');
  const lost = commitFiles(work, { 'what.txt': 'lost' });
  git(work, 'checkout', '--quiet', 'main');
  const main = commitFiles(work, { 'base.txt': 'later' });
  git(work, 'push', '--quiet', server, 'main', 'feature', 'v1', `${merge}:refs/pull/1/merge`, `${lost}:refs/heads/gone`);
  git(server, 'update-ref', '-d', 'refs/heads/gone');
  return { fork, base, main, head, merge, lost };
}

/** Makes the ground; the caller removes it. */
export function repositoryGround(): RepositoryGround {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'repository-')));
  const server = join(root, 'server.git');
  const work = join(root, 'work');
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', server);
  for (const name of ['allowAnySHA1InWant', 'allowReachableSHA1InWant']) git(server, 'config', `uploadpack.${name}`, 'true');
  git(root, 'init', '--quiet', '--initial-branch=main', work);
  const history = makeHistory(work, server);
  let made = 0;
  const fresh = () => {
    made += 1;
    return join(root, `checkout-${made}`);
  };
  return {
    ...{ root, server, ...history },
    full: (commit) => {
      const folder = fresh();
      git(root, 'clone', '--quiet', `file://${server}`, folder);
      git(folder, 'fetch', '--quiet', 'origin', commit);
      git(folder, 'checkout', '--quiet', '--detach', commit);
      return folder;
    },
    shallow: (commit) => {
      const folder = fresh();
      git(root, 'init', '--quiet', '--initial-branch=main', folder);
      git(folder, 'remote', 'add', 'origin', `file://${server}`);
      git(folder, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', `+${commit}:refs/remotes/pull/1/merge`);
      git(folder, 'checkout', '--quiet', '--force', 'refs/remotes/pull/1/merge');
      return folder;
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
