import { z } from 'zod';
import { ok, Refusal } from './answer.ts';
import type { Handler } from './call.ts';
import type { RequestLog } from './request-log.ts';

/** What the log and the faults call it. It is no part of the description of the REST API. */
export const graphqlOperation = 'graphql';

/** The one question that we ask it. */
const viewerQuery = 'query { viewer { login } }';

/** Whether a request is one to GraphQL, which stands beside the REST API: "/graphql", on an Enterprise Server "/api/graphql". */
export function isGraphql(method: string, url: string, root: string): boolean {
  return method === 'POST' && url === `${root.replace(/\/v3$/, '')}/graphql`;
}

/** Answers who the token is, which any token may ask: an app by its login with "[bot]". Errors have status 200 there. */
export function graphqlHandler(log: RequestLog): Handler {
  return ({ token, body }) => {
    if (token === null) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
    const asked = z.strictObject({ query: z.literal(viewerQuery) }).safeParse(body);
    if (asked.success) return ok({ data: { viewer: { login: token.login } } });
    log.violate('request', { method: 'POST', path: '/graphql' }, [`another query than ${viewerQuery}`]);
    return ok({ errors: [{ type: 'undefinedField', message: 'Field does not exist' }] });
  };
}
