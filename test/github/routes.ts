import type { Handlers } from './call.ts';
import { accountHandlers } from './routes/account.ts';
import { actionsHandlers } from './routes/actions.ts';
import { checkHandlers } from './routes/checks.ts';
import { commitHandlers } from './routes/commits.ts';
import { gitHandlers } from './routes/git.ts';
import { issueHandlers } from './routes/issues.ts';
import { pullHandlers } from './routes/pulls.ts';
import { repositoryHandlers } from './routes/repository.ts';

/** What answers each operation of the description. */
export const allHandlers: Handlers = {
  ...repositoryHandlers,
  ...gitHandlers,
  ...commitHandlers,
  ...pullHandlers,
  ...issueHandlers,
  ...checkHandlers,
  ...actionsHandlers,
  ...accountHandlers,
};
