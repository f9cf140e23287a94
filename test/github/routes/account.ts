import { ok, Refusal } from '../answer.ts';
import type { Call, Handlers } from '../call.ts';
import { ownUserDocument } from '../documents/user.ts';

const hour = 3600;

/** Who asks, and how often they still may. */
export const accountHandlers: Handlers = {
  'rate-limit/get': (call) => {
    const rate = { limit: 1000, remaining: 1000, used: 0, reset: Math.floor(call.repository.now().getTime() / 1000) + hour };
    return ok({ resources: { core: rate, search: rate }, rate });
  },
  'users/get-authenticated': (call) => ok(ownUserDocument(call, personOf(call))),
};

/** The token of a job stands for an app, which is no user. */
function personOf({ token }: Call): string {
  if (token === null || token.login.endsWith('[bot]')) throw new Refusal(403, 'Resource not accessible by integration');
  return token.login;
}
